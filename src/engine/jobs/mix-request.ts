/** Bringing real rows of the source in among synthetic ones, where the user has said to have the right to. */
import type { Card } from '../../shared/card.ts';
import { AppError, partOf } from '../../shared/errors.ts';
import { m } from '../../shared/messages/messages.js';
import { realRowsOf } from '../../shared/real-rows.ts';
import { realRows, requireRealRows } from '../tables/real-rows.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import { hashFile } from '../tables/source-file.ts';
import type { Source } from '../tables/source.ts';
import type { Table } from '../tables/table.ts';
import { markColumn, markColumnName, mixRows } from './mix.ts';
import { freshKey, type PseudonymKey } from '../privacy/pseudonyms/key.ts';
import { realRowTreatment, treatRealRows } from './real-row-treatment.ts';
import type { TaskContext } from './task.ts';

export interface MixRequest {
  /** Share of the rows written that are real. */
  share: number;
  /** Has to be the very file the model learned from. */
  source: Source;
  /** What it is hashed to, where that has just been worked out. */
  sha256?: string;
  /** What made-up values for real people hang on; one of its own that nobody keeps unless given. */
  pseudonyms?: PseudonymKey | null | undefined;
}

/** How real rows come in, if any. */
export interface Mixed {
  /** How many. */
  rows: number;
  /** The column that marks them. */
  mark: string | null;
  schema: readonly ColumnSchema[];
  chunks: (synthetic: AsyncIterable<Table>) => AsyncIterable<Table>;
}

/** Looks whether the real rows asked for may and can be taken, before anything is written. */
export async function prepareMix(
  mix: MixRequest | null,
  { schema, card, rows, seed }: { schema: readonly ColumnSchema[]; card: Card; rows: number; seed: number },
  { signal, report }: TaskContext,
): Promise<Mixed> {
  if (mix === null) return { rows: 0, mark: null, schema, chunks: (synthetic) => synthetic };
  const { source } = mix;
  const real = realRowsOf(rows, mix.share);
  if (real === 0) {
    throw AppError.of('output/unfit', 'real_rows_share', {
      share: mix.share,
      rows: partOf('units_rows', { count: rows }),
    });
  }
  report({ phase: m.phases_checking_source(), progress: 0 });
  if ((mix.sha256 ?? (await hashFile(source.path, { signal }))) !== card.source.sha256) {
    throw AppError.of('source/changed', 'real_rows_other_file', { file: source.name });
  }
  await requireRealRows(source, real, signal);
  const mark = markColumnName(card.columns.map(({ name }) => name));
  const { choices, treat } = await realRowTreatment(schema, source, mix.pseudonyms ?? freshKey(), signal);
  return {
    rows: real,
    mark,
    schema: [...schema, markColumn(mark)],
    chunks: (synthetic) =>
      mixRows({
        synthetic,
        real: treatRealRows(realRows(source, choices, real, seed, signal), treat),
        counts: { synthetic: rows - real, real },
        mark,
        seed,
      }),
  };
}

/** Said first on the card of a file with real rows, and wherever it is about to be written. */
export function realRowsInWords(real: number, all: number, mark: string): string {
  const share = ((100 * real) / all).toFixed(real / all < 0.1 ? 1 : 0);
  return m.notes_real_rows({
    real: real.toLocaleString('en-GB'),
    all: all.toLocaleString('en-GB'),
    share,
    mark,
  });
}
