/**
 * The records of a CSV text, after RFC 4180 and what people make of it: where each begins, whether the text is
 * regular, and their fields. Works on UTF-8 bytes, where delimiter and quote are single ASCII bytes.
 *
 * This is the authority on the structure of a file. DuckDB reads regular files directly; any other is first
 * rewritten by these rules, so that both always see the same records.
 */
import { isUtf8 } from 'node:buffer';
import { characterBoundary } from './encoding.ts';

/** Byte values. `quote` is −1 where the text quotes nothing; `newline` is 13 for old Macintosh files. */
export interface CsvGrammar {
  delimiter: number;
  quote: number;
  newline: 10 | 13;
}

/** Every so many records the offset of one is kept. */
export const indexStep = 256;

const lineFeed = 10;
const carriageReturn = 13;
const space = 32;

const fieldStart = 0;
const unquoted = 1;
const inQuotes = 2;
const afterQuote = 3;
const afterReturn = 4;
const afterReturnEmpty = 5;
/** Blanks that a field begins with: before a quote they are no part of it. */
const blanks = 6;

/** How many records depart from the rule, and the first of them (data rows counted from 1). */
export interface Irregularity {
  count: number;
  first: number;
}

/** Walks through a text block by block and notes where its records are. */
export class CsvScan {
  /** Records seen, without the header. */
  rows = 0;
  /** Byte offset of data record 0, 256, 512 … */
  readonly offsets: number[] = [];
  /** Byte offset after the last complete record. */
  end = 0;
  readonly short: Irregularity = { count: 0, first: 0 };
  readonly long: Irregularity = { count: 0, first: 0 };
  /** Text right behind a closing quote: often a quote that was not closed where it should be. */
  readonly trailing: Irregularity = { count: 0, first: 0 };
  /** Text next to a quoted field, or a stray carriage return: DuckDB might read it otherwise. */
  unusual = 0;
  /** Row (from 1) whose quoted field runs over more than 64 KiB: the quote was probably never closed. */
  suspectedQuote = 0;
  /** Row in which a quote was still open at the end of the text. */
  unclosedQuote = 0;
  validUtf8 = true;
  /** The first part of the text that is not UTF-8, to guess by what it is. */
  notUtf8: Buffer | undefined;
  /** The text holds zero bytes, which are no text. */
  hasZeros = false;

  private readonly grammar: CsvGrammar;
  private readonly width: number;
  private headerPending: boolean;
  private state = fieldStart;
  private fields = 0;
  private position = 0;
  private recordStart = 0;
  private quoteStart = 0;
  private carried = new Uint8Array(0);

  /** @param width fields a record should have */
  constructor(grammar: CsvGrammar, width: number, header: boolean) {
    this.grammar = grammar;
    this.width = width;
    this.headerPending = header;
  }

  /** The next bytes of the text. */
  push(block: Uint8Array): void {
    this.checkEncoding(block, false);
    if (!this.hasZeros) this.hasZeros = block.includes(0);
    const { delimiter, quote, newline } = this.grammar;
    const length = block.length;
    const base = this.position;
    let { state } = this;
    for (let at = 0; at < length; at++) {
      let byte = block[at]!;
      if (state === unquoted) {
        while (byte !== delimiter && byte !== lineFeed && byte !== carriageReturn) {
          if (++at === length) break;
          byte = block[at]!;
        }
        if (at === length) break;
      } else if (state === inQuotes) {
        const close = block.indexOf(quote, at);
        if (close < 0) break;
        at = close;
        if (base + at - this.quoteStart > 65_536 && this.suspectedQuote === 0)
          this.suspectedQuote = this.rows + 1;
        state = afterQuote;
        continue;
      }
      if (state === afterReturn || state === afterReturnEmpty) {
        if (byte === lineFeed) {
          this.endRecord(base + at + 1, state === afterReturnEmpty);
          state = fieldStart;
          continue;
        }
        this.unusual++;
        state = unquoted;
        at--; // look at this byte again, as part of the field the stray return belongs to
        continue;
      }
      if (state === blanks) {
        if (byte === space) continue;
        if (byte === quote) {
          // Readers disagree whether the blanks are part of the value.
          this.unusual++;
          state = inQuotes;
          this.quoteStart = base + at;
          continue;
        }
        state = unquoted;
      }
      if (byte === delimiter) {
        this.fields++;
        state = fieldStart;
      } else if (byte === newline) {
        this.endRecord(base + at + 1, state === fieldStart && this.fields === 0);
        state = fieldStart;
      } else if (byte === carriageReturn) {
        state = state === fieldStart && this.fields === 0 ? afterReturnEmpty : afterReturn;
      } else if (state === afterQuote) {
        if (byte === quote) state = inQuotes;
        else if (byte !== space) {
          this.unusual++;
          if (this.trailing.count++ === 0) this.trailing.first = this.rows + 1;
          state = unquoted;
        } else this.unusual++;
      } else if (state === fieldStart) {
        if (byte === quote) {
          state = inQuotes;
          this.quoteStart = base + at;
        } else state = byte === space ? blanks : unquoted;
      }
    }
    this.state = state;
    this.position = base + length;
  }

