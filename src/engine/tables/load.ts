/** Reading a table into memory, column by column. */
import { AppError } from '../../shared/errors.ts';
import { m } from '../../shared/messages/messages.js';
import type { ColumnChoice, ColumnKind, Problem, TableProfile } from '../../shared/table.ts';
import type { ColumnFacts } from './column-facts.ts';
import { describeStyle, plainNumbers } from './number-style.ts';
import { isCategorical, type Reading } from './column-sql.ts';
import { findDateFormats } from './dates.ts';
import { withConnection } from './duckdb.ts';
import { describeIdentifiers } from './identifiers.ts';
import { inspect, type Inspection } from './inspection.ts';
import { findKind } from './kinds.ts';
import { rowsThatFit, type Held } from './memory.ts';
import { readColumns } from './read-columns.ts';
import { RowPick } from './row-pick.ts';
import type { ColumnSchema } from './schema.ts';
import type { Source } from './source.ts';
import { subjectsNeeded } from './subjects.ts';
import type { CategoryColumn, Table } from './table.ts';
import { findZone } from './zones.ts';

export interface LoadOptions {
  signal?: AbortSignal | undefined;
  /** Fraction done and what is being done. */
  onProgress?: (fraction: number | null, phase: string) => void;
  /** Rows at most: of a longer table as many are drawn by lot. As many as memory takes when absent. */
  mostRows?: number | undefined;
  /** What draws them; the same seed draws the same rows. 1 when absent. */
  seed?: number | undefined;
}

export interface LoadedTable {
  /** Columns with role keep that can be learned from. */
  table: Table;
  /** Rows of the source: more than those of the table where these were drawn from it. */
  sourceRows: number;
  /** Every column that is not dropped, in source order. */
  schema: ColumnSchema[];
  problems: Problem[];
}

/**
 * Loads the columns the user keeps. Categories are sorted by their UTF-8 bytes, so that the same file gives the
 * same codes. A value that does not fit the chosen kind is read as missing, with a problem that counts them.
 * Of a table longer than memory takes rows are drawn by lot, in the order of the source, with a problem that says so.
 * @param choices one for each column to load; a column without a choice is left out
 * @throws AppError table/unknown-column, table/too-few-rows (no row), source/changed, source/not-found,
 *   source/malformed; AbortError.
 */
export async function loadTable(
  source: Source,
  profile: TableProfile,
  choices: readonly ColumnChoice[],
  options: LoadOptions = {},
): Promise<LoadedTable> {
  const { signal, onProgress, seed = 1 } = options;
  onProgress?.(0, m.phases_reading_rows());
  const inspection = await inspect(source, signal);
  const { relation } = inspection;
  const { rows } = relation;
  if (rows === 0) throw AppError.of('table/too-few-rows', 'names_without_rows', { file: source.name });
  const problems: Problem[] = [];
  const plans = planColumns(source.name, inspection, profile, choices, problems);
  for (const { schema } of plans)
    if (schema.kind === 'text' && schema.role === 'keep')
      problems.push({
        severity: 'warning',
        column: schema.name,
        message: m.problems_text_not_generated(),
        fix: m.problems_text_not_generated_fix(),
      });
  const loaded = plans.filter((column) => column.schema.role === 'keep' && column.loads);
  const mostRows = options.mostRows ?? rowsThatFit(heldBy(loaded));
  const pick = rows > mostRows ? new RowPick(rows, mostRows, seed) : null;
  const table = await withConnection(signal, (connection) =>
    readColumns(
      { connection, relation: relation.sql, rows, kept: Math.min(rows, mostRows), pick, plans: loaded },
      (fraction) => onProgress?.(fraction, m.phases_loading()),
    ),
  );
  await source.check();
  if (pick) problems.unshift(onlySomeRows(table.rows, rows));
  for (const [at, column] of table.columns.entries()) {
    const target = loaded[at];
    if (!target) continue;
    const missing = column.type === 'number' ? countNaN(column.values) : countNegative(column.codes);
    const absent = rows - target.facts.values + (column.type === 'number' ? target.facts.markers : 0);
    const expected = expectedAmong(absent, table.rows / rows);
    target.schema.nullable = missing > 0;
    if (missing > expected)
      problems.push({
        severity: 'warning',
        column: column.name,
        message: m.problems_unfit_values({
          count: (missing - expected).toLocaleString('en-GB'),
          kind: target.schema.kind,
        }),
        fix: m.problems_unfit_values_fix(),
      });
    if (column.type === 'category' && target.schema.kind === 'boolean') {
      // Any text at all where the user calls it one: the model may hold only what enough rows share.
      const found = findKind(column.name, target.facts, rows, target.schema.storage).kind === 'boolean';
      if (found || eachShared(column)) target.schema.spellings = [...column.categories];
    }
    if (missing === 0) delete target.schema.nullText;
  }
  return { table, sourceRows: rows, schema: plans.map(({ schema }) => schema), problems };
}

