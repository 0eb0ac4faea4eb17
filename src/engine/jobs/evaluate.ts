import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { m } from '../../shared/messages/messages.js';
import type { Scores } from '../../shared/scores.ts';
import type { ColumnChoice, Problem, TableProfile } from '../../shared/table.ts';
import { scoreTable } from '../quality/score.ts';
import { inspect } from '../tables/inspection.ts';
import { isCategorical } from '../tables/column-sql.ts';
import { loadTable } from '../tables/load.ts';
import { memoryAtHand, rowsThatFit } from '../tables/memory.ts';
import { profileTable } from '../tables/profile.ts';
import { openSource } from '../tables/source.ts';
import type { Source } from '../tables/source.ts';
import type { Table } from '../tables/table.ts';
import { proposedColumns } from './profile.ts';
import { stagesOf } from './task.ts';
import type { TaskContext } from './task.ts';

export interface EvaluateParams {
  /** Paths of the three tables. */
  training: string;
  holdout: string;
  synthetic: string;
  /** Columns left out, by name. */
  drop: readonly string[];
  /** Column to predict; chosen when absent. */
  target?: string;
  seed: number;
  /** Rows read of each table at most, drawn by lot; as many as memory takes when absent. */
  mostRows?: number;
}

/** Which of the three tables. */
export type EvaluatedTable = 'training' | 'holdout' | 'synthetic';

/** What was found about one of the tables on reading it. */
export type EvaluationProblem = Problem & { table: EvaluatedTable };

export interface Evaluation {
  scores: Scores;
  /** In the order of training, holdout, synthetic. */
  problems: EvaluationProblem[];
}

/**
 * Scores a synthetic table that lies in a file. The kinds of columns are those of the training table and hold for
 * all three. Throws `table/unknown-column` when the tables do not have the same columns.
 */
export async function evaluate(params: EvaluateParams, { signal, report }: TaskContext): Promise<Evaluation> {
  const stages = stagesOf(report, { training: 1, holdout: 1, synthetic: 1, score: 6 });
  const problems: EvaluationProblem[] = [];
  const load = async (part: EvaluatedTable, profile: TableProfile, source: Source) => {
    const onProgress = (fraction: number | null): void => {
      stages[part](fraction, { phase: m.phases_reading({ table: source.name }) });
    };
    const columns = columnsToScore(profile, params.drop);
    const loaded = await loadTable(source, profile, columns, {
      ...{ signal, onProgress, seed: params.seed },
      mostRows: params.mostRows ?? rowsForEach(columns),
    });
    // The training table's own are in its profile, with what was found about its columns.
    const ofFile = part === 'training' ? profile.problems : (await inspect(source, signal)).relation.problems;
    problems.push(...[...ofFile, ...loaded.problems].map((problem) => ({ ...problem, table: part })));
    return loaded.table;
  };

  const { profile, table: training } = await withSource(params.training, signal, async (source) => {
    stages.training(0, { phase: m.phases_reading({ table: source.name }) });
    const profile = await profileTable(source, { signal });
    requireColumns(source, params.drop);
    return { profile, table: await load('training', profile, source) };
  });
  const others: Table[] = [];
  for (const part of ['holdout', 'synthetic'] as const) {
    const table = await withSource(params[part], signal, async (source) => {
      requireSameColumns(profile, source, params.drop);
      return load(part, profile, source);
    });
    others.push(table);
  }
  const [holdout, synthetic] = others;
  if (!holdout || !synthetic) throw new TypeError('Two tables were read.');
  const scores = await scoreTable(
    {
      training,
      holdout,
      synthetic,
      ...(params.target !== undefined && { target: params.target }),
      seed: params.seed,
    },
    {
      signal,
      onProgress: (fraction, phase) => {
        stages.score(fraction, { phase });
      },
    },
  );
  return { scores, problems };
}

async function withSource<Result>(
  path: string,
  signal: AbortSignal,
  use: (source: Source) => Promise<Result>,
): Promise<Result> {
  const source = await openSource(path, { signal });
  try {
    return await use(source);
  } finally {
    await source.close();
  }
}

/** Three tables are in memory at once. */
function rowsForEach(columns: readonly ColumnChoice[]): number {
  const categories = columns.filter(isCategorical).length;
  return rowsThatFit({ numbers: columns.length - categories, categories }, memoryAtHand() / 3);
}

/** Identifiers and free text have nothing to compare. */
function columnsToScore(profile: TableProfile, drop: readonly string[]): ColumnChoice[] {
  return proposedColumns(profile).filter(({ role, name }) => role === 'keep' && !drop.includes(name));
}

function requireColumns(source: Source, names: readonly string[]): void {
  const missing = names.find((name) => !source.columns.includes(name));
  if (missing === undefined) return;
  throw AppError.of('table/unknown-column', 'no_such_column', {
    table: source.name,
    column: missing,
    columns: listed(source.columns),
  });
}

function requireSameColumns(profile: TableProfile, source: Source, drop: readonly string[]): void {
  const missing = columnsToScore(profile, drop).find(({ name }) => !source.columns.includes(name));
  if (missing === undefined) return;
  throw AppError.of('table/unknown-column', 'column_not_in_all', {
    table: basename(source.path),
    column: missing.name,
  });
}

/** The first names of a list, for a sentence. */
export function listed(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most).map((name) => `“${name}”`);
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}
