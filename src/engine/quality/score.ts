import { AppError } from '../../shared/errors.ts';
import { m } from '../../shared/messages/messages.js';
import type { AccuracyScore, Scores } from '../../shared/scores.ts';
import type { Column, Table } from '../tables/table.ts';
import { createAccuracyScorer } from './accuracy.ts';
import { alignColumns, requireContent } from './align.ts';
import { closerToTraining } from './closeness.ts';
import { cooperate } from './cooperate.ts';
import type { CooperateOptions, Work } from './cooperate.ts';
import { countCopies } from './copies.ts';
import { detectionAuc } from './detection.ts';
import { rareShares } from './rare.ts';
import { chooseTarget } from './target.ts';
import { measureUtility } from './utility.ts';

export interface ScoreRequest {
  /** Rows the model learned from. */
  training: Table;
  /** Rows it never saw. */
  holdout: Table;
  synthetic: Table;
  /** Column to predict; chosen by `chooseTarget` when absent. */
  target?: string | undefined;
  /** Sampling and folds come from it: same tables and seed, same scores. */
  seed: number;
}

export interface ScoreOptions {
  signal?: AbortSignal | undefined;
  /** Fraction done, 0 to 1, and what is being measured, as people read it. */
  onProgress?: ((fraction: number, phase: string) => void) | undefined;
}

/**
 * Everything Semblance measures on a synthetic table. Works on any table with at least one row and column; what a
 * table is too small or too plain to show takes its neutral value (detection and nearness 0.5, no utility).
 *
 * Runs in slices of about 12 ms with turns of the event loop between; throws the signal's reason when cancelled.
 * Throws `table/too-few-rows` and `table/no-usable-column` on empty tables and `table/unknown-column` where columns
 * do not match or the target is none of them.
 */
export async function scoreTable(request: ScoreRequest, options: ScoreOptions = {}): Promise<Scores> {
  const { training, holdout, synthetic, seed } = request;
  for (const table of [training, holdout, synthetic]) requireContent(table);
  const target = request.target ?? chooseTarget(training);
  requireTarget(training, target);
  const rows = {
    training: training.columns,
    holdout: alignColumns(training.columns, holdout),
    synthetic: alignColumns(training.columns, synthetic),
  };
  const inOrder = (table: Table, columns: Column[]): Table => ({ rows: table.rows, columns });
  const run = createRunner(options);

  const scorer = createAccuracyScorer(inOrder(holdout, rows.holdout));
  const measured = await run(m.phases_comparing(), 0.1, (slices) =>
    scorer.scoreInSlices(inOrder(synthetic, rows.synthetic), slices),
  );
  const ceiling = await run(m.phases_comparing_real(), 0.1, (slices) =>
    scorer.scoreInSlices(training, slices),
  );
  const utility =
    target === undefined
      ? undefined
      : await run(m.phases_predicting(), 0.2, work(measureUtility(rows, target, seed)));
  const auc = await run(m.phases_detecting(), 0.2, work(detectionAuc(rows.synthetic, rows.holdout, seed)));
  const closer = await run(m.phases_closeness(), 0.3, work(closerToTraining(rows, seed)));
  const exactCopies = await run(m.phases_copies(), 0.05, work(countCopies(rows.training, rows.synthetic)));
  const holdoutCopies = await run(m.phases_copies(), 0.05, work(countCopies(rows.training, rows.holdout)));

  return {
    accuracy: summary(measured),
    ceiling: summary(ceiling),
    ...(utility && { utility }),
    detection: { auc },
    privacy: {
      closerToTraining: closer,
      exactCopies,
      copiesExpected: (holdoutCopies / holdout.rows) * synthetic.rows,
    },
    columns: measured.columns,
    pairs: measured.pairs,
    rare: rareShares(rows.training, rows.synthetic),
    rows: { training: training.rows, holdout: holdout.rows, synthetic: synthetic.rows },
  };
}

function requireTarget(training: Table, target: string | undefined): void {
  if (target === undefined || training.columns.some(({ name }) => name === target)) return;
  throw AppError.of('table/unknown-column', 'target_not_measured', { column: target });
}

/** A cooperative step, given how to pause. */
type Step<Result> = (slices: CooperateOptions) => Promise<Result>;

function work<Result>(steps: Work<Result>): Step<Result> {
  return (slices) => cooperate(steps, slices);
}

/** Runs steps one after another, each a share of the whole, and reports progress over all of them. */
function createRunner({ signal, onProgress }: ScoreOptions) {
  let begun = 0;
  return async <Result>(phase: string, share: number, step: Step<Result>): Promise<Result> => {
    signal?.throwIfAborted();
    onProgress?.(begun, phase);
    const result = await step({
      signal,
      onProgress: (fraction) => onProgress?.(begun + fraction * share, phase),
    });
    begun = Math.min(1, begun + share);
    onProgress?.(begun, phase);
    return result;
  };
}

function summary({ overall, univariate, bivariate, trivariate }: AccuracyScore): AccuracyScore {
  return { overall, univariate, bivariate, trivariate };
}
