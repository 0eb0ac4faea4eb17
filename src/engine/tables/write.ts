/**
 * Writing generated rows to a file, streamed. Cells are spelled as the source spells its own (dates, decimal marks, signs
 * for “missing”); the file around them is CSV in UTF-8, JSON lines, Parquet or SQLite, encrypted where that is asked for.
 */
import { rm } from 'node:fs/promises';
import type { Delimiter } from '../../shared/delimiters.ts';
import type { OutputFormat } from '../../shared/output.ts';
import { ByteSink } from './byte-sink.ts';
import {
  csvSpelling,
  jsonSpelling,
  plainSpelling,
  RowWriters,
  type CellWriter,
  type Spelling,
} from './cell-writers.ts';
import { writeField } from './csv-records.ts';
import { createOutput, outputError, checkTarget, type Drive, type Finished } from './output-file.ts';
import { convertToParquet } from './parquet-output.ts';
import type { ColumnSchema } from './schema.ts';
import type { Seal } from './sealed-writer.ts';
import { writeSqlite } from './sqlite-output.ts';
import type { Table } from './table.ts';
import { workingPath } from './working-file.ts';

export interface WriteOptions {
  /** The user has agreed to replace a file at that place. */
  overwrite: boolean;
  /** Decides the fresh identifiers; the same for the same seed. */
  seed?: number;
  /** Between the fields of CSV; a comma unless given. */
  delimiter?: Delimiter;
  /** Encrypts the file. */
  seal?: Seal;
  signal?: AbortSignal;
  /** Rows written so far. */
  onRows?: (rows: number) => void;
  /**
   * Called once the file is whole and safe, and before it is at its place: what belongs beside it can be made ready
   * then. What it throws is thrown, and nothing is written or replaced.
   */
  beforeAppearing?: (written: Written) => Promise<void>;
  /** For tests: a drive that fills up, and a database that may grow to so many pages only. */
  drive?: Drive;
  mostPages?: number;
}

export interface Written extends Finished {
  rows: number;
}

/**
 * Writes a table; `chunks` hold the kept columns, identifiers are made here. The file appears whole or not at all.
 * CSV is UTF-8 after RFC 4180 with a header; Parquet and SQLite have typed columns; JSON lines an object a row.
 * @throws AppError output/exists, output/disk-full, output/no-permission, output/failed, output/unfit; AbortError;
 *   whatever `chunks` throws. In every case nothing is left behind.
 */
export async function writeTable(
  path: string,
  format: OutputFormat,
  schema: readonly ColumnSchema[],
  chunks: AsyncIterable<Table>,
  options: WriteOptions,
): Promise<Written> {
  switch (format) {
    case 'csv':
      return writeText(path, schema, chunks, csvLayout(schema, options.delimiter), options);
    case 'jsonl':
      return writeText(path, schema, chunks, jsonLayout(schema), options);
    case 'parquet':
      return writeParquet(path, schema, chunks, options);
    case 'sqlite':
      return writeSqlite(path, schema, chunks, options);
  }
}

/** What stands around the cells of a row. */
interface Layout {
  spelling: Spelling;
  head: string;
  /** Before each cell. */
  before: Uint8Array[];
  after: Uint8Array;
}

const encoder = new TextEncoder();

function csvLayout(
  schema: readonly ColumnSchema[],
  delimiter: Delimiter = ',',
  spelling = csvSpelling(schema.length === 1, delimiter),
): Layout {
  return {
    spelling,
    head: `${schema.map(({ name }) => writeField(name, delimiter)).join(delimiter)}\n`,
    before: schema.map((_, at) => encoder.encode(at === 0 ? '' : delimiter)),
    after: encoder.encode('\n'),
  };
}

function jsonLayout(schema: readonly ColumnSchema[]): Layout {
  return {
    spelling: jsonSpelling,
    head: '',
    before: schema.map(({ name }, at) => encoder.encode(`${at === 0 ? '{' : ','}${JSON.stringify(name)}:`)),
    after: encoder.encode(schema.length === 0 ? '{}\n' : '}\n'),
  };
}

function writeRow(
  sink: ByteSink,
  { before, after }: Layout,
  cells: readonly CellWriter[],
  row: number,
  total: number,
): void {
  for (let at = 0; at < cells.length; at++) {
    sink.copy(before[at]!);
    cells[at]!(sink, row, total);
  }
  sink.copy(after);
}

/** Size in bytes that a table has in a format of text, without writing it. */
export function textBytes(
  format: 'csv' | 'jsonl',
  schema: readonly ColumnSchema[],
  table: Table,
  delimiter?: Delimiter,
): { head: number; rows: number } {
  const layout = format === 'csv' ? csvLayout(schema, delimiter) : jsonLayout(schema);
  const cells = new RowWriters(schema, layout.spelling, 0).forChunk(table);
  const sink = new ByteSink(flushBytes);
  let rows = 0;
  for (let row = 0; row < table.rows; row++) {
    writeRow(sink, layout, cells, row, 0);
    rows += sink.length;
    sink.clear();
  }
  return { head: Buffer.byteLength(layout.head), rows };
}

const flushBytes = 2 ** 20;

async function writeText(
  path: string,
  schema: readonly ColumnSchema[],
  chunks: AsyncIterable<Table>,
  layout: Layout,
  options: WriteOptions,
): Promise<Written> {
  const { signal, onRows } = options;
  signal?.throwIfAborted();
  const output = await createOutput(path, options.overwrite, options);
  try {
    const sink = new ByteSink(flushBytes * 1.25);
    const writers = new RowWriters(schema, layout.spelling, options.seed ?? 0);
    sink.text(layout.head);
    let rows = 0;
    for await (const chunk of chunks) {
      const cells = writers.forChunk(chunk);
      for (let row = 0; row < chunk.rows; row++) {
        writeRow(sink, layout, cells, row, rows);
        if (sink.length >= flushBytes) {
          signal?.throwIfAborted();
          await output.write(sink.view());
          sink.clear();
        }
      }
      rows += chunk.rows;
      signal?.throwIfAborted();
      onRows?.(rows);
    }
    await output.write(sink.view());
    const written = { rows, ...(await output.finish()) };
    await options.beforeAppearing?.(written);
    await output.commit();
    return written;
  } finally {
    await output.discard();
  }
}

/**
 * A Parquet file is made of one that DuckDB can stream in: rows go to an interim text beside the target first, so
 * that memory stays constant whatever the number of rows.
 */
async function writeParquet(
  path: string,
  schema: readonly ColumnSchema[],
  chunks: AsyncIterable<Table>,
  options: WriteOptions,
): Promise<Written> {
  await checkTarget(path, options.overwrite);
  const interim = await workingPath(path, options.seal !== undefined);
  try {
    const { beforeAppearing, seal: _, ...interimOptions } = options;
    const { rows } = await writeText(interim, schema, chunks, csvLayout(schema, ',', plainSpelling), {
      ...interimOptions,
      overwrite: false,
    }).catch((error: unknown) => {
      throw outputError(error, path);
    });
    const finished = await convertToParquet(interim, path, schema, {
      ...options,
      beforeAppearing: async (facts) => beforeAppearing?.({ rows, ...facts }),
    });
    return { rows, ...finished };
  } finally {
    await rm(interim, { force: true });
  }
}
