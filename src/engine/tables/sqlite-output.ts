/**
 * Writing rows as a SQLite database with one table of typed columns. The only place beside the store that uses
 * SQLite: rows are inserted as they come, in transactions, so that memory stays constant.
 */
import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { ByteSink } from './byte-sink.ts';
import { bareSpelling, RowWriters } from './cell-writers.ts';
import { distinctNames } from './distinct-names.ts';
import { diskFull, outputError } from './output-file.ts';
import { outputType } from './parquet-output.ts';
import type { ColumnSchema } from './schema.ts';
import type { Table } from './table.ts';
import { throughWorkingFile } from './working-file.ts';
import type { WriteOptions, Written } from './write.ts';

/** Name of the table in the database. */
export const sqliteTable = 'rows';

/** Columns SQLite takes in one table. */
const mostColumns = 2000;
const rowsPerTransaction = 20_000;

/** As `writeTable`. Throws output/unfit also where there are more than 2,000 columns. */
export async function writeSqlite(
  path: string,
  schema: readonly ColumnSchema[],
  chunks: AsyncIterable<Table>,
  options: WriteOptions,
): Promise<Written> {
  const { signal, drive, seal, beforeAppearing } = options;
  signal?.throwIfAborted();
  if (schema.length > mostColumns) {
    throw AppError.of('output/unfit', 'sqlite_too_wide', {
      most: mostColumns,
      columns: schema.length.toLocaleString('en-GB'),
    });
  }
  let rows = 0;
  try {
    const finished = await throughWorkingFile(
      path,
      {
        overwrite: options.overwrite,
        ...(signal && { signal }),
        ...(drive && { drive }),
        ...(seal && { seal }),
        beforeAppearing: async (facts) => beforeAppearing?.({ rows, ...facts }),
      },
      async (working) => {
        const database = openEmpty(working, options);
        try {
          rows = await insertAll(database, schema, chunks, options);
        } finally {
          database.close();
        }
      },
    );
    return { rows, ...finished };
  } catch (error) {
    throw sqliteError(error, path);
  }
}

/** The file is nobody's until it is whole: no journal is needed, and it is made safe at the end. */
function openEmpty(path: string, { mostPages }: Pick<WriteOptions, 'mostPages'>): Database.Database {
  const database = new Database(path);
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.pragma('locking_mode = EXCLUSIVE');
  if (mostPages !== undefined) database.pragma(`max_page_count = ${mostPages}`);
  return database;
}

