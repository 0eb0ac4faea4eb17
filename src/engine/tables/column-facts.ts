/**
 * What is counted about every column in one walk over the whole table. What a column might be (numbers, dates in
 * which pattern) is guessed from a sample first, so that only likely tests run on every row.
 */
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { anyDateSql } from './date-sql.ts';
import { findDateFormats, findMixedDateFormats } from './dates.ts';
import { double, firstRow, isOutOfMemory, literal, textOrNull, wholeNumber } from './duckdb.ts';
import { affixesOf, coreOf, groupingOf, plainTextSql } from './number-style.ts';
import type { NumberStyle } from './number-style.ts';
import type { Relation } from './source.ts';

/** Texts that stand for “no value” in columns of numbers and dates. In other columns they are categories. */
export const nullMarkers = [
  'NA', 'N/A', 'n/a', 'na', '#N/A', '<NA>', 'NULL', 'null', 'Null', '\\N', 'NaN', 'nan', 'NAN', 'None', 'none',
  'NaT', 'nil', '?', '-', '--', '.', '..', '*', 'missing', 'Missing', 'unknown', 'Unknown',
]; // prettier-ignore

export interface NumberFacts extends NumberStyle {
  /** Values that are numbers; of these, whole ones, and those with an exponent. */
  count: number;
  whole: number;
  exponents: number;
  /** Numbers whose value is whole, however they are written (1e+06, 5.0). */
  integral: number;
  /** Whole numbers that begin with a needless zero. */
  leadingZeros: number;
  decimals: number;
  minDecimals: number;
  /** 1,005 may be one and a bit or a thousand and five: read as a decimal comma. */
  ambiguous: boolean;
  min: number;
  max: number;
  minText: string;
  maxText: string;
}

export interface DateFacts {
  format: string;
  /** Further patterns of a column that mixes several; values are read by the first that fits. */
  also: readonly string[];
  count: number;
  min: number;
  max: number;
  minText: string;
  maxText: string;
}

export interface ColumnFacts {
  /** Values that are there (not empty). */
  values: number;
  /** Of these, ones that are a null marker, and the most frequent of them. */
  markers: number;
  marker: string | undefined;
  /** Distinct values among `values`; `exact` up to a million rows. */
  distinct: number;
  exact: boolean;
  /** Characters; the most of all values, the others in the sample. */
  maxLength: number;
  minLength: number;
  meanLength: number;
  /** Smallest and largest value in byte order. */
  first: string;
  last: string;
  numbers: NumberFacts | undefined;
  /** Patterns the sample fits, with how many values fit them. */
  dates: DateFacts[];
  /** Some of the values, drawn from the whole table; never shown. */
  sample: string[];
  /** Some values have blanks around them. */
  padded: boolean;
}

const exactRows = 1_000_000;
/** Rows looked at first, and values of all columns together: of a table of thousands of columns fewer rows. */
const sampleRows = { most: 5000, least: 500, cells: 2_000_000 };
/** Up to so many rows a list counts different values quicker: DISTINCT sets up as much for ten rows as for millions. */
const fewRows = 20_000;
const markerList = nullMarkers.map(literal).join(', ');

/** SQL for whether the text `value` is a null marker. Not by IN, which DuckDB makes a join of for each column. */
export function isMarkerSql(value: string): string {
  return `list_contains([${markerList}], ${value})`;
}

const plainNumberExpression = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
const commaNumberExpression = /^[+-]?\d+(,\d+)?$/;
const groupedNumberExpression = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/;

/** SQL for the number (DOUBLE) that the text `value` spells; NULL where it spells none. */
export function numberSql(value: string, style: NumberStyle): string {
  return castSql(value, plainTextSql(value, style));
}

/** @param plain the text with nothing but digits, sign, point and exponent */
function castSql(value: string, plain: string): string {
  const number = `TRY_CAST(${plain} AS DOUBLE)`;
  // DuckDB takes 1_000 for a number, and inf and nan, which are none here.
  return `CASE WHEN isfinite(${number}) AND NOT contains(${value}, '_') THEN ${number} END`;
}

/**
 * How the numbers among `values` are written, undefined where most are no numbers. Where every comma is followed by
 * three digits it may separate thousands: it certainly does where the file separates its fields by commas or a
 * number has two of them.
 */
