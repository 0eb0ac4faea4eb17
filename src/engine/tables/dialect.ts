/**
 * Finds out how a CSV text is written: what separates its fields, what quotes them, whether the first record
 * names the columns. Judged on the beginning of the text.
 */
import { parseRecords, type CsvGrammar } from './csv-records.ts';

export interface CsvDialect extends CsvGrammar {
  header: boolean;
  /** Fields of a record. */
  width: number;
  /** Names as the file gives them; empty strings where it gives none. */
  names: string[];
}

const comma = 0x2c;
const delimiters = [comma, 0x3b, 0x09, 0x7c];
const doubleQuote = 0x22;
const singleQuote = 0x27;
const sampleRecords = 500;

/**
 * @param head beginning of the text, UTF-8
 * @param whole nothing follows `head`
 * @param quote byte of the quote, where it is known already (−1: nothing is quoted)
 * @returns undefined where there is no record at all
 */
export function sniffDialect(head: Buffer, whole: boolean, quote?: number): CsvDialect | undefined {
  const newline = head.includes(10) || !head.includes(13) ? 10 : 13;
  const quotes = quote === undefined ? quoteCandidates(head) : [quote];
  let best: { grammar: CsvGrammar; records: (string | null)[][]; width: number; score: number } | undefined;
  for (const candidate of quotes) {
    for (const delimiter of delimiters) {
      const grammar: CsvGrammar = { delimiter, quote: candidate, newline };
      const records = parseRecords(head, grammar, { limit: sampleRecords, whole });
      const { width, share } = usualWidth(records);
      // Fields in one number on every line tell a delimiter; how many there are decides between two such.
      const score = width < 2 ? 0 : share * share * (1 + Math.log2(width) / 10);
      if (!best || score > best.score) best = { grammar, records, width, score };
    }
  }
  if (!best) return undefined;
  if (best.score === 0) {
    const grammar: CsvGrammar = { delimiter: comma, quote: quotes[0] ?? doubleQuote, newline };
    best = { ...best, grammar, records: parseRecords(head, grammar, { limit: sampleRecords, whole }) };
  }
  const { grammar, records } = best;
  const first = records[0];
  if (!first) return undefined;
  const data = records.slice(1);
  const header = isHeader(first, data);
  const width = header ? Math.max(first.length, usualWidth(data).width) : usualWidth(records).width;
  return {
    ...grammar,
    header,
    width,
    names: Array.from({ length: width }, (_, at) => (header ? (first[at] ?? '').trim() : '')),
  };
}

/** A text whose fields are wrapped in ' and never in ". */
function quoteCandidates(head: Buffer): number[] {
  const text = head.toString('latin1', 0, 65_536);
  const wrapped = (mark: string): number =>
    text.match(new RegExp(`(^|[,;\\t|\\n])${mark}[^${mark}\\n]*${mark}(?=[,;\\t|\\r\\n]|$)`, 'g'))?.length ??
    0;
  return wrapped("'") > 10 * wrapped('"') ? [singleQuote] : [doubleQuote];
}

function usualWidth(records: (string | null)[][]): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  let width = 0;
  let most = 0;
  for (const [length, count] of counts) {
    if (count > most || (count === most && length > width)) {
      width = length;
      most = count;
    }
  }
  return { width, share: records.length === 0 ? 0 : most / records.length };
}

const numberLike = /^[+-]?[\d.,]*\d[\d.,]*([eE][+-]?\d+)?\s*%?$/;
const dateLike = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^\d{1,2}:\d{2}/;

function isData(cell: string): boolean {
  return numberLike.test(cell) || dateLike.test(cell);
}

/** Names differ from values: they are no numbers or dates where the column is, and do not come again below. */
function isHeader(first: (string | null)[], data: (string | null)[][]): boolean {
  const cells = first.map((cell) => cell?.trim() ?? '');
  if (cells.every((cell) => cell === '')) return false;
  const values = cells.filter(isData);
  if (values.length > 0 && !areYears(values)) return false;
  if (data.length === 0) return true;
  let repeated = 0;
  for (const [at, cell] of cells.entries()) {
    if (cell === '') continue;
    const column = data.map((record) => record[at] ?? null).filter((value) => value !== null);
    if (column.length > 0 && !isData(cell) && column.filter(isData).length > column.length * 0.8) return true;
    if (column.some((value) => value.trim() === cell)) repeated++;
  }
  return repeated === 0;
}

/** Columns named 2019, 2020, 2021 … */
function areYears(cells: string[]): boolean {
  return (
    cells.length > 1 &&
    cells.every(
      (cell, at) => /^(19|20)\d\d$/.test(cell) && (at === 0 || Number(cell) > Number(cells[at - 1])),
    )
  );
}

/**
 * Makes column names usable: an empty one becomes “column 3”, one that occurs before gets “ (2)”.
 * @returns the names in order, and what had to be changed (positions counted from 1)
 */
export function uniqueNames(names: readonly string[]): {
  names: string[];
  unnamed: number[];
  renamed: { position: number; name: string }[];
} {
  const given = new Set(names.filter((name) => name !== ''));
  const taken = new Set<string>();
  const unnamed: number[] = [];
  const renamed: { position: number; name: string }[] = [];
  const result = names.map((name, at) => {
    const wish = name === '' ? `column ${at + 1}` : name;
    const isFree = (candidate: string): boolean =>
      !taken.has(candidate) && (candidate === name || !given.has(candidate));
    let unique = wish;
    for (let number = 2; !isFree(unique); number++) unique = `${wish} (${number})`;
    taken.add(unique);
    if (name === '') unnamed.push(at + 1);
    else if (unique !== name) renamed.push({ position: at + 1, name: unique });
    return unique;
  });
  return { names: result, unnamed, renamed };
}
