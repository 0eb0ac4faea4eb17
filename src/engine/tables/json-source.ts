/** JSON lines as a source: one object to a line, its keys the columns. */
import { isUtf8 } from 'node:buffer';
import { AppError, partOf } from '../../shared/errors.ts';
import { m } from '../../shared/messages/messages.js';
import type { PreviewPage, Problem } from '../../shared/table.ts';
import { uniqueNames } from './dialect.ts';
import { literal, quoted } from './duckdb.ts';
import { guessLegacy, type DetectedEncoding } from './encoding.ts';
import { encodingProblems } from './encoding-problems.ts';
import { untilAborted } from './until-aborted.ts';
import type { FormatReader, Relation, SourceFile } from './source.ts';
import { decodedText, gzipText, plainText, type TextBytes } from './text-bytes.ts';
import { headToUtf8, noNotes } from './utf8-text.ts';

const indexStep = 256;

type JsonType = 'number' | 'string' | 'boolean' | 'nested';

export function openJsonLines(file: SourceFile, detected: DetectedEncoding): FormatReader {
  return new JsonReader(file, detected);
}

class JsonReader implements FormatReader {
  readonly dialect = undefined;
  private readonly file: SourceFile;
  private detected: DetectedEncoding;
  private hasZeros: boolean;
  private notes = noNotes();
  private readonly closing = new AbortController();
  private readonly walking: Promise<void>;
  private readonly types = new Map<string, Set<JsonType>>();
  private readonly offsets: number[] = [];
  private readonly first: string[] = [];
  private text: TextBytes | undefined;
  private rows = 0;
  private end = 0;
  private walked = false;

