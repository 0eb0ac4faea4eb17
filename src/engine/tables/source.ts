/** Opening a table: what format it is, what its columns are, and a window onto its rows. */
import { basename, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { PreviewPage, Problem, TableFormat, TableProfile } from '../../shared/table.ts';
import { openCsv } from './csv-source.ts';
import { detectEncoding, looksBinary, looksUtf32 } from './encoding.ts';
import { openJsonLines } from './json-source.ts';
import { openParquet } from './parquet-source.ts';
import { checkUnchanged, fingerprint, foreignFormat, readHead } from './source-file.ts';
import { unpackHead } from './text-bytes.ts';
import { headToUtf8 } from './utf8-text.ts';

/** The source as DuckDB reads it. */
export interface Relation {
  /** SQL for a FROM clause; its columns are c0, c1 …, all VARCHAR, in the order of the source. */
  sql: string;
  /** Exact, where the source has been walked through. */
  rows: number;
  /** Type each column has in the source, where it has one (Parquet: DuckDB's name; JSON: `json:number` …). */
  storage: (string | undefined)[];
  problems: Problem[];
  /** Between the fields of the source, where it is CSV. */
  delimiter?: string;
}

/** An open, linked table. Its file is never changed and never copied. */
export interface Source {
  readonly path: string;
  /** Base name, for messages. */
  readonly name: string;
  readonly format: TableFormat;
  readonly gzip: boolean;
  /** Known for CSV; encoding and quote may still change while the file is being walked through. */
  readonly dialect: TableProfile['dialect'];
  readonly bytes: number;
  /** Names, unique and never empty. */
  readonly columns: string[];
  /**
   * Rows `offset` to `offset + limit`, each value as the source writes it, null where there is none.
   * @throws AppError source/changed, source/not-found when the file is no longer the one opened;
   *   source/malformed when a part before the rows cannot be read.
   */
  preview(offset: number, limit: number): Promise<PreviewPage>;
  /**
   * Waits until the source has been walked through.
   * @param options.rewrite reads through a regular copy, after DuckDB has refused the file itself
   */
  relation(options?: { rewrite?: boolean; signal?: AbortSignal }): Promise<Relation>;
  /** @throws AppError source/changed, source/not-found. */
  check(): Promise<void>;
  /** Releases handles and temporary files. */
  close(): Promise<void>;
}

/** What each format brings; `openSource` adds the watch over the file. */
export type FormatReader = Pick<Source, 'columns' | 'dialect' | 'preview' | 'relation' | 'close'>;

/** What a reader is told about the file. */
export interface SourceFile {
  path: string;
  name: string;
  gzip: boolean;
  bytes: number;
  /** First bytes of the text, unpacked, in its own encoding; `whole` when nothing follows. */
  head: Buffer;
  whole: boolean;
}

const headBytes = 256 * 1024;

/**
 * Opens a table and finds out how it is written. Reads only its beginning; the rest is walked through in the
 * background.
 * @throws AppError source/not-found, source/no-permission, source/is-directory, source/empty, source/not-a-table,
 *   source/malformed.
 */
export async function openSource(given: string, options: { signal?: AbortSignal } = {}): Promise<Source> {
  options.signal?.throwIfAborted();
  // DuckDB would take a name that begins with ~ for a home folder.
  const path = resolve(given);
  const name = basename(path);
  const before = await fingerprint(path);
  const raw = await readHead(path, headBytes);
  const file = sourceFile(path, name, before.bytes, raw);
  const { format, reader } = await openReader(file, raw);
  const check = (): Promise<void> => checkUnchanged(path, before);
  return {
    path,
    name,
    format,
    gzip: file.gzip,
    bytes: before.bytes,
    get dialect() {
      return reader.dialect;
    },
    get columns() {
      return reader.columns;
    },
    check,
    async preview(offset, limit) {
      await check();
      return reader.preview(offset, limit);
    },
    async relation(relationOptions) {
      await check();
      const relation = await reader.relation(relationOptions);
      await check();
      return relation;
    },
    close: () => reader.close(),
  };
}

function sourceFile(path: string, name: string, bytes: number, raw: Buffer): SourceFile {
  if (raw.length === 0) throw emptySource(name);
  const gzip = raw[0] === 0x1f && raw[1] === 0x8b;
  const head = gzip ? unpackHead(raw, name) : raw;
  if (gzip && head.length === 0 && bytes <= headBytes) throw emptySource(name);
  return { path, name, gzip, bytes, head, whole: bytes <= headBytes };
}

async function openReader(
  file: SourceFile,
  raw: Buffer,
): Promise<{ format: TableFormat; reader: FormatReader }> {
  const { name, head } = file;
  if (raw.toString('latin1', 0, 4) === 'PAR1') return { format: 'parquet', reader: await openParquet(file) };
  const foreign = foreignFormat(head);
  if (foreign) throw AppError.of('source/not-a-table', 'source_foreign', { file: name, ...foreign });
  if (head.every((byte) => byte === 0)) {
    throw AppError.of('source/malformed', 'source_only_zeros', { file: name });
  }
  if (looksUtf32(head)) {
    throw AppError.of('source/not-a-table', 'source_utf32', { file: name });
  }
  const detected = detectEncoding(head, file.whole);
  const wide = detected.encoding === 'utf-16le' || detected.encoding === 'utf-16be';
  if (!wide && looksBinary(head)) {
    throw AppError.of('source/not-a-table', 'source_binary', { file: name });
  }
  const clean = headToUtf8(head, detected.encoding, detected.skip);
  const text = clean.toString('utf8');
  const firstLine = text.trimStart().split(/\r?\n/, 1)[0] ?? '';
  if (firstLine === '') throw emptySource(name);
  if (isJsonObject(firstLine) || /\.(jsonl|ndjson)(\.gz)?$/i.test(name))
    return { format: 'jsonl', reader: openJsonLines(file, detected) };
  if (/^[[{]/.test(firstLine) && /\.json(\.gz)?$/i.test(name)) {
    throw AppError.of('source/not-a-table', 'source_one_json', { file: name });
  }
  if (/^\s*<(!doctype|html|\?xml)/i.test(firstLine)) {
    throw AppError.of('source/not-a-table', 'source_web_page', { file: name });
  }
  return { format: 'csv', reader: openCsv(file, detected, clean) };
}

function emptySource(name: string): AppError {
  return AppError.of('source/empty', 'source_empty', { file: name });
}

function isJsonObject(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