/** Columns held once these are read. */
export function heldBy(plans: readonly Pick<ColumnPlan, 'reading'>[]): Held {
  const categories = plans.filter(({ reading }) => isCategorical(reading)).length;
  return { numbers: plans.length - categories, categories };
}

function onlySomeRows(read: number, rows: number): Problem {
  const [some, all] = [read.toLocaleString('en-GB'), rows.toLocaleString('en-GB')];
  const percent = (100 * read) / rows;
  return {
    severity: 'warning',
    message: m.problems_some_rows({ some, all, percent: percent.toFixed(percent < 10 ? 1 : 0) }),
    fix: m.problems_some_rows_fix(),
  };
}

/** Of `absent` values in the whole table, those that chance brings into a share of its rows, at most. */
function expectedAmong(absent: number, share: number): number {
  if (share === 1) return absent;
  const mean = absent * share;
  return Math.ceil(mean + 5 * Math.sqrt(mean));
}

/** How one chosen column is read and written. */
export interface ColumnPlan {
  /** Its name in the relation. */
  cell: string;
  facts: ColumnFacts;
  schema: ColumnSchema;
  reading: Reading;
  loads: boolean;
}

/**
 * How each chosen column that is not dropped is read, in source order; without reading any row.
 * @param profile null where it makes no difference which columns have missing values
 * @throws AppError table/unknown-column.
 */
export function planColumns(
  table: string,
  { relation: { rows }, columns }: Inspection,
  profile: Pick<TableProfile, 'columns'> | null,
  choices: readonly ColumnChoice[],
  problems: Problem[],
): ColumnPlan[] {
  const known = new Set(columns.map(({ name }) => name));
  const unknown = choices.find(({ name }) => !known.has(name));
  if (unknown)
    throw AppError.of('table/unknown-column', 'column_gone', { file: table, column: unknown.name });
  const chosen = new Map(choices.map((choice) => [choice.name, choice]));
  const nulls = new Map(profile?.columns.map((column) => [column.name, column.nulls]));
  return columns.flatMap(({ name, facts, storage }, at) => {
    const choice = chosen.get(name);
    if (!choice || choice.role === 'drop') return [];
    const nullsInProfile = nulls.get(name) ?? 0;
    return [plan(name, `c${at}`, facts, choice, { rows, storage, nullsInProfile }, problems)];
  });
}

