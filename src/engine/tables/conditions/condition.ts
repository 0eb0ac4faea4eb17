/** Conditions with their types settled, and which rows of a table satisfy them. */
import type { Column, Table } from '../table.ts';

/** From `low` to `high`; an end may be infinite, and belongs to it or not. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly withLow: boolean;
  readonly withHigh: boolean;
}

/** What is asked of one column. A missing value satisfies none but `missing`. */
export type Test =
  /** A number or date (milliseconds) in one of the intervals, which are ascending and apart. */
  | { readonly type: 'number'; readonly column: string; readonly intervals: readonly Interval[] }
  /** One of the spellings, or none of them. */
  | { readonly type: 'category'; readonly column: string; readonly values: readonly string[]; readonly negated: boolean } // prettier-ignore
  | { readonly type: 'missing'; readonly column: string; readonly missing: boolean };

/** Without “not”: it is carried into the tests. */
export type Condition =
  | Test
  | { readonly type: 'all'; readonly of: readonly Condition[] }
  | { readonly type: 'any'; readonly of: readonly Condition[] };

export const everyNumber: Interval = { low: -Infinity, high: Infinity, withLow: true, withHigh: true };

export function inIntervals(value: number, intervals: readonly Interval[]): boolean {
  for (const { low, high, withLow, withHigh } of intervals) {
    if ((value > low || (withLow && value === low)) && (value < high || (withHigh && value === high)))
      return true;
  }
  return false;
}

/** The tests in a condition, in the order of the text. */
export function testsOf(condition: Condition): Test[] {
  return condition.type === 'all' || condition.type === 'any' ? condition.of.flatMap(testsOf) : [condition];
}

/** Whether a value passes: a number, a spelling, or null. */
export function passes(test: Test, value: number | string | null): boolean {
  const missing = value === null || Number.isNaN(value);
  if (test.type === 'missing') return missing === test.missing;
  if (missing) return false;
  if (test.type === 'number') return typeof value === 'number' && inIntervals(value, test.intervals);
  return typeof value === 'string' && test.values.includes(value) !== test.negated;
}

/**
 * Which rows satisfy the condition: 1 or 0 for each.
 * @param written the value a reader of the output sees, for numbers that are rounded when they are written
 */
export function satisfied(
  condition: Condition,
  table: Table,
  written: (column: string, value: number) => number = (_, value) => value,
): Uint8Array {
  if (condition.type === 'all' || condition.type === 'any') {
    const parts = condition.of.map((part) => satisfied(part, table, written));
    const every = condition.type === 'all';
    return Uint8Array.from({ length: table.rows }, (_, row) =>
      (every ? parts.every((part) => part[row] === 1) : parts.some((part) => part[row] === 1)) ? 1 : 0,
    );
  }
  const column = table.columns.find(({ name }) => name === condition.column);
  if (!column) return new Uint8Array(table.rows);
  return testColumn(condition, column, table.rows, written);
}

function testColumn(
  test: Test,
  column: Column,
  rows: number,
  written: (column: string, value: number) => number,
): Uint8Array {
  const result = new Uint8Array(rows);
  if (column.type === 'number') {
    for (let row = 0; row < rows; row++) {
      const value = column.values[row]!;
      const seen = Number.isNaN(value) ? null : written(column.name, value);
      if (passes(test, seen)) result[row] = 1;
    }
    return result;
  }
  const known = column.categories.map((name) => passes(test, name));
  const missing = passes(test, null);
  for (let row = 0; row < rows; row++) {
    const code = column.codes[row]!;
    if (code < 0 ? missing : known[code]) result[row] = 1;
  }
  return result;
}
