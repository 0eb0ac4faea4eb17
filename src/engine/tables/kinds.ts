/** What a column is, decided from what was counted about it. */
import type { ColumnKind, ColumnRole } from '../../shared/table.ts';
import type { ColumnFacts, DateFacts } from './column-facts.ts';

export interface FoundKind {
  kind: ColumnKind;
  role: ColumnRole;
  /** Why the column is worth a word; `problems.ts` puts it into sentences. */
  remarks: Remark[];
  /** The pattern of a date column. */
  date?: DateFacts;
}

export type Remark =
  | 'no-values'
  | 'constant'
  | 'identifier'
  | 'reference'
  | 'free-text'
  | 'many-categories'
  | 'ambiguous-date'
  | 'mixed-dates'
  | 'unclear-dates'
  | 'grouped-numbers'
  | 'thousands-separators'
  | 'ambiguous-commas'
  | 'numbers-with-units'
  | 'mostly-numbers'
  | 'mixed-marks'
  | 'leading-zeros'
  | 'huge-numbers'
  | 'null-markers'
  | 'mixed-zones'
  | 'nested'
  | 'binary';

const booleanPairs = [
  ['false', 'true'],
  ['f', 't'],
  ['no', 'yes'],
  ['n', 'y'],
  ['off', 'on'],
  ['0', '1'],
  ['nein', 'ja'],
  ['non', 'oui'],
];
const uuid = /^\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?$/i;
const idName =
  /(^|[^a-z])(id|ids|uid|uuid|guid|key|pk|code|nr|no|num|number|ref|index|idx|rownum|row|serial)$/;