async function insertAll(
  database: Database.Database,
  schema: readonly ColumnSchema[],
  chunks: AsyncIterable<Table>,
  { signal, onRows, seed = 0 }: WriteOptions,
): Promise<number> {
  const columns = sqliteColumns(schema);
  database.exec(
    `CREATE TABLE ${quotedName(sqliteTable)} (${columns.map(({ name, type }) => `${quotedName(name)} ${type}`).join(', ')})`,
  );
  const insert = database.prepare(
    `INSERT INTO ${quotedName(sqliteTable)} VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const readers = columns.map(({ type }) => cellReader(type));
  const writers = new RowWriters(schema, bareSpelling, seed);
  const sink = new ByteSink(1024);
  const cells: Cell[] = [];
  let rows = 0;
  let pending = 0;
  for await (const chunk of chunks) {
    const write = writers.forChunk(chunk);
    if (pending === 0) database.exec('BEGIN');
    for (let row = 0; row < chunk.rows; row++) {
      for (let at = 0; at < write.length; at++) {
        sink.clear();
        write[at]!(sink, row, rows);
        cells[at] = sink.length === 0 ? null : readers[at]!(sink.view());
      }
      insert.run(cells);
    }
    rows += chunk.rows;
    pending += chunk.rows;
    if (pending >= rowsPerTransaction) {
      database.exec('COMMIT');
      pending = 0;
    }
    signal?.throwIfAborted();
    onRows?.(rows);
  }
  if (database.inTransaction) database.exec('COMMIT');
  return rows;
}

/**
 * Size in bytes that a database with so many rows like those of `sample` would have, about: worked out from a smaller
 * one, which is made in memory.
 */
export async function sqliteBytes(
  schema: readonly ColumnSchema[],
  sample: Table,
  rows: number,
): Promise<number> {
  const database = new Database(':memory:');
  // Pages have to be full for what is worked out from them: the sample goes in several times.
  const cells = sample.rows * Math.max(1, schema.length);
  const times = Math.max(1, Math.min(Math.ceil(rows / sample.rows), Math.ceil(200_000 / cells)));
  try {
    async function* repeated(): AsyncIterable<Table> {
      for (let time = 0; time < times; time++) yield sample;
    }
    const inserted = await insertAll(database, schema, repeated(), { overwrite: false });
    const pageBytes = Number(database.pragma('page_size', { simple: true }));
    // The first page describes the table.
    const filled = Number(database.pragma('page_count', { simple: true })) - 1;
    return pageBytes * (1 + Math.ceil((filled * rows) / inserted));
  } finally {
    database.close();
  }
}

type Cell = string | number | bigint | null;
/** Declared types; dates and times are ISO 8601 text, as SQLite's own functions take them. */
export type SqliteType = 'INTEGER' | 'REAL' | 'TEXT' | 'BOOLEAN' | 'DATE' | 'TIME' | 'TIMESTAMP';

/**
 * Names and types of the columns as they are written. SQLite takes names for equal that differ only in the case of
 * Latin letters, and ends one at a NUL: such names are changed as little as possible.
 */
export function sqliteColumns(schema: readonly ColumnSchema[]): { name: string; type: SqliteType }[] {
  const names = distinctNames(schema.map(({ name }) => name.replaceAll('\0', '\uFFFD')));
  return schema.map((column, at) => ({ name: names[at] ?? column.name, type: sqliteType(column) }));
}

function sqliteType(column: ColumnSchema): SqliteType {
  const type = outputType(column);
  if (/^U?(TINYINT|SMALLINT|INTEGER|BIGINT)$/.test(type)) return 'INTEGER';
  if (/^(FLOAT|DOUBLE|DECIMAL)/.test(type)) return 'REAL';
  if (type === 'BOOLEAN' || type === 'DATE' || type === 'TIME') return type;
  return type.startsWith('TIMESTAMP') ? 'TIMESTAMP' : 'TEXT';
}

/** A day as `bareSpelling` writes it. */
const midnight = /^(\d{4}-\d\d-\d\d) 00:00:00(\.0*)?$/;
const mostInteger = 2n ** 63n - 1n;

/** Makes a value of the text of a cell. What is no value of its type stays text: SQLite keeps it as it is. */
function cellReader(type: SqliteType): (bytes: Uint8Array) => Cell {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
  switch (type) {
    case 'INTEGER':
      return (bytes) => {
        const value = text(bytes);
        if (!/^-?\d{1,19}$/.test(value)) return value;
        const whole = BigInt(value);
        return whole <= mostInteger && whole >= -mostInteger ? whole : value;
      };
    case 'REAL':
      return (bytes) => {
        const value = text(bytes);
        const number = Number(value);
        return Number.isNaN(number) ? value : number;
      };
    case 'BOOLEAN':
      return (bytes) => {
        const value = text(bytes);
        const truth = /^(true|1)$/i.test(value);
        return truth || /^(false|0)$/i.test(value) ? BigInt(truth) : value;
      };
    case 'DATE':
      return (bytes) => text(bytes).replace(midnight, '$1');
    case 'TIME':
    case 'TIMESTAMP':
    case 'TEXT':
      return text;
  }
}

function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function sqliteError(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return outputError(error, path);
  // With a journal switched off, a full drive may also show as a failed write.
  if (error.code === 'SQLITE_FULL' || error.code === 'SQLITE_IOERR_WRITE') return diskFull(path);
  return AppError.of('output/failed', 'sqlite_not_written', {}, { cause: error });
}