function numberStyle(
  values: readonly string[],
  delimiter: string | undefined,
): (NumberStyle & { ambiguous: boolean }) | undefined {
  const affixes = affixesOf(values);
  const cores = values.map((value) => coreOf(value, affixes));
  const share = (test: (value: string) => boolean): number =>
    cores.length === 0 ? 0 : cores.filter(test).length / cores.length;
  const plain = share((value) => plainNumberExpression.test(value));
  const commas = cores.filter((value) => value.includes(','));
  const allGrouped = commas.length > 0 && commas.every((value) => groupedNumberExpression.test(value));
  const certain = groupingOf(cores);
  if (certain) return { ...affixes, ...certain, grouped: true, ambiguous: false };
  if (allGrouped && (delimiter === ',' || commas.some((value) => /,.*,/.test(value)))) {
    const numbers = plain + commas.length / cores.length;
    // Numbers with commas beside numbers of four digits without are read, and written without.
    const always = cores.every(
      (value) => groupedNumberExpression.test(value) || /^[+-]?\d{1,3}(\.\d*)?$/.test(value),
    );
    return numbers < 0.5
      ? undefined
      : { ...affixes, mark: '.', grouped: true, group: ',', ungroup: !always, ambiguous: false };
  }
  const withComma = share((value) => commaNumberExpression.test(value));
  if (Math.max(plain, withComma) < 0.5) return undefined;
  const mark = withComma > plain ? ',' : '.';
  return { ...affixes, mark, grouped: false, group: '', ambiguous: mark === ',' && allGrouped };
}

/** SQL for the text of a column: blanks around values are cut off where the column has any. */
export function textSql(column: string, padded: boolean): string {
  return padded ? `trim(${column})` : column;
}

interface Guess {
  padded: boolean;
  style: (NumberStyle & { ambiguous: boolean }) | undefined;
  /** Each a pattern, or several that only together fit all values. */
  formats: readonly (readonly string[])[];
  sample: string[];
}

/**
 * Columns are tested in groups, so that a table of many columns stays within memory. Each group is a walk over the table:
 * where there are few rows the groups are larger.
 */
export function columnsAtOnce(rows: number): number {
  return rows > fewRows ? 60 : 300;
}

/**
 * Walks over the whole table twice: once for a sample, once to count.
 * @returns rows as DuckDB sees them, and the facts in the order of the columns
 */
export async function gatherFacts(
  connection: DuckDBConnection,
  relation: Relation,
): Promise<{ rows: number; facts: ColumnFacts[] }> {
  const guesses = await guess(connection, relation);
  let rows = 0;
  const facts: ColumnFacts[] = [];
  const size = columnsAtOnce(relation.rows);
  for (let start = 0; start < guesses.length; start += size) {
    const group = guesses.slice(start, start + size);
    const tests = group.map((column, at) => testsFor(at, column, relation.rows));
    const inner = group.flatMap((column, at) => {
      const text = textSql(`c${start + at}`, column.padded);
      const plain = column.style ? plainTextSql(text, column.style) : text;
      const number = column.style ? [`${castSql(text, plain)} AS n${at}`, `${plain} AS t${at}`] : [];
      const dates = column.formats.map((format, place) => `${anyDateSql(text, format)} AS d${at}_${place}`);
      return [`nullif(${text}, '') AS v${at}`, ...number, ...dates];
    });
    const sql =
      `SELECT count(*), ${tests.map((test) => test.join(', ')).join(', ')} ` +
      `FROM (SELECT ${inner.join(', ')} FROM ${relation.sql})`;
    const row = (await connection.runAndReadAll(sql)).getRows()[0] ?? [];
    rows = wholeNumber(row[0]);
    let at = 1;
    for (const [index, test] of tests.entries()) {
      facts.push(readFacts(row.slice(at, at + test.length), group[index]!, relation.rows));
      at += test.length;
    }
  }
  await countExactly(connection, relation, facts);
  await findMarkers(connection, relation, facts);
  return { rows, facts };
}

async function guess(connection: DuckDBConnection, relation: Relation): Promise<Guess[]> {
  const { most, least, cells } = sampleRows;
  const rows = Math.min(most, Math.max(least, Math.floor(cells / relation.storage.length)));
  const sql = `SELECT * FROM ${relation.sql} USING SAMPLE reservoir(${rows} ROWS) REPEATABLE (1)`;
  const columns = await (await connection.run(sql)).getColumns();
  return relation.storage.map((_, at) => {
    const raw = (columns[at] ?? []).map((value) => textOrNull(value) ?? '');
    const present = raw.map((value) => value.trim()).filter((value) => value !== '');
    const sample = [...new Set(present)];
    const real = sample.filter((value) => !nullMarkers.includes(value));
    const style = numberStyle(real, relation.delimiter);
    const padded = raw.some((value) => value !== value.trim());
    return { padded, style, formats: dateFormats(real), sample: present };
  });
}

function dateFormats(values: readonly string[]): string[][] {
  const formats = findDateFormats(values).slice(0, 4);
  if (formats.length > 0) return formats.map((format) => [format]);
  const mixed = findMixedDateFormats(values);
  return mixed ? [mixed] : [];
}

