/** Turning an interim text of generated rows into a typed Parquet file. */
import { AppError } from '../../shared/errors.ts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { hasAffix } from './number-style.ts';
import { literal, quoted, wholeNumber, withConnection } from './duckdb.ts';
import { diskFull, outputError, type Finished } from './output-file.ts';
import { distinctNames } from './distinct-names.ts';
import type { ColumnSchema } from './schema.ts';
import { throughWorkingFile, type WorkingFileOptions } from './working-file.ts';

/**
 * @param interim CSV with a header, in `plainSpelling`
 * @throws AppError output/exists, output/disk-full, output/no-permission, output/failed; AbortError.
 */
export async function convertToParquet(
  interim: string,
  path: string,
  schema: readonly ColumnSchema[],
  options: WorkingFileOptions,
): Promise<Finished> {
  const { signal } = options;
  const columns = schema.map((_, at) => `'c${at}': 'VARCHAR'`).join(', ');
  const read =
    `read_csv(${literal(interim)}, auto_detect = false, delim = ',', quote = '"', escape = '"', header = true, ` +
    `columns = {${columns}}, nullstr = '', allow_quoted_nulls = false, max_line_size = 16000000)`;
  try {
    return await throughWorkingFile(path, options, (working) =>
      withConnection(signal, (connection) => copyTyped(connection, read, working, schema)),
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw duckdbError(error, path);
  }
}

/** Names as they are written: DuckDB takes those for equal that differ in case only, and would number them itself. */
export function parquetNames(schema: readonly ColumnSchema[]): string[] {
  return distinctNames(schema.map(({ name }) => name));
}

/**
 * Writes the columns in the types that suit them best. Where a value does not fit one (a number too large for the type of
 * the source, say), its column gets a wider type: no value is lost.
 */
async function copyTyped(
  connection: DuckDBConnection,
  read: string,
  path: string,
  schema: readonly ColumnSchema[],
): Promise<void> {
  const copy = async (types: readonly string[]): Promise<void> => {
    const cells = parquetNames(schema).map(
      (name, at) => `CAST(c${at} AS ${types[at] ?? 'VARCHAR'}) AS ${quoted(name)}`,
    );
    await connection.run(
      `COPY (SELECT ${cells.join(', ')} FROM ${read}) TO ${literal(path)} (FORMAT parquet)`,
    );
  };
  const types = schema.map(outputType);
  try {
    await copy(types);
  } catch (error) {
    if (!(error instanceof Error && /conversion error/i.test(error.message))) throw error;
    const misfits = await countMisfits(connection, read, [types, schema.map(widerType)]);
    const fitting = types.map((type, at) => {
      if (misfits[0]?.[at] === 0) return type;
      const wider = schema[at] && misfits[1]?.[at] === 0 ? widerType(schema[at]) : 'VARCHAR';
      return wider;
    });
    await copy(fitting);
  }
}

/** How many values of each column each of its `candidates` cannot hold. */
async function countMisfits(
  connection: DuckDBConnection,
  read: string,
  candidates: readonly (readonly string[])[],
): Promise<number[][]> {
  const cells = candidates.flatMap((types) =>
    types.map((type, at) => `count(*) FILTER (c${at} IS NOT NULL AND TRY_CAST(c${at} AS ${type}) IS NULL)`),
  );
  const row = (await connection.runAndReadAll(`SELECT ${cells.join(', ')} FROM ${read}`)).getRows()[0] ?? [];
  const counts = row.map(wholeNumber);
  return candidates.map((types, at) => counts.slice(at * types.length, (at + 1) * types.length));
}

/** The type that holds more than `outputType` of the column, for values that this cannot hold. */
function widerType(column: ColumnSchema): string {
  if (column.kind === 'decimal') return 'DOUBLE';
  const { storage: _, ...untyped } = column;
  return outputType(untyped);
}

/** DuckDB tells of system errors in words only. */
function duckdbError(error: unknown, path: string): unknown {
  const mapped = outputError(error, path);
  if (mapped instanceof AppError) return mapped;
  const words = error instanceof Error ? error.message : '';
  if (/no space left|disk quota|not enough space/i.test(words)) return diskFull(path);
  return AppError.of('output/failed', 'parquet_not_written', {});
}

const plainTypes =
  /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(\d+,\s?\d+\)|BOOLEAN|DATE|TIME|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE|UUID|VARCHAR)$/;

/** The Parquet (DuckDB) type of a column: that of its source where the source was typed, else after its kind. */
export function outputType(column: ColumnSchema): string {
  const { storage, kind, format = '%Y-%m-%d' } = column;
  // Parquet has no whole numbers of 128 bits: DuckDB would write (and read) floating-point numbers.
  if (kind === 'integer' && column.role === 'keep' && /^(U?HUGEINT|DOUBLE|FLOAT)$/.test(storage ?? ''))
    return 'BIGINT';
  if (storage === 'HUGEINT' || storage === 'UHUGEINT') return 'DECIMAL(38,0)';
  if (storage !== undefined && plainTypes.test(storage)) return storage;
  if ((kind === 'integer' || kind === 'decimal') && hasAffix(column)) return 'VARCHAR';
  if (column.role === 'identifier') return identifierType(column);
  switch (kind) {
    case 'integer':
      return 'BIGINT';
    case 'decimal': {
      // Amounts with the same places throughout are exact decimals.
      const { decimals = 0, minDecimals } = column;
      return decimals > 0 && decimals === minDecimals ? `DECIMAL(18,${decimals})` : 'DOUBLE';
    }
    case 'datetime':
      if (!/%[Yy]/.test(format)) return 'TIME';
      if (!/%-?[HI]/.test(format)) return 'DATE';
      return /(%z|Z|UTC)$/.test(format) ? 'TIMESTAMP WITH TIME ZONE' : 'TIMESTAMP';
    case 'boolean':
      return booleanType(column.spellings ?? []);
    case 'category':
    case 'text':
    case 'identifier':
      return 'VARCHAR';
  }
}

function identifierType({ identifier, pattern = '' }: ColumnSchema): string {
  if (identifier?.type === 'sequence') return 'BIGINT';
  return identifier?.type === 'pattern' && /^19{0,17}$/.test(pattern) ? 'BIGINT' : 'VARCHAR';
}

/** Only true and false become truth values; other pairs keep their spelling. */
function booleanType(spellings: readonly string[]): string {
  if (spellings.every((value) => /^(true|false)$/i.test(value)) && spellings.length > 0) return 'BOOLEAN';
  return spellings.every((value) => /^[01]$/.test(value)) && spellings.length > 0 ? 'BIGINT' : 'VARCHAR';
}
