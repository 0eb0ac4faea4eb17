import { AppError } from '../../../shared/errors.ts';
import { dateParser } from '../dates.ts';
import { unstyle } from '../number-style.ts';
import type { ColumnSchema } from '../schema.ts';
import { minutesOf, momentShown } from '../zones.ts';
import { everyNumber, type Condition, type Interval, type Test } from './condition.ts';
import { parseCondition, type Operator, type Parsed, type Written } from './parse.ts';

/** What a condition has to know about a column. */
export type Bindable = Pick<
  ColumnSchema,
  'name' | 'kind' | 'role' | 'format' | 'zone' | 'decimalMark' | 'spellings' | 'prefix' | 'suffix' | 'group'
>;

/**
 * Reads a condition on a table of these columns.
 *
 * As in SQL, a missing value satisfies no comparison, whether “not” stands before it or not; ask for it by `is null`. A
 * date without a time is the whole day (a month or year likewise), as the column's own clocks show it; an offset from UTC
 * that is written counts.
 *
 * Throws `condition/invalid`: where the text is not understood, has an unknown column, or compares a column with what it
 * does not hold.
 */
export function readCondition(source: string, columns: readonly Bindable[]): Condition {
  return bind(parseCondition(source), columns, false);
}

function bind(parsed: Parsed, columns: readonly Bindable[], negated: boolean): Condition {
  switch (parsed.type) {
    case 'not':
      return bind(parsed.of, columns, !negated);
    case 'all':
    case 'any': {
      const type = (parsed.type === 'all') === negated ? 'any' : 'all';
      return { type, of: parsed.of.map((part) => bind(part, columns, negated)) };
    }
    case 'missing':
      return { type: 'missing', column: findColumn(parsed.column, columns).name, missing: !negated };
    case 'compare':
    case 'between':
    case 'in':
      return bindTest(parsed, findColumn(parsed.column, columns), negated);
  }
}

/** Columns an error names at most. */
const mostListed = 12;

/** Throws `condition/invalid` for an unknown column, and for one whose values are not learned. */
export function findColumn({ text, at }: Written, columns: readonly Bindable[]): Bindable {
  const exact = columns.find(({ name }) => name === text);
  const alike = columns.filter(({ name }) => name.trim().toLowerCase() === text.trim().toLowerCase());
  const column = exact ?? (alike.length === 1 ? alike[0] : undefined);
  if (!column) {
    const names = columns.map(({ name }) => name);
    const listed = names.length > mostListed ? [...names.slice(0, mostListed), '…'] : names;
    throw AppError.of('condition/invalid', 'condition_no_column', {
      at: at + 1,
      column: text,
      columns: listed,
    });
  }
  if (column.role === 'identifier' || column.kind === 'identifier') {
    throw invalidAt(at, 'condition_made_anew', column);
  }
  if (column.role === 'drop' || column.kind === 'text') {
    throw invalidAt(at, 'condition_not_learned', column);
  }
  return column;
}

function bindTest(
  parsed: Extract<Parsed, { type: 'compare' | 'between' | 'in' }>,
  column: Bindable,
  negated: boolean,
): Test {
  const { name, kind } = column;
  if (kind === 'category' || kind === 'boolean') return bindCategory(parsed, column, negated);
  const span = (value: Written): Interval => spanOf(value, column);
  let intervals: Interval[];
  if (parsed.type === 'compare') intervals = compared(parsed.operator, span(parsed.value));
  else if (parsed.type === 'in') intervals = union(parsed.values.map(span));
  else {
    const [low, high] = [span(parsed.low), span(parsed.high)];
    if (low.low > high.high) {
      throw AppError.of('condition/invalid', 'condition_between', { at: parsed.low.at + 1 });
    }
    intervals = [{ ...high, low: low.low, withLow: low.withLow }];
  }
  return { type: 'number', column: name, intervals: negated ? complement(intervals) : intervals };
}

function bindCategory(
  parsed: Extract<Parsed, { type: 'compare' | 'between' | 'in' }>,
  column: Bindable,
  negated: boolean,
): Test {
  const { name } = column;
  const spelled = (value: Written): string => (column.kind === 'boolean' ? truth(value, column) : value.text);
  if (parsed.type === 'in')
    return { type: 'category', column: name, values: parsed.values.map(spelled), negated };
  if (parsed.type === 'compare' && (parsed.operator === '=' || parsed.operator === '!=')) {
    const values = [spelled(parsed.value)];
    return { type: 'category', column: name, values, negated: (parsed.operator === '!=') !== negated };
  }
  throw invalidAt(parsed.column.at, 'condition_no_order', column);
}

/** `true` and `false` stand for however the source spells them. */
function truth({ text, quoted }: Written, { spellings = [] }: Bindable): string {
  if (spellings.includes(text) || quoted) return text;
  const lower = text.toLowerCase();
  const exact = spellings.find((spelling) => spelling.toLowerCase() === lower);
  if (exact !== undefined) return exact;
  const yes = /^(true|t|yes|y|on|1|ja|oui)$/i;
  if (lower === 'true') return spellings.find((spelling) => yes.test(spelling)) ?? text;
  if (lower === 'false') return spellings.find((spelling) => !yes.test(spelling)) ?? text;
  return text;
}

