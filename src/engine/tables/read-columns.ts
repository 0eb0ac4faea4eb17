/** The rows of a relation, or some of them, as typed arrays. */
import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api';
import { AppError } from '../../shared/errors.ts';
import { isCategorical, valueSql, type Reading } from './column-sql.ts';
import { textOrNull } from './duckdb.ts';
import type { RowPick } from './row-pick.ts';
import type { ColumnSchema } from './schema.ts';
import type { Column, Table } from './table.ts';

export interface ReadRequest {
  connection: DuckDBConnection;
  /** SQL for a FROM clause. */
  relation: string;
  /** Rows it has. */
  rows: number;
  /** Draws those that are read; null reads all. */
  pick: RowPick | null;
  /** How many it draws. */
  kept: number;
  plans: readonly { cell: string; schema: Pick<ColumnSchema, 'name'>; reading: Reading }[];
}

/**
 * Streams the rows into arrays. Memory is that of the rows kept.
 * @throws AppError source/changed where there are more or fewer rows than there were.
 */
export async function readColumns(
  request: ReadRequest,
  onProgress: (fraction: number) => void,
): Promise<Table> {
  const { kept, plans, pick } = request;
  if (plans.length === 0) return { rows: kept, columns: [] };
  return pick ? readSome(request, pick, onProgress) : readAll(request, onProgress);
}

/** DuckDB finds the categories and looks their codes up: quicker than making a text of every cell. */
async function readAll(
  { connection, relation, rows, plans }: ReadRequest,
  onProgress: (fraction: number) => void,
): Promise<Table> {
  const dictionaries = await readDictionaries(connection, relation, plans);
  onProgress(0.5);
  const columns = plans.map(({ schema: { name } }, at): Column => {
    const categories = dictionaries[at]?.categories;
    if (categories) return { type: 'category', name, codes: new Int32Array(rows), categories };
    return { type: 'number', name, values: new Float64Array(rows) };
  });
  const cells = plans.map(({ cell, reading }, at) => {
    const value = valueSql(cell, reading);
    const type = dictionaries[at]?.type;
    return type === undefined
      ? `coalesce(${value}, 'NaN'::DOUBLE)`
      : `coalesce(enum_code(CAST(${value} AS ${type}))::INTEGER, -1)`;
  });
  try {
    await eachChunk(
      connection,
      `SELECT ${cells.join(', ')} FROM ${relation}`,
      rows,
      (vectors, count, from) => {
        for (const [at, column] of columns.entries()) {
          const vector = vectors(at);
          const target: Float64Array | Int32Array = column.type === 'number' ? column.values : column.codes;
          for (let row = 0; row < count; row++) target[from + row] = numberAt(vector, row);
        }
        onProgress(0.5 + (0.5 * (from + count)) / rows);
      },
    );
  } finally {
    for (const dictionary of dictionaries)
      if (dictionary) await connection.run(`DROP TYPE ${dictionary.type}`).catch(() => undefined);
  }
  return { rows, columns };
}

/** One pass; only what is drawn is ever made a value of, so that memory does not depend on the rows there are. */
async function readSome(
  { connection, relation, rows, kept, plans }: ReadRequest,
  pick: RowPick,
  onProgress: (fraction: number) => void,
): Promise<Table> {
  const readers = plans.map(({ schema: { name }, reading }) =>
    isCategorical(reading) ? new CategoryReader(name, kept) : new NumberReader(name, kept),
  );
  const cells = plans.map(({ cell, reading }) => valueSql(cell, reading));
  let filled = 0;
  await eachChunk(connection, `SELECT ${cells.join(', ')} FROM ${relation}`, rows, (vectors, count, from) => {
    const places = pick.next(count);
    if (places.length > 0) {
      for (const [at, reader] of readers.entries()) {
        const vector = vectors(at);
        for (const [index, place] of places.entries()) reader.put(filled + index, vector.getItem(place));
      }
      filled += places.length;
    }
    onProgress((from + count) / rows);
  });
  return { rows: kept, columns: readers.map((reader) => reader.column()) };
}

