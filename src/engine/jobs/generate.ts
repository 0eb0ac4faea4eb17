import { rm } from 'node:fs/promises';
import { cardPathOf } from '../../shared/output.ts';
import type { Card } from '../../shared/card.ts';
import { m } from '../../shared/messages/messages.js';
import type { RuleOutcome } from '../../shared/rules.ts';
import type { TableFormat } from '../../shared/table.ts';
import type { RowHashes } from '../synthesis/tables/row-hashes.ts';
import type { SampleStream } from '../synthesis/tables/sampler.ts';
import type { TrainedTableModel } from '../synthesis/tables/train.ts';
import type { OutputFile } from '../tables/output-file.ts';
import { fakeColumns, withFakes } from '../privacy/fakes/fake-columns.ts';
import { writeTable } from '../tables/write.ts';
import { forecastInWords, openConstrained } from './constrained-sampler.ts';
import type { Constraints } from './constrained-sampler.ts';
import { Pace } from './task.ts';
import { requireTarget } from './target.ts';
import type { TaskContext } from './task.ts';
import { prepareJson } from './write-json.ts';

export interface GenerateParams {
  model: Pick<TrainedTableModel, 'generator' | 'encoding' | 'schema' | 'rules'>;
  /** Card of the model. */
  card: Card;
  path: string;
  format: TableFormat;
  rows: number;
  seed: number;
  /** Whether a file at `path`, or a card beside it, may be replaced. */
  overwrite: boolean;
  /** Training rows that may not come out; null when they are not known here. */
  avoid: RowHashes | null;
  /** What every row must keep to. */
  constraints?: Constraints | undefined;
}

export interface GenerateResult {
  rows: number;
  bytes: number;
  replacedCopies: number;
  /** Rows that repeat a combination which at least five training rows share; null where these are not known. */
  commonRows: number | null;
  /** What became of each rule. */
  rules: readonly RuleOutcome[];
  cardPath: string;
  card: Card;
}

/**
 * Writes synthetic rows and, beside them, their card. Rows are streamed; a cancelled or failed run leaves neither
 * file. Throws the `output/…`, `condition/…` and `rule/…` errors, and `model/invalid`.
 */
export async function generate(
  params: GenerateParams,
  { signal, report }: TaskContext,
): Promise<GenerateResult> {
  const { path, rows, seed, model } = params;
  const cardPath = cardPathOf(path);
  await requireTarget(path, params.overwrite);
  await requireTarget(cardPath, params.overwrite);
  report({ phase: m.phases_opening_model(), progress: 0 });
  const { sampler, forecast } = await openConstrained(model, params.constraints ?? {}, { signal, report });
  const phase =
    forecast === null ? m.phases_writing_rows() : `Writing rows. ${forecastInWords(forecast, rows)}`;
  const papers: { card?: Card; file?: OutputFile } = {};
  try {
    const pace = new Pace('rows');
    report({ phase });
    const stream = sampler.sample(rows, seed, { signal, ...(params.avoid && { avoid: params.avoid }) });
    // Rows and card are both whole before either is moved to its place: what they replace stays until then.
    const chunks = withFakes(stream, await fakeColumns(model.schema, seed));
    const written = await writeTable(path, params.format, model.schema, chunks, {
      overwrite: params.overwrite,
      seed,
      signal,
      onRows: (count) => {
        report({ phase, progress: Math.min(1, count / rows), rate: pace.update(count) });
      },
      beforeAppearing: async (finished) => {
        papers.card = outputCard(params, finished, stream);
        papers.file = await prepareJson(cardPath, papers.card, { overwrite: params.overwrite });
        signal.throwIfAborted();
      },
    });
    const { card, file } = papers;
    if (card === undefined || file === undefined) throw new Error('Rows were written without a card.');
    await file.commit().catch(async (error: unknown) => {
      // Rows without their papers are not left behind.
      await rm(path, { force: true });
      throw error;
    });
    return {
      rows: written.rows,
      bytes: written.bytes,
      replacedCopies: stream.replacedCopies,
      commonRows: params.avoid === null ? null : stream.commonRows,
      rules: stream.rules,
      cardPath,
      card,
    };
  } finally {
    await papers.file?.discard();
    await sampler.dispose();
  }
}

function outputCard(
  { card, format, seed, avoid, constraints }: GenerateParams,
  written: { rows: number; sha256: string },
  { replacedCopies, remainingCopies, commonRows, rules }: SampleStream,
): Card {
  const warnings = [...card.warnings];
  if (constraints?.where !== undefined) {
    warnings.push('Only rows that satisfy a condition were generated; the scores are those of all rows.');
  }
  if (avoid === null) {
    warnings.push(
      'The training rows were not at hand: generated rows were not checked for being copies of them.',
    );
  }
  if (remainingCopies > 0) {
    warnings.push(
      `${remainingCopies} generated rows equal a training row and stayed: the columns allow few other combinations.`,
    );
  }
  if (avoid !== null && commonRows > 0) warnings.push(`${commonRowsInWords(commonRows)}.`);
  return {
    ...card,
    warnings,
    output: {
      ...{ format, rows: written.rows, seed, sha256: written.sha256, replacedCopies },
      ...(avoid !== null && { commonRows }),
      ...(constraints?.where !== undefined && { where: constraints.where }),
      ...(rules.length > 0 && { rules: [...rules] }),
    },
  };
}

/** Rows of a common combination, as the card, the app and the terminal put it. */
export function commonRowsInWords(rows: number): string {
  const named = `${rows.toLocaleString('en-GB')} ${rows === 1 ? 'row repeats' : 'rows repeat'}`;
  return `${named} a combination that five or more real rows share`;
}