function plan(
  name: string,
  cell: string,
  facts: ColumnFacts,
  choice: ColumnChoice,
  about: { rows: number; storage: string | undefined; nullsInProfile: number },
  problems: Problem[],
): ColumnPlan {
  const found = findKind(name, facts, about.rows, about.storage);
  let kind: ColumnKind = choice.kind;
  let format = found.date?.format;
  const also = found.date?.also;
  if (kind === 'datetime' && format === undefined) {
    format = mostLikelyFormat(facts);
    if (format === undefined) {
      problems.push({
        severity: 'warning',
        column: name,
        message: m.problems_no_date_pattern(),
        fix: m.problems_no_date_pattern_fix(),
      });
      kind = 'category';
    }
  }
  const identifier = choice.role === 'identifier' || (kind === 'identifier' && choice.role !== 'fake');
  const role = identifier ? 'identifier' : choice.role;
  const mark = facts.numbers?.mark ?? '.';
  const schema: ColumnSchema = { name, kind, role, nullable: about.nullsInProfile > 0 };
  if (about.storage !== undefined) schema.storage = about.storage;
  if (identifier) Object.assign(schema, describeIdentifiers(facts, about.rows));
  else if (kind === 'decimal') {
    const numbers = facts.numbers;
    if (numbers && (numbers.exponents > 0 || numbers.decimals > mostPlaces))
      schema.significant = significantDigits(facts.sample);
    else {
      schema.decimals = numbers?.decimals ?? 2;
      schema.minDecimals = Math.min(schema.decimals, numbers?.minDecimals ?? 0);
    }
    if (mark === ',') schema.decimalMark = ',';
  } else if (kind === 'integer' && facts.numbers && facts.numbers.integral === facts.numbers.count) {
    // Whole numbers that the source writes as 5.0.
    const { minDecimals } = facts.numbers;
    if (minDecimals > 0) schema.minDecimals = Math.min(15, minDecimals);
    if (minDecimals > 0 && mark === ',') schema.decimalMark = ',';
  } else if (kind === 'datetime' && format !== undefined) {
    schema.format = format;
    const zone = format.endsWith('%z') ? findZone(facts.sample, format) : undefined;
    if (zone) schema.zone = zone;
  }
  if ((kind === 'integer' || kind === 'decimal') && !identifier && facts.numbers)
    Object.assign(schema, describeStyle(facts.numbers), mark === ',' && { decimalMark: ',' });
  const measured = kind === 'integer' || kind === 'decimal' || kind === 'datetime';
  if (
    measured &&
    facts.markers > 0 &&
    facts.marker !== undefined &&
    facts.markers > about.rows - facts.values
  )
    schema.nullText = facts.marker;
  return {
    cell,
    facts,
    schema,
    reading: {
      kind,
      numbers: facts.numbers ?? plainNumbers,
      format,
      also,
      padded: facts.padded,
      // Of a date made coarser the day, month or year as it is written counts.
      local: choice.generalise?.how === 'date',
    },
    loads: kind !== 'identifier' && kind !== 'text',
  };
}

/** More digits after the point than a double of everyday size can tell apart. */
const mostPlaces = 15;

/** The most digits any number of the sample has, without zeros before them. A double holds 17 at most. */
function significantDigits(sample: readonly string[]): number {
  const most = sample.reduce((best, value) => {
    const digits = value.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '');
    return Number.isNaN(Number(value.replace(',', '.'))) ? best : Math.max(best, digits.length);
  }, 1);
  return Math.min(17, most);
}

/** The pattern most values fit, where not all do. */
function mostLikelyFormat(facts: ColumnFacts): string | undefined {
  const counted = facts.dates.toSorted((a, b) => b.count - a.count)[0];
  if (counted && counted.count > 0) return counted.format;
  const shapes = new Map<string, string[]>();
  for (const value of facts.sample) {
    const shape = value.replace(/\d/g, '9').replace(/[A-Za-z]+/g, 'a');
    shapes.set(shape, [...(shapes.get(shape) ?? []), value]);
  }
  const commonest = [...shapes.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  return findDateFormats(commonest)[0];
}

function eachShared({ categories, codes }: CategoryColumn): boolean {
  const counts = new Float64Array(categories.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  return counts.every((count) => count >= subjectsNeeded);
}

function countNaN(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (Number.isNaN(value)) count++;
  return count;
}

function countNegative(codes: Int32Array): number {
  let count = 0;
  for (const code of codes) if (code < 0) count++;
  return count;
}