/** Calls `take` with the columns of each chunk, how many rows it has, and how many came before. */
async function eachChunk(
  connection: DuckDBConnection,
  sql: string,
  rows: number,
  take: (vectors: (at: number) => DuckDBVector, count: number, from: number) => void,
): Promise<void> {
  let from = 0;
  for await (const chunk of await connection.stream(sql)) {
    const count = chunk.rowCount;
    if (from + count > rows) throw changedUnderfoot();
    take((at) => chunk.getColumnVector(at), count, from);
    from += count;
  }
  if (from !== rows) throw changedUnderfoot();
}

function numberAt(vector: DuckDBVector, row: number): number {
  const value = vector.getItem(row);
  return typeof value === 'number' ? value : NaN;
}

class NumberReader {
  readonly #name: string;
  readonly #values: Float64Array;

  constructor(name: string, rows: number) {
    this.#name = name;
    this.#values = new Float64Array(rows);
  }

  put(row: number, value: unknown): void {
    this.#values[row] = typeof value === 'number' ? value : NaN;
  }

  column(): Column {
    return { type: 'number', name: this.#name, values: this.#values };
  }
}

/** Numbers categories as they come, and anew by their spelling once all are known. */
class CategoryReader {
  readonly #name: string;
  readonly #codes: Int32Array;
  readonly #known = new Map<string, number>();

  constructor(name: string, rows: number) {
    this.#name = name;
    this.#codes = new Int32Array(rows);
  }

  put(row: number, value: unknown): void {
    if (typeof value !== 'string') {
      this.#codes[row] = -1;
      return;
    }
    let code = this.#known.get(value);
    if (code === undefined) {
      code = this.#known.size;
      this.#known.set(value, code);
    }
    this.#codes[row] = code;
  }

  column(): Column {
    // By UTF-8 bytes, as DuckDB sorts.
    const sorted = [...this.#known].map(([text, code]) => ({ text, code, bytes: Buffer.from(text) }));
    sorted.sort((a, b) => Buffer.compare(a.bytes, b.bytes));
    const places = new Int32Array(sorted.length);
    for (const [place, { code }] of sorted.entries()) places[code] = place;
    const codes = this.#codes.map((code) => (code < 0 ? -1 : places[code]!));
    return { type: 'category', name: this.#name, codes, categories: sorted.map(({ text }) => text) };
  }
}

function changedUnderfoot(): AppError {
  return AppError.of('source/changed', 'changed_while_read', {});
}

let typesMade = 0;

/** The categories of a column, and the ENUM type DuckDB looks their codes up in. */
interface Dictionary {
  type: string;
  categories: string[];
}

/** Categories of each category column, sorted; DuckDB keeps them as ENUM types to look the codes up. */
async function readDictionaries(
  connection: DuckDBConnection,
  relation: string,
  plans: ReadRequest['plans'],
): Promise<(Dictionary | undefined)[]> {
  const result: (Dictionary | undefined)[] = plans.map(() => undefined);
  const wanted = plans
    .map(({ reading, cell }, at) => ({ at, reading, value: valueSql(cell, reading) }))
    .filter(({ reading }) => isCategorical(reading));
  if (wanted.length === 0) return result;
  const cells = wanted.map(({ value, at }) => `list(DISTINCT ${value}) AS d${at}`);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE dictionaries AS SELECT ${cells.join(', ')} FROM ${relation}`,
  );
  for (const { at } of wanted) {
    const sorted = `SELECT value FROM (SELECT unnest(d${at}) AS value FROM dictionaries) WHERE value IS NOT NULL ORDER BY value`;
    const reader = await connection.runAndReadAll(sorted);
    const categories = (reader.getColumns()[0] ?? []).map((value) => textOrNull(value) ?? '');
    // Types are the instance's, not the connection's: each load names its own.
    const type = `category_${++typesMade}`;
    await connection.run(`CREATE TYPE ${type} AS ENUM (${categories.length === 0 ? "''" : sorted})`);
    result[at] = { type, categories };
  }
  await connection.run('DROP TABLE dictionaries');
  return result;
}
