/** A Parquet file as a source, read through DuckDB. */
import { AppError } from '../../shared/errors.ts';
import type { PreviewPage } from '../../shared/table.ts';
import { literal, quoted, textOrNull, wholeNumber, withConnection } from './duckdb.ts';
import type { FormatReader, SourceFile } from './source.ts';
import { uniqueNames } from './dialect.ts';

/** @throws AppError source/malformed when the file is damaged, source/not-a-table when it has no column. */
export async function openParquet(file: SourceFile): Promise<FormatReader> {
  const scan = `read_parquet(${literal(file.path)})`;
  const { described, rows } = await withConnection(undefined, async (connection) => {
    const columns = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${scan}`);
    const metadata = await connection.runAndReadAll(
      `SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata(${literal(file.path)})`,
    );
    return { described: columns.getRows(), rows: wholeNumber(metadata.getRows()[0]?.[0]) };
  }).catch(() => {
    throw AppError.of('source/malformed', 'parquet_damaged', { file: file.name });
  });
  const fields = described.map((row) => ({ name: String(row[0]), type: String(row[1]) }));
  const { names } = uniqueNames(fields.map(({ name }) => name));
  const cells = fields.map(({ name, type }, at) => `${asText(quoted(name), type)} AS c${at}`);
  const sql = `(SELECT ${cells.join(', ')} FROM ${scan})`;
  return {
    columns: names,
    dialect: undefined,
    async preview(offset, limit): Promise<PreviewPage> {
      const rowsRead = await withConnection(undefined, async (connection) =>
        (await connection.runAndReadAll(`SELECT * FROM ${sql} LIMIT ${limit} OFFSET ${offset}`)).getRows(),
      );
      return { offset, total: rows, columns: names, rows: rowsRead.map((row) => row.map(textOrNull)) };
    },
    async relation() {
      return { sql, rows, storage: fields.map(({ type }) => type), problems: [] };
    },
    async close() {},
  };
}

/** Floating-point nulls (NaN) are no values; everything else as DuckDB spells it. */
function asText(column: string, type: string): string {
  if (type === 'FLOAT' || type === 'DOUBLE')
    return `CASE WHEN isfinite(${column}) THEN CAST(${column} AS VARCHAR) END`;
  return `CAST(${column} AS VARCHAR)`;
}