  /** The text has ended. */
  finish(): void {
    this.checkEncoding(new Uint8Array(0), true);
    if (this.state === inQuotes) this.unclosedQuote = this.rows + 1;
    if (this.position > this.recordStart)
      this.endRecord(
        this.position,
        (this.state === fieldStart && this.fields === 0) || this.state === afterReturnEmpty,
      );
  }

  /** Whether DuckDB's strict reader sees the same records as we do. */
  get regular(): boolean {
    return this.short.count === 0 && this.long.count === 0 && this.unusual === 0 && this.unclosedQuote === 0;
  }

  private endRecord(next: number, blank: boolean): void {
    const fields = this.fields + 1;
    this.fields = 0;
    if (blank && (this.width > 1 || this.headerPending)) {
      // A blank line is no record, except in a table of one column, where it is an empty value.
      this.recordStart = next;
      return;
    }
    if (this.headerPending) this.headerPending = false;
    else {
      if (this.rows % indexStep === 0) this.offsets.push(this.recordStart);
      this.rows++;
      if (fields !== this.width) {
        const kind = fields < this.width ? this.short : this.long;
        if (kind.count++ === 0) kind.first = this.rows;
      }
    }
    this.recordStart = next;
    this.end = next;
  }

  private checkEncoding(block: Uint8Array, last: boolean): void {
    if (!this.validUtf8) return;
    let bytes = block;
    if (this.carried.length > 0) {
      bytes = new Uint8Array(this.carried.length + block.length);
      bytes.set(this.carried);
      bytes.set(block, this.carried.length);
    }
    const whole = last ? bytes.length : characterBoundary(bytes);
    this.carried = bytes.slice(whole);
    if (isUtf8(bytes.subarray(0, whole))) return;
    this.validUtf8 = false;
    this.notUtf8 = Buffer.from(bytes);
  }
}

/**
 * The records of `bytes`, which begin at a record's start.
 * @param options.limit records at most
 * @param options.whole the text ends with `bytes`; otherwise a last record without its newline is left out
 * @returns fields as text; null where an unquoted or quoted field is empty
 */
export function parseRecords(
  bytes: Buffer,
  grammar: CsvGrammar,
  options: { limit: number; whole: boolean; keepBlank?: boolean },
): (string | null)[][] {
  const { delimiter, quote, newline } = grammar;
  const records: (string | null)[][] = [];
  let record: (string | null)[] = [];
  const length = bytes.length;
  let at = 0;
  while (at < length && records.length < options.limit) {
    let value: string | null;
    let start = at;
    while (quote >= 0 && bytes[start] === space) start++;
    if (quote >= 0 && bytes[start] === quote) {
      let text = '';
      at = start + 1;
      for (;;) {
        const close = bytes.indexOf(quote, at);
        if (close < 0) {
          if (!options.whole) return records;
          text += bytes.toString('utf8', at);
          at = length;
          break;
        }
        text += bytes.toString('utf8', at, close);
        at = close + 1;
        if (bytes[at] !== quote) break;
        text += String.fromCharCode(quote);
        at++;
      }
      const rest = at;
      at = fieldEnd(bytes, at, delimiter, newline);
      text += bytes.toString('utf8', rest, withoutReturn(bytes, rest, at, newline)).trimEnd();
      value = text === '' ? null : text;
    } else {
      start = at;
      at = fieldEnd(bytes, at, delimiter, newline);
      const end = withoutReturn(bytes, start, at, newline);
      value = start === end ? null : bytes.toString('utf8', start, end);
    }
    if (at >= length && !options.whole) return records;
    record.push(value);
    if (bytes[at] === delimiter) {
      at++;
      if (at < length) continue;
      if (!options.whole) return records;
      record.push(null); // the text ends with a delimiter: an empty last field
    } else at++;
    const blank = record.length === 1 && record[0] === null;
    if (!blank || options.keepBlank) records.push(record);
    record = [];
  }
  return records;
}

/** The delimiter or newline that ends the field, or the end of the text. */
function fieldEnd(bytes: Buffer, from: number, delimiter: number, newline: number): number {
  let at = from;
  const length = bytes.length;
  while (at < length) {
    const byte = bytes[at]!;
    if (byte === delimiter || byte === newline) break;
    at++;
  }
  return at;
}

function withoutReturn(bytes: Buffer, start: number, end: number, newline: number): number {
  const atNewline = end >= bytes.length || bytes[end] === newline;
  return newline === lineFeed && atNewline && end > start && bytes[end - 1] === carriageReturn
    ? end - 1
    : end;
}

/** A field as RFC 4180 writes it: quoted only where it must be. */
export function writeField(value: string | null, delimiter = ','): string {
  if (value === null) return '';
  return needsQuotes(value, delimiter) ? `"${value.replaceAll('"', '""')}"` : value;
}

function needsQuotes(value: string, delimiter: string): boolean {
  return (
    value === '' ||
    value.includes(delimiter) ||
    value.includes('"') ||
    value.includes('\n') ||
    value.includes('\r') ||
    value.startsWith(' ') ||
    value.endsWith(' ')
  );
}
