/** A CSV text as a source: walked through once in the background, previewed by a sparse index of its rows. */
import { AppError } from '../../shared/errors.ts';
import { m } from '../../shared/messages/messages.js';
import type { PreviewPage, Problem, TableProfile } from '../../shared/table.ts';
import { CsvScan, indexStep, parseRecords, writeField } from './csv-records.ts';
import { sniffDialect, uniqueNames, type CsvDialect } from './dialect.ts';
import { literal } from './duckdb.ts';
import { guessLegacy, type DetectedEncoding, type Encoding } from './encoding.ts';
import { encodingProblems } from './encoding-problems.ts';
import { untilAborted } from './until-aborted.ts';
import type { FormatReader, Relation, SourceFile } from './source.ts';
import { decodedText, gzipText, plainText, temporaryText, type TextBytes } from './text-bytes.ts';
import { noNotes } from './utf8-text.ts';

/** Bytes of a record DuckDB takes. Unless told, it reads through buffers of sixteen times as many. */
const longestLine = 16_000_000;
/** Records of the head kept for the first preview. */
const headRecords = 2000;

/** @param head the beginning of the text, decoded to UTF-8 without its byte order mark */
export function openCsv(file: SourceFile, detected: DetectedEncoding, head: Buffer): FormatReader {
  const dialect = sniffDialect(head, file.whole);
  if (!dialect) {
    throw AppError.of('source/empty', 'no_readable_row', { file: file.name });
  }
  return new CsvReader(file, detected, head, dialect);
}

class CsvReader implements FormatReader {
  columns: string[];
  private readonly file: SourceFile;
  private readonly head: Buffer;
  private readonly closing = new AbortController();
  private readonly walking: Promise<void>;
  private csv: CsvDialect;
  private encoding: Encoding;
  private guessed: boolean;
  private readonly skip: number;
  private hasZeros: boolean;
  private notes = noNotes();
  private first: (string | null)[][];
  private text: TextBytes | undefined;
  private regularText: Promise<TextBytes> | undefined;
  private scan: CsvScan | undefined;
  private walked = false;
  private quotingIgnored = 0;
  private wake: () => void = () => undefined;
  private moved: Promise<void> = Promise.resolve();

  constructor(file: SourceFile, detected: DetectedEncoding, head: Buffer, dialect: CsvDialect) {
    this.file = file;
    this.head = head;
    this.encoding = detected.encoding;
    this.guessed = detected.guessed;
    this.skip = detected.skip;
    this.hasZeros = file.head.includes(0);
    this.csv = dialect;
    this.columns = uniqueNames(dialect.names).names;
    this.first = this.readHead();
    this.walking = this.walk();
    // Whoever needs the walk awaits it; a source that is only glanced at must not end the process.
    this.walking.catch(() => undefined);
  }

  get dialect(): NonNullable<TableProfile['dialect']> {
    return {
      delimiter: String.fromCharCode(this.csv.delimiter),
      quote: this.csv.quote < 0 ? '' : String.fromCharCode(this.csv.quote),
      header: this.csv.header,
      encoding: this.encoding,
    };
  }

  async preview(offset: number, limit: number): Promise<PreviewPage> {
    let rows: (string | null)[][];
    const page = (): PreviewPage => ({
      offset,
      ...(this.walked && this.scan ? { total: this.scan.rows } : {}),
      columns: this.columns,
      rows: rows.map((record) => Array.from(this.columns, (_, at) => record[at] ?? null)),
    });
    if (offset + limit <= this.first.length || this.file.whole) {
      if (this.file.whole) await this.walking;
      rows = this.first.slice(offset, offset + limit);
      if (offset + limit <= this.first.length || this.first.length < headRecords) return page();
    }
    while (!this.walked && (this.scan?.rows ?? 0) < offset + limit + indexStep) {
      await Promise.race([this.walking, this.moved]);
    }
    rows = await this.readRows(offset, limit);
    return page();
  }