  constructor(file: SourceFile, detected: DetectedEncoding) {
    this.file = file;
    this.detected = detected;
    this.hasZeros = file.head.includes(0);
    // The first page needs no more than the head; keys that only come later are added by the walk.
    const head = headToUtf8(file.head, detected.encoding, detected.skip).toString('utf8');
    const lines = head.split('\n');
    if (!file.whole) lines.pop();
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      this.note(line, at + 1);
      this.first.push(line);
    }
    this.walking = this.walk();
    this.walking.catch(() => undefined);
  }

  /** Keys in order of their first appearance, as far as the file has been read. */
  get columns(): string[] {
    return uniqueNames([...this.types.keys()]).names;
  }

  async preview(offset: number, limit: number): Promise<PreviewPage> {
    let lines: string[];
    if (offset + limit <= this.first.length) lines = this.first.slice(offset, offset + limit);
    else {
      await this.walking;
      lines = await this.readLines(offset, limit);
    }
    const keys = [...this.types.keys()];
    return {
      offset,
      ...(this.walked ? { total: this.rows } : {}),
      columns: this.columns,
      rows: lines.map((line) => previewRow(line, keys)),
    };
  }

  async relation(options: { signal?: AbortSignal } = {}): Promise<Relation> {
    await untilAborted(this.walking, options.signal);
    const keys = [...this.types.keys()];
    const text = this.text;
    if (!text) throw new Error('walked without a text');
    const settings = `maximum_object_size = 67108864, compression = '${text.gzip ? 'gzip' : 'uncompressed'}'`;
    const distinct = new Set(keys.map((key) => key.toLowerCase()));
    let sql: string;
    if (distinct.size === keys.length && !distinct.has('')) {
      const columns = keys.map((key) => `${literal(key)}: 'VARCHAR'`).join(', ');
      const cells = keys.map((key, at) => `${quoted(key)} AS c${at}`).join(', ');
      sql = `(SELECT ${cells} FROM read_json(${literal(text.path)}, format = 'newline_delimited', columns = {${columns}}, ${settings}))`;
    } else {
      // DuckDB does not tell columns apart by case: such keys are taken out one by one (RFC 6901 pointers).
      const pointer = (key: string): string => literal(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      const cells = keys.map((key, at) => `json_extract_string(json, ${pointer(key)}) AS c${at}`).join(', ');
      sql = `(SELECT ${cells} FROM read_ndjson_objects(${literal(text.path)}, ${settings}))`;
    }
    return { sql, rows: this.rows, storage: keys.map((key) => this.storage(key)), problems: this.problems() };
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.walking.catch(() => undefined);
    await this.text?.close();
  }

  private async walk(): Promise<void> {
    await this.openText();
    while (!(await this.readThrough())) {
      // Only now does it show that not all of the text is clean UTF-8: from the start, decoded.
      this.rows = 0;
      this.offsets.length = 0;
      await this.openText();
    }
    this.walked = true;
  }

  private async openText(): Promise<void> {
    await this.text?.close();
    const { path, gzip } = this.file;
    const { encoding, skip } = this.detected;
    this.notes = noNotes();
    // DuckDB takes a byte order mark before JSON for an error, so such a file is decoded too.
    if (encoding !== 'utf-8' || skip > 0 || this.hasZeros)
      this.text = await decodedText(path, gzip, encoding, skip, this.closing.signal, this.notes);
    else this.text = gzip ? gzipText(path, 0) : plainText(path, 0);
  }

  /** Notes all lines. False, and nothing but the encoding is to be trusted, where the text is not clean UTF-8. */
  private async readThrough(): Promise<boolean> {
    let carried: Buffer = Buffer.alloc(0);
    let position = 0;
    let line = 0;
    const take = (bytes: Buffer, start: number): void => {
      line++;
      const content = bytes.toString('utf8');
      if (content.trim() === '') return;
      if (this.rows % indexStep === 0) this.offsets.push(start);
      this.rows++;
      this.note(content, line);
    };
    for await (const block of this.text?.stream() ?? []) {
      this.closing.signal.throwIfAborted();
      const bytes = carried.length === 0 ? block : Buffer.concat([carried, block]);
      const lines = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
      if (!this.isClean(lines)) return false;
      let at = 0;
      for (let next = bytes.indexOf(10, at); next >= 0; next = bytes.indexOf(10, at)) {
        take(bytes.subarray(at, next), position + at);
        at = next + 1;
      }
      position += at;
      carried = Buffer.from(bytes.subarray(at));
    }
    if (!this.isClean(carried)) return false;
    if (carried.length > 0) take(carried, position);
    this.end = position + carried.length;
    return true;
  }

  private isClean(lines: Buffer): boolean {
    if (lines.includes(0)) this.hasZeros = true;
    else if (isUtf8(lines)) return true;
    if (!isUtf8(lines))
      this.detected = { encoding: guessLegacy(lines), guessed: true, skip: this.detected.skip };
    return false;
  }

  private note(line: string, number: number): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw this.malformed(number, 'parts_json_invalid');
    }
    if (!isRecord(value)) throw this.malformed(number, 'parts_json_no_object');
    for (const [key, cell] of Object.entries(value)) {
      let types = this.types.get(key);
      if (!types) this.types.set(key, (types = new Set()));
      if (cell === null) continue;
      const type = typeof cell;
      types.add(type === 'number' || type === 'string' || type === 'boolean' ? type : 'nested');
    }
  }

  private malformed(line: number, what: 'parts_json_invalid' | 'parts_json_no_object'): AppError {
    return AppError.of('source/malformed', 'json_line', {
      file: this.file.name,
      line,
      what: partOf(what, {}),
    });
  }

  private storage(key: string): string {
    const types = this.types.get(key);
    const only = types?.size === 1 ? [...types][0] : undefined;
    return `json:${only ?? 'string'}`;
  }

  private problems(): Problem[] {
    const { encoding, guessed } = this.detected;
    const found = encodingProblems(encoding, guessed, this.notes);
    for (const [key, types] of this.types)
      if (types.has('nested') && types.size > 1)
        found.push({
          severity: 'warning',
          column: key,
          message: m.problems_some_nested(),
          fix: m.problems_some_nested_fix(),
        });
    return found;
  }

  private async readLines(offset: number, limit: number): Promise<string[]> {
    const slot = Math.floor(offset / indexStep);
    const start = this.offsets[slot];
    if (start === undefined || !this.text) return [];
    const last = this.offsets[Math.ceil((offset + limit) / indexStep)];
    const bytes = await this.text.read(start, last ?? this.end);
    const lines = bytes
      .toString('utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    const skipped = offset - slot * indexStep;
    return lines.slice(skipped, skipped + limit);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number as the text spells it, which `JSON.parse` alone would lose (1.50, 12345678901234567890). */
class SpelledNumber {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

function previewRow(line: string, keys: readonly string[]): (string | null)[] {
  const value: unknown = JSON.parse(line, (_key, cell: unknown, context?: { source?: string }) =>
    typeof cell === 'number' && context?.source !== undefined ? new SpelledNumber(context.source) : cell,
  );
  const record = isRecord(value) ? value : {};
  return keys.map((key) => cellText(Object.hasOwn(record, key) ? record[key] : null));
}

function cellText(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'string') return cell;
  if (cell instanceof SpelledNumber) return cell.source;
  return JSON.stringify(cell, (_key, inner: unknown) =>
    inner instanceof SpelledNumber ? Number(inner.source) : inner,
  );
}