function testsFor(at: number, column: Guess, rows: number): string[] {
  const value = `v${at}`;
  const number = `n${at}`;
  const tests = [
    `count(${value})`,
    distinctSql(value, rows),
    `min(${value})`,
    `max(${value})`,
    `max(length(${value}))`,
  ];
  const measured = column.style ? number : column.formats.length > 0 ? `d${at}_0` : undefined;
  if (measured) tests.push(`count_if(${measured} IS NULL AND ${isMarkerSql(value)})`);
  if (column.style) {
    const text = `t${at}`;
    const point = `instr(${text}, '.')`;
    const exponent = `(contains(${text}, 'e') OR contains(${text}, 'E'))`;
    const places = `CASE WHEN ${number} IS NOT NULL AND NOT ${exponent} THEN CASE ${point} WHEN 0 THEN 0 ELSE length(${text}) - ${point} END END`;
    tests.push(
      `count(${number})`,
      `count_if(${number} IS NOT NULL AND ${point} = 0 AND NOT ${exponent})`,
      `count_if(${number} = trunc(${number}))`,
      `count_if(${number} IS NOT NULL AND ${exponent})`,
      `count_if(${number} IS NOT NULL AND ${point} = 0 AND starts_with(${text}, '0') AND ${text} <> '0')`,
      `max(${places})`,
      `min(${places})`,
      `min(${number})`,
      `max(${number})`,
      `arg_min(${value}, ${number})`,
      `arg_max(${value}, ${number})`,
    );
  }
  for (const place of column.formats.keys()) {
    const date = `d${at}_${place}`;
    tests.push(
      `count(${date})`,
      `min(${date})`,
      `max(${date})`,
      `arg_min(${value}, ${date})`,
      `arg_max(${value}, ${date})`,
    );
  }
  return tests;
}

function distinctSql(value: string, rows: number): string {
  if (rows > exactRows) return `approx_count_distinct(${value})`;
  return rows > fewRows ? `count(DISTINCT ${value})` : `coalesce(list_unique(list(${value})), 0)::BIGINT`;
}

function readFacts(cells: DuckDBValue[], column: Guess, rows: number): ColumnFacts {
  let at = 0;
  const next = (): DuckDBValue | undefined => cells[at++];
  const text = (): string => textOrNull(next()) ?? '';
  const lengths = column.sample.length === 0 ? [0] : column.sample.map((value) => value.length);
  const facts: ColumnFacts = {
    values: wholeNumber(next()),
    distinct: wholeNumber(next()),
    exact: rows <= exactRows,
    minLength: Math.min(...lengths),
    meanLength: lengths.reduce((sum, length) => sum + length, 0) / lengths.length,
    first: text(),
    last: text(),
    maxLength: wholeNumber(next()),
    markers: 0,
    marker: undefined,
    numbers: undefined,
    dates: [],
    sample: column.sample,
    padded: column.padded,
  };
  if (column.style !== undefined || column.formats.length > 0) {
    facts.markers = wholeNumber(next());
  }
  if (column.style) {
    facts.numbers = {
      ...column.style,
      count: wholeNumber(next()),
      whole: wholeNumber(next()),
      integral: wholeNumber(next()),
      exponents: wholeNumber(next()),
      leadingZeros: wholeNumber(next()),
      decimals: wholeNumber(next()),
      minDecimals: wholeNumber(next()),
      min: double(next()),
      max: double(next()),
      minText: text(),
      maxText: text(),
    };
  }
  facts.dates = column.formats.map(([format = '', ...also]) => ({
    format,
    also,
    count: wholeNumber(next()),
    min: double(next()),
    max: double(next()),
    minText: text(),
    maxText: text(),
  }));
  return facts;
}

/** Whether every value occurs once is worth an exact count: it decides what is an identifier. */
async function countExactly(
  connection: DuckDBConnection,
  relation: Relation,
  facts: ColumnFacts[],
): Promise<void> {
  const doubtful = facts
    .map((column, at) => ({ column, at }))
    .filter(({ column }) => !column.exact && column.distinct > column.values * 0.8);
  for (const { column, at } of doubtful) {
    const sql = `SELECT count(DISTINCT nullif(${textSql(`c${at}`, column.padded)}, '')) FROM ${relation.sql}`;
    try {
      column.distinct = wholeNumber((await firstRow(connection, sql))[0]);
      column.exact = true;
    } catch (error) {
      // An estimate is better than no profile.
      if (!isOutOfMemory(error)) throw error;
    }
  }
}

/** Which marker is the usual one, in the few columns that have any. */
async function findMarkers(
  connection: DuckDBConnection,
  relation: Relation,
  facts: ColumnFacts[],
): Promise<void> {
  const marked = facts.map((column, at) => ({ column, at })).filter(({ column }) => column.markers > 0);
  if (marked.length === 0) return;
  const modes = marked.map(({ column, at }) => {
    const text = textSql(`c${at}`, column.padded);
    return `mode(${text}) FILTER (${isMarkerSql(text)})`;
  });
  const rows = await connection.runAndReadAll(`SELECT ${modes.join(', ')} FROM ${relation.sql}`);
  for (const [place, { column }] of marked.entries())
    column.marker = textOrNull(rows.getRows()[0]?.[place]) ?? undefined;
}