/** What a value written down covers: a number itself, a day its 24 hours. */
function spanOf(value: Written, column: Bindable): Interval {
  if (column.kind === 'datetime') return dateSpan(value, column);
  // As the column writes its own ($1,200), or in plain digits.
  const bare =
    /^[-+\d.eE_]+$/.test(value.text) && column.group !== '.' ? value.text : unstyle(value.text, column);
  const text = bare.replaceAll(/[_\s]/g, '');
  const plain = column.decimalMark === ',' && !text.includes('.') ? text.replace(',', '.') : text;
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  if (!Number.isFinite(number)) {
    throw invalidAt(value.at, 'condition_no_number', column);
  }
  return { low: number, high: number, withLow: true, withHigh: true };
}

const isoDate =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?)?)? ?(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/;

function dateSpan(value: Written, column: Bindable): Interval {
  const text = value.text.trim();
  const found = isoDate.exec(text);
  const format = column.format ?? '%Y-%m-%d';
  const moment = (local: number): number => momentOf(local, found?.[8], column);
  const start = found ? moment(isoStart(found, text)) : dateParser(format)(text);
  if (Number.isNaN(start)) {
    throw invalidAt(value.at, 'condition_no_date', column);
  }
  const end = found
    ? moment(isoEnd(found, isoStart(found, text)))
    : /%-?[HI]/.test(format)
      ? start
      : start + day;
  return end === start
    ? { low: start, high: start, withLow: true, withHigh: true }
    : { low: start, high: end, withLow: true, withHigh: false };
}

const day = 86_400_000;
const fixedOffset = /(?<=%(?:M|S|g|f|\.f)) ?(Z|UTC|[+-]\d\d(?::?\d\d)?)$/;

/**
 * A time as the column holds it. Where its offsets differ these are moments; where there is one, it is part of the
 * pattern, and times are kept as they are written.
 * @param offset as it stands in the condition
 */
function momentOf(local: number, offset: string | undefined, { format = '', zone }: Bindable): number {
  if (Number.isNaN(local)) return local;
  const east = (written: string): number => minutesOf(written === 'UTC' ? 'Z' : written) * 60_000;
  if (format.endsWith('%z')) return offset === undefined ? momentShown(local, zone) : local - east(offset);
  const own = fixedOffset.exec(format)?.[1];
  return offset === undefined || own === undefined ? local : local - east(offset) + east(own);
}

function isoStart(
  [
    ,
    year,
    month = '01',
    date = '01',
    hour = '00',
    minute = '00',
    second = '00',
    fraction = '0',
  ]: RegExpExecArray,
  text: string,
): number {
  const start = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
  const sound = new Date(start).getUTCDate() === Number(date);
  return text !== '' && sound ? start + Number(`0.${fraction}`) * 1000 : NaN;
}

/** The first moment after the year, month, day, minute or second that is meant. */
function isoEnd([, year, month, date, hour, , second, fraction]: RegExpExecArray, start: number): number {
  if (month === undefined) return Date.UTC(Number(year) + 1, 0);
  if (date === undefined) return Date.UTC(Number(year), Number(month));
  if (hour === undefined) return start + day;
  if (second === undefined) return start + 60_000;
  return fraction === undefined ? start + 1000 : start;
}

function compared(operator: Operator, { low, high, withHigh }: Interval): Interval[] {
  const { low: least, high: greatest } = everyNumber;
  const below: Interval = { low: least, high: low, withLow: true, withHigh: false };
  const above: Interval = { low: high, high: greatest, withLow: !withHigh, withHigh: true };
  const itself: Interval = { low, high, withLow: true, withHigh };
  switch (operator) {
    case '=':
      return [itself];
    case '!=':
      return [below, above];
    case '<':
      return [below];
    case '<=':
      return [{ ...itself, low: least }];
    case '>':
      return [above];
    case '>=':
      return [{ ...above, low, withLow: true }];
  }
}

function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.toSorted((a, b) => a.low - b.low || a.high - b.high);
  const result: Interval[] = [];
  for (const interval of sorted) {
    const last = result.at(-1);
    if (last && (interval.low < last.high || (interval.low === last.high && last.withHigh))) {
      if (interval.high > last.high || (interval.high === last.high && interval.withHigh))
        result[result.length - 1] = { ...last, high: interval.high, withHigh: interval.withHigh };
    } else result.push(interval);
  }
  return result;
}

function complement(intervals: readonly Interval[]): Interval[] {
  let { low, withLow }: { low: number; withLow: boolean } = everyNumber;
  const gaps: Interval[] = [];
  for (const next of union(intervals)) {
    if (low < next.low || (low === next.low && withLow && !next.withLow))
      gaps.push({ low, withLow, high: next.low, withHigh: !next.withLow });
    low = next.high;
    withLow = !next.withHigh;
  }
  if (low < Infinity) gaps.push({ low, withLow, high: Infinity, withHigh: true });
  return gaps;
}

/** What a place of a condition, counted from 0, asks of a column in vain. */
function invalidAt(
  at: number,
  key:
    | 'condition_made_anew'
    | 'condition_not_learned'
    | 'condition_no_order'
    | 'condition_no_number'
    | 'condition_no_date',
  { name }: Bindable,
): AppError {
  return AppError.of('condition/invalid', key, { at: at + 1, column: name });
}
