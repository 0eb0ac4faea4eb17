/**
 * What is counted about every column in one walk over the whole table. What a column might be (numbers, dates in
 * which pattern) is guessed from a sample first, so that only likely tests run on every row.
 */
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { dateSql, findDateFormats } from './dates.ts';
import { double, literal, textOrNull, wholeNumber } from './duckdb.ts';
import type { Relation } from './source.ts';

/** Texts that stand for “no value” in columns of numbers and dates. In other columns they are categories. */
export const nullMarkers = [
  'NA', 'N/A', 'n/a', 'na', '#N/A', '<NA>', 'NULL', 'null', 'Null', '\\N', 'NaN', 'nan', 'NAN', 'None', 'none',
  'NaT', 'nil', '?', '-', '--', '.', '..', '*', 'missing', 'Missing', 'unknown', 'Unknown',
]; // prettier-ignore

export interface NumberFacts {
  /** Values that are numbers; of these, whole ones, and those with an exponent. */
  count: number;
  whole: number;
  exponents: number;
  /** Whole numbers that begin with a needless zero. */
  leadingZeros: number;
  decimals: number;
  minDecimals: number;
  mark: '.' | ',';
  min: number;
  max: number;
  minText: string;
  maxText: string;
}

export interface DateFacts {
  format: string;
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
  /** Characters. */
  minLength: number;
  maxLength: number;
  meanLength: number;
  /** Smallest and largest value in byte order. */
  first: string;
  last: string;
  numbers: NumberFacts | undefined;
  /** Patterns the sample fits, with how many values fit them. */
  dates: DateFacts[];
  /** Some of the values, drawn from the whole table; never shown. */
  sample: string[];
}

const exactRows = 1_000_000;
const sampleRows = 5000;
const plainNumber = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?';
const commaNumber = '[+-]?[0-9]+(,[0-9]+)?';
export const markerList = nullMarkers.map(literal).join(', ');

const plainNumberExpression = new RegExp(`^${plainNumber}$`);
const commaNumberExpression = new RegExp(`^${commaNumber}$`);

/** SQL for the number (DOUBLE) that the text `value` spells; NULL where it spells none. */
export function numberSql(value: string, mark: '.' | ','): string {
  const spelled = mark === ',' ? `replace(${value}, ',', '.')` : value;
  const pattern = mark === ',' ? commaNumber : plainNumber;
  return `CASE WHEN regexp_full_match(${value}, '${pattern}') THEN TRY_CAST(${spelled} AS DOUBLE) END`;
}

interface Guess {
  mark: '.' | ',' | undefined;
  formats: string[];
  marker: boolean;
  sample: string[];
}

/** Columns are tested in groups, so that a table of many columns stays within memory. */
const columnsAtOnce = 60;

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
  for (let start = 0; start < guesses.length; start += columnsAtOnce) {
    const group = guesses.slice(start, start + columnsAtOnce);
    const tests = group.map((column, at) => testsFor(`trim(c${start + at})`, column, relation.rows));
    const sql = `SELECT count(*), ${tests.map((test) => test.join(', ')).join(', ')} FROM ${relation.sql}`;
    const row = (await connection.runAndReadAll(sql)).getRows()[0] ?? [];
    rows = wholeNumber(row[0]);
    let at = 1;
    for (const [index, test] of tests.entries()) {
      facts.push(readFacts(row.slice(at, at + test.length), group[index]!, relation.rows));
      at += test.length;
    }
  }
  await countExactly(connection, relation, facts);
  return { rows, facts };
}

async function guess(connection: DuckDBConnection, relation: Relation): Promise<Guess[]> {
  const sql = `SELECT * FROM ${relation.sql} USING SAMPLE reservoir(${sampleRows} ROWS) REPEATABLE (1)`;
  const columns = await (await connection.run(sql)).getColumns();
  return relation.storage.map((_, at) => {
    const present = (columns[at] ?? [])
      .map((value) => textOrNull(value)?.trim() ?? '')
      .filter((value) => value !== '');
    const sample = [...new Set(present)];
    const real = sample.filter((value) => !nullMarkers.includes(value));
    const share = (expression: RegExp): number =>
      real.length === 0 ? 0 : real.filter((value) => expression.test(value)).length / real.length;
    const points = share(plainNumberExpression);
    const commas = share(commaNumberExpression);
    const mark = Math.max(points, commas) < 0.5 ? undefined : commas > points ? ',' : '.';
    const markers = new Set(present.filter((value) => nullMarkers.includes(value)));
    return { mark, formats: findDateFormats(real).slice(0, 4), marker: markers.size > 0, sample: present };
  });
}

function testsFor(value: string, column: Guess, rows: number): string[] {
  const present = `nullif(${value}, '')`;
  const real = column.marker ? `CASE WHEN ${value} NOT IN (${markerList}) THEN ${present} END` : present;
  const tests = [
    `count(${present})`,
    `count(*) FILTER (${value} IN (${markerList}))`,
    `mode(${value}) FILTER (${value} IN (${markerList}))`,
    rows > exactRows ? `approx_count_distinct(${present})` : `count(DISTINCT ${present})`,
    `min(length(${present}))`,
    `max(length(${present}))`,
    `avg(length(${present}))`,
    `min(${present})`,
    `max(${present})`,
  ];
  if (column.mark) {
    const { mark } = column;
    const number = numberSql(value, mark);
    const whole = `regexp_full_match(${value}, '[+-]?[0-9]+')`;
    const places =
      `CASE WHEN regexp_full_match(${value}, '${mark === ',' ? commaNumber : '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)'}') ` +
      `THEN CASE WHEN contains(${value}, '${mark}') THEN length(${value}) - instr(${value}, '${mark}') ELSE 0 END END`;
    tests.push(
      `count(${number})`,
      `count(*) FILTER (${whole})`,
      `count(*) FILTER (regexp_full_match(${value}, '${plainNumber}') AND regexp_matches(${value}, '[eE]'))`,
      `count(*) FILTER (regexp_full_match(${value}, '[+-]?0[0-9]+'))`,
      `max(${places})`,
      `min(${places})`,
      `min(${number})`,
      `max(${number})`,
      `arg_min(${value}, ${number})`,
      `arg_max(${value}, ${number})`,
    );
  }
  for (const format of column.formats) {
    const date = dateSql(real, format);
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

function readFacts(cells: DuckDBValue[], column: Guess, rows: number): ColumnFacts {
  let at = 0;
  const next = (): DuckDBValue | undefined => cells[at++];
  const text = (): string => textOrNull(next()) ?? '';
  const facts: ColumnFacts = {
    values: wholeNumber(next()),
    markers: wholeNumber(next()),
    marker: textOrNull(next()) ?? undefined,
    distinct: wholeNumber(next()),
    exact: rows <= exactRows,
    minLength: wholeNumber(next()),
    maxLength: wholeNumber(next()),
    meanLength: double(next()),
    first: text(),
    last: text(),
    numbers: undefined,
    dates: [],
    sample: column.sample,
  };
  if (column.mark) {
    facts.numbers = {
      mark: column.mark,
      count: wholeNumber(next()),
      whole: wholeNumber(next()),
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
  facts.dates = column.formats.map((format) => ({
    format,
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
    const row = await connection.runAndReadAll(
      `SELECT count(DISTINCT nullif(trim(c${at}), '')) FROM ${relation.sql}`,
    );
    column.distinct = wholeNumber(row.getRows()[0]?.[0]);
    column.exact = true;
  }
}
