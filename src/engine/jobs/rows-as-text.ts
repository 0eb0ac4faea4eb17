import { ByteSink } from '../tables/byte-sink.ts';
import { RowWriters } from '../tables/cell-writers.ts';
import type { Spelling } from '../tables/cell-writers.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import type { Table } from '../tables/table.ts';

const missing = 0;

/** As in the source, without anything a file format puts around a cell. */
const bare: Spelling = {
  missing: () => Uint8Array.of(missing),
  text: (value) => Buffer.from(value),
  date: ({ format = '%Y-%m-%d' }) => ({ format, around: '' }),
  decimalMark: ({ decimalMark = '.' }) => decimalMark,
  groups: true,
};

/**
 * The first `limit` rows as they would be written, to look at: every column of the schema, fresh identifiers, null
 * where there is no value.
 */
export function rowsAsText(
  table: Table,
  schema: readonly ColumnSchema[],
  limit: number,
  seed: number,
): (string | null)[][] {
  const sink = new ByteSink(1024);
  const writers = new RowWriters(schema, bare, seed).forChunk(table);
  return Array.from({ length: Math.min(limit, table.rows) }, (_, row) =>
    writers.map((write) => {
      sink.clear();
      write(sink, row, 0);
      const bytes = sink.view();
      if (bytes.length === 1 && bytes[0] === missing) return null;
      return Buffer.from(bytes).toString();
    }),
  );
}
