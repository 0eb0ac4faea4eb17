/** Bringing real rows of the source in among synthetic ones, where the user has said to have the right to. */
import type { Card } from '../../shared/card.ts';
import { AppError } from '../../shared/errors.ts';
import { m } from '../../shared/messages/messages.js';
import { realRowsOf } from '../../shared/output.ts';
import { realRows } from '../tables/real-rows.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import { hashFile } from '../tables/source-file.ts';
import type { Source } from '../tables/source.ts';
import type { Table } from '../tables/table.ts';
import { markColumn, markColumnName, mixRows } from './mix.ts';
import { requireTreatable } from './real-row-treatment.ts';
import type { TaskContext } from './task.ts';

export interface MixRequest {
  /** Share of the rows written that are real. */
  share: number;
  /** Has to be the very file the model learned from. */
  source: Source;
  /** What it is hashed to, where that has just been worked out. */
  sha256?: string;
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
    throw AppError.of('output/unfit', 'less_than_one_real_row', {
      ...{ share: mix.share, rows: rows.toLocaleString('en-GB') },
    });
  }
  requireTreatable(schema);
  report({ phase: m.phases_checking_source(), progress: 0 });
  if ((mix.sha256 ?? (await hashFile(source.path, { signal }))) !== card.source.sha256) {
    throw AppError.of('source/changed', 'not_learned_from', { file: source.name });
  }
  const mark = markColumnName(card.columns.map(({ name }) => name));
  const choices = schema.map(({ name, kind, role }) => ({ name, kind, role }));
  return {
    rows: real,
    mark,
    schema: [...schema, markColumn(mark)],
    chunks: (synthetic) =>
      mixRows({
        synthetic,
        real: realRows(source, choices, real, seed, signal),
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
    ...{ real: real.toLocaleString('en-GB'), all: all.toLocaleString('en-GB'), share, mark },
  });
}