  async relation(options: { rewrite?: boolean; signal?: AbortSignal } = {}): Promise<Relation> {
    await untilAborted(this.walking, options.signal);
    const { scan, text } = this;
    if (!scan || !text) throw new Error('walked without a scan');
    const rewrite = options.rewrite === true || !scan.regular;
    if (rewrite) this.regularText ??= this.rewrite(text);
    const readable = this.regularText ? await untilAborted(this.regularText, options.signal) : text;
    const quote = this.csv.quote < 0 ? '' : String.fromCharCode(this.csv.quote);
    const written = rewrite
      ? { delimiter: ',', quote: '"', header: false }
      : { delimiter: String.fromCharCode(this.csv.delimiter), quote, header: this.csv.header };
    const columns = this.columns.map((_, at) => `'c${at}': 'VARCHAR'`).join(', ');
    const sql =
      `read_csv(${literal(readable.path)}, auto_detect = false, delim = ${literal(written.delimiter)}, ` +
      `quote = ${literal(written.quote)}, escape = ${literal(written.quote)}, header = ${written.header}, ` +
      `columns = {${columns}}, nullstr = '', max_line_size = ${longestLine}, buffer_size = ${2 * longestLine}, compression = '${readable.gzip ? 'gzip' : 'none'}')`;
    return {
      sql,
      rows: scan.rows,
      storage: this.columns.map(() => undefined),
      problems: this.problems(scan),
      delimiter: String.fromCharCode(this.csv.delimiter),
    };
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.walking.catch(() => undefined);
    await this.text?.close();
    await (await this.regularText?.catch(() => undefined))?.close();
  }

  private readHead(): (string | null)[][] {
    const { header, width } = this.csv;
    const records = parseRecords(this.head, this.csv, {
      limit: headRecords + 1,
      whole: this.file.whole,
      keepBlank: width === 1,
    });
    return header ? records.slice(firstRecord(records)) : records;
  }

  /** Opens the text, notes its rows, and puts right what only shows further down. */
  private async walk(): Promise<void> {
    await this.openText();
    await this.scanText();
    while (this.scan && !this.isClean(this.scan)) {
      // The beginning was clean UTF-8: only now does it show that not all of the text is.
      this.hasZeros ||= this.scan.hasZeros;
      if (this.scan.notUtf8) {
        this.encoding = guessLegacy(this.scan.notUtf8);
        this.guessed = true;
      }
      await this.openText();
      await this.scanText();
    }
    if (this.scan && this.scan.unclosedQuote > 0) await this.withoutQuotes(this.scan);
    this.walked = true;
  }

  private async openText(): Promise<void> {
    await this.text?.close();
    const { path, gzip } = this.file;
    this.notes = noNotes();
    if (this.encoding !== 'utf-8' || this.hasZeros)
      this.text = await decodedText(path, gzip, this.encoding, this.skip, this.closing.signal, this.notes);
    else this.text = gzip ? gzipText(path, this.skip) : plainText(path, this.skip);
  }

  private isClean(scan: CsvScan): boolean {
    return scan.validUtf8 && !scan.hasZeros;
  }

  private async scanText(): Promise<CsvScan> {
    const scan = new CsvScan(this.csv, this.csv.width, this.csv.header);
    this.scan = scan;
    this.announce();
    for await (const block of this.text?.stream() ?? []) {
      this.closing.signal.throwIfAborted();
      scan.push(block);
      this.announce();
    }
    scan.finish();
    return scan;
  }