const keyName = /(^|[^a-z])(id|ids|uid|uuid|guid|key|fk|ref)$/;
const grouped = /^[+-]?[€$£]?\s?\d{1,3}([,.'’\u00a0\u202f ]\d{3})+([.,]\d+)?$/;
const withUnit = /^[+-]?[€$£¥]?\s?\d+([.,]\d+)?\s?(%|€|\$|£|¥|[a-zA-Zµ°]{1,4}\.?|[a-z]+\/[a-z]+)?$/;
/** Names of columns that tell rows apart even where a few values come twice. */
const numberedName = /(^|[^a-z])(id|uid|key|code|nr|no|num|number|ref|serial)$/;
/** Fewer values than this are told by their column's other traits. */
const fewestDistinct = 5;

/** @param rows rows of the table */
export function findKind(name: string, facts: ColumnFacts, rows: number, storage?: string): FoundKind {
  const remarks: Remark[] = [];
  const keep = (kind: ColumnKind, extra: Partial<FoundKind> = {}): FoundKind => ({
    kind,
    role: 'keep',
    remarks,
    ...extra,
  });
  const drop = (kind: ColumnKind): FoundKind => ({ kind, role: 'drop', remarks });
  if (facts.values === 0) {
    remarks.push('no-values');
    return drop('category');
  }
  if (storage === 'json:nested' || (storage && /[[(]/.test(storage) && !storage.startsWith('DECIMAL'))) {
    remarks.push('nested');
    return drop('text');
  }
  if (storage === 'BLOB' || storage === 'BIT') {
    remarks.push('binary');
    return drop('text');
  }
  if (facts.distinct === 1 && rows > 1) remarks.push('constant');
  const real = facts.values - facts.markers;
  const unique = facts.distinct === facts.values && facts.values > 1;
  const nearlyUnique = facts.distinct > facts.values * 0.95 && facts.values >= 20;
  const label = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();

  if (unique && facts.sample.every((value) => uuid.test(value))) return identifier(remarks);
  if (isBoolean(facts)) return keep('boolean');

  const date = facts.dates.find(({ count, format }) => count === real && isLikelyDate(format, facts, label));
  if (date && real > 0) {
    const orders = facts.dates.filter(({ count }) => count === real);
    if (orders.length > 1 && orders[0]?.minText !== '' && isExchangeable(orders))
      remarks.push('ambiguous-date');
    if (date.format.includes('%z')) remarks.push('mixed-zones');
    if (date.also.length > 0) remarks.push('mixed-dates');
    if (facts.markers > 0) remarks.push('null-markers');
    return keep('datetime', { date });
  }

  if (real > 0 && facts.sample.filter(looksLikeDate).length > facts.sample.length * 0.9)
    return unreadable('unclear-dates');

  const numbers = facts.numbers;
  if (numbers && real > 0 && numbers.count === real) {
    if (facts.markers > 0) remarks.push('null-markers');
    if (numbers.group === ',') remarks.push('thousands-separators');
    if (numbers.ambiguous) remarks.push('ambiguous-commas');
    // Also “5.0”, as many programs write whole numbers once one of them is missing, and “1e+06”.
    if (numbers.integral === real) return wholeNumbers();
    return keep('decimal');
  }
  if (numbers && numbers.count > real * 0.9 && facts.distinct > 20) remarks.push('mostly-numbers');
  return textual();

  /** Numbers or dates that cannot be read as such without guessing. */
  function unreadable(why: Remark): FoundKind {
    const odd = [...remarks.filter((remark) => remark !== 'mostly-numbers'), why];
    const many = facts.distinct > facts.values / 2 && facts.values >= fewestDistinct;
    return many ? { kind: 'text', role: 'drop', remarks: odd } : keep('category', { remarks: odd });
  }

  function wholeNumbers(): FoundKind {
    if (!numbers) return textual();
    const isHuge = Math.max(Math.abs(numbers.min), Math.abs(numbers.max)) > Number.MAX_SAFE_INTEGER;
    if (facts.markers === 0 && numbers.whole === real) {
      if (unique && isIdentifierNumber(label, facts, rows)) return identifier(remarks);
      if (nearlyUnique && numberedName.test(label) && numbers.min >= 0) return identifier(remarks);
    }
    // 6.02e+23 is a measure; a long row of digits is a code.
    if (isHuge && numbers.whole < real && numbers.exponents > 0) return keep('decimal');
    if (isHuge) {
      remarks.push('huge-numbers');
      return facts.distinct > facts.values / 2 ? drop('text') : keep('category');
    }
    if (numbers.leadingZeros > 0) {
      remarks.push('leading-zeros');
      if (facts.distinct > facts.values * 0.9 && facts.values >= fewestDistinct) return identifier(remarks);
      return keep('category');
    }
    if (keyName.test(label) && facts.distinct > 100) remarks.push('reference');
    return keep('integer');
  }

  function textual(): FoundKind {
    const sample = facts.sample;
    const share = (expression: RegExp): number =>
      sample.filter((value) => expression.test(value)).length / Math.max(1, sample.length);
    if (mixesMarks(share)) return unreadable('mixed-marks');
    if (facts.distinct > 10 && share(grouped) > 0.3 && share(/^[\d.,'’€$£\s+-]+$/) > 0.95)
      remarks.push('grouped-numbers');
    else if (
      !remarks.includes('mostly-numbers') &&
      facts.distinct > 10 &&
      share(withUnit) > 0.95 &&
      share(/^\W*\d+([.,]\d+)?\W*$|\d\s?[a-z%]/i) > 0.95
    )
      remarks.push('numbers-with-units');
    const words =
      sample.reduce((sum, value) => sum + value.split(/\s+/).length, 0) / Math.max(1, sample.length);
    const repeats = facts.distinct / facts.values;
    if (unique && facts.values >= 10 && words < 1.2 && (isCode(facts) || (idName.test(label) && words <= 1)))
      return identifier(remarks);
    if (nearlyUnique && words <= 1 && numberedName.test(label)) return identifier(remarks);
    if (words >= 5 && facts.meanLength > 25 && repeats > 0.2 && facts.distinct > 20) {
      remarks.push('free-text');
      return drop('text');
    }
    if (repeats > 0.9 && facts.values >= fewestDistinct) {
      remarks.push('free-text');
      return drop('text');
    }
    if (keyName.test(label) && facts.distinct > 100) remarks.push('reference');
    else if (facts.distinct > 1000) remarks.push('many-categories');
    return keep('category');
  }
}

const numericDate =
  /^(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(?:\d{4}|\d{2}))(?:[ T]\d{1,2}:\d\d.*)?$/;

/** Digits that are a day in some order: 2020-05-04, 4/5/20, 5.4.2020. */
export function looksLikeDate(value: string): boolean {
  const found = numericDate.exec(value);
  if (!found) return false;
  const first = Number(found[3] ?? found[5]);
  const second = Number(found[4] ?? found[7]);
  return Math.min(first, second) >= 1 && Math.min(first, second) <= 12 && Math.max(first, second) <= 31;
}

/** Numbers, some with a decimal point and some with a comma. */
function mixesMarks(share: (expression: RegExp) => number): boolean {
  const points = share(/^[+-]?\d+\.\d+$/);
  const commas = share(/^[+-]?\d+,\d+$/);
  return Math.min(points, commas) > 0.01 && points + commas + share(/^[+-]?\d+$/) > 0.95;
}

function identifier(remarks: Remark[]): FoundKind {
  return { kind: 'identifier', role: 'identifier', remarks: [...remarks, 'identifier'] };
}

function isBoolean(facts: ColumnFacts): boolean {
  if (facts.distinct !== 2) return false;
  const found = [facts.first.toLowerCase(), facts.last.toLowerCase()].sort();
  return booleanPairs.some((pair) => pair.toSorted().every((value, at) => value === found[at]));
}

/** Eight digits or “2020-05” are a date only where the values lie close together and the name does not object. */
function isLikelyDate(format: string, facts: ColumnFacts, label: string): boolean {
  if (format === '%Y%m%d') {
    const inRange = facts.dates.some(
      (date) => date.format === format && date.min > Date.UTC(1900) && date.max < Date.UTC(2101),
    );
    const named = /date|datum|day|tag|dob|birth|geb|since|until|from|to$/.test(label);
    return inRange && (named || facts.distinct >= 20) && facts.minLength === 8;
  }
  return true;
}

/** The same pattern with day and month the other way round. */
function isExchangeable(orders: readonly DateFacts[]): boolean {
  const shape = (format: string): string => format.replace(/%-?[md]/g, '%?');
  const shapes = orders.map(({ format }) => shape(format));
  return new Set(shapes).size < shapes.length && orders.some(({ format }) => /%-?m.%-?d.%[Yy]/.test(format));
}

function isIdentifierNumber(label: string, facts: ColumnFacts, rows: number): boolean {
  const { numbers } = facts;
  if (!numbers || numbers.min < 0) return false;
  const consecutive = numbers.max - numbers.min + 1 === facts.values && facts.values === rows;
  // Years follow each other, too.
  if (consecutive && rows >= 50 && !/(year|yr|jahr)$/.test(label)) return true;
  return idName.test(label) && facts.values >= 10;
}

/** Letters and digits of one shape in every value: “AB-12345”. */
function isCode(facts: ColumnFacts): boolean {
  const shape = (value: string): string =>
    value
      .replace(/\d+/g, '9')
      .replace(/[a-z]+/g, 'a')
      .replace(/[A-Z]+/g, 'A');
  const shapes = new Set(facts.sample.map(shape));
  const digits = facts.sample.every((value) => /\d/.test(value));
  const hex =
    facts.minLength === facts.maxLength &&
    facts.minLength >= 16 &&
    facts.sample.every((value) => /^[0-9a-z]+$/i.test(value));
  return (digits && shapes.size <= 2) || hex;
}