  /** Wakes whoever waits for rows further down. */
  private announce(): void {
    this.wake();
    this.moved = new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  /** A quote that is never closed would swallow the rest: read the text as one that does not quote. */
  private async withoutQuotes(quoted: CsvScan): Promise<void> {
    const dialect = sniffDialect(this.head, this.file.whole, -1);
    if (dialect?.width === this.csv.width) {
      const before = { csv: this.csv, first: this.first };
      this.csv = { ...dialect, header: this.csv.header };
      const scan = await this.scanText();
      if (scan.short.count + scan.long.count <= Math.max(1, scan.rows / 100)) {
        this.first = this.readHead();
        this.quotingIgnored = quoted.unclosedQuote;
        return;
      }
      this.csv = before.csv;
      this.first = before.first;
    }
    throw AppError.of('source/malformed', 'unclosed_quote', {
      file: this.file.name,
      row: quoted.unclosedQuote,
    });
  }

  private async readRows(offset: number, limit: number): Promise<(string | null)[][]> {
    const { scan, text } = this;
    if (!scan || !text) return [];
    const slot = Math.floor(offset / indexStep);
    const start = scan.offsets[slot];
    if (start === undefined || offset >= scan.rows) return [];
    const lastSlot = Math.ceil((offset + limit) / indexStep);
    const last = scan.offsets[lastSlot];
    const bytes = await text.read(start, last ?? scan.end);
    const skipped = offset - slot * indexStep;
    const records = parseRecords(bytes, this.csv, {
      limit: skipped + limit,
      whole: true,
      keepBlank: this.csv.width === 1,
    });
    return records.slice(skipped);
  }

  /** The same records as regular CSV, for DuckDB: short ones filled up, long ones cut. */
  private rewrite(text: TextBytes): Promise<TextBytes> {
    const { csv, scan } = this;
    const width = this.columns.length;
    const read = async function* (): AsyncIterable<Uint8Array> {
      const slots = scan?.offsets.length ?? 0;
      for (let slot = 0; slot < slots; slot += 16) {
        const start = scan?.offsets[slot] ?? 0;
        const end = scan?.offsets[slot + 16] ?? scan?.end ?? 0;
        const records = parseRecords(await text.read(start, end), csv, {
          limit: Infinity,
          whole: true,
          keepBlank: csv.width === 1,
        });
        const lines = records.map((record) =>
          Array.from({ length: width }, (_, at) => writeField(record[at] ?? null)).join(','),
        );
        yield Buffer.from(`${lines.join('\n')}\n`);
      }
    };
    return temporaryText(read(), 'csv', this.closing.signal);
  }

  private problems(scan: CsvScan): Problem[] {
    const found: Problem[] = [];
    const { unnamed, renamed } = uniqueNames(this.csv.names);
    if (this.quotingIgnored > 0) {
      found.push({
        severity: 'warning',
        message: m.problems_quote_ignored({ row: this.quotingIgnored }),
        fix: m.problems_quote_ignored_fix(),
      });
    } else if (scan.suspectedQuote > 0) {
      found.push({
        severity: 'warning',
        message: m.problems_quote_suspected({ row: scan.suspectedQuote }),
        fix: m.problems_quote_suspected_fix(),
      });
    }
    if (scan.trailing.count > 0)
      found.push({
        severity: 'warning',
        message: m.problems_text_after_quote({
          places: counted(scan.trailing.count, 'place', 'places'),
          row: scan.trailing.first,
        }),
        fix: m.problems_text_after_quote_fix(),
      });
    if (scan.short.count > 0)
      found.push({
        severity: 'warning',
        message: m.problems_short_rows({
          rows: counted(scan.short.count, 'row has', 'rows have'),
          fields: counted(this.columns.length, 'field', 'fields'),
          row: scan.short.first,
        }),
        fix: m.problems_short_rows_fix(),
      });
    if (scan.long.count > 0)
      found.push({
        severity: 'warning',
        message: m.problems_long_rows({
          rows: counted(scan.long.count, 'row has', 'rows have'),
          fields: counted(this.columns.length, 'field', 'fields'),
          row: scan.long.first,
        }),
        fix: m.problems_long_rows_fix(),
      });
    if (this.csv.header && unnamed.length > 0)
      found.push({
        severity: 'note',
        message: m.problems_unnamed({
          columns: counted(unnamed.length, 'column has', 'columns have'),
          positions: unnamed.slice(0, 8).join(', '),
          more: unnamed.length > 8 ? ' …' : '',
        }),
        fix: m.problems_unnamed_fix(),
      });
    for (const { position, name } of renamed)
      found.push({
        severity: 'note',
        column: name,
        message: m.problems_same_name({ position }),
        fix: m.problems_same_name_fix({ name }),
      });
    if (!this.csv.header)
      found.push({
        severity: 'note',
        message: m.problems_no_header(),
        fix: m.problems_no_header_fix(),
      });
    found.push(...encodingProblems(this.encoding, this.guessed, this.notes));
    return found;
  }
}

/** Index of the record after the header: blank lines before it do not count. */
function firstRecord(records: (string | null)[][]): number {
  const header = records.findIndex((record) => record.some((value) => value !== null));
  return header < 0 ? records.length : header + 1;
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
