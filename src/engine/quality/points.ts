import type { Column, NumberColumn } from '../tables/table.ts';
import { rowsOf } from './align.ts';
import type { Work } from './cooperate.ts';

/** Rows as points: `values[row × width + column]`, so that distances are sums of min(1, |difference|). */
export interface Points {
  rows: number;
  width: number;
  values: Float32Array;
}

const nullValue = 2;

/**
 * Places rows in one space after Gower (1971): numbers by their share of reference values below (half of equal
 * ones), so that every column weighs the same whatever its unit or tail; categories and nulls so that any two
 * different ones are 1 apart. `fit` holds the reference rows; every element of `sets` has the same columns.
 */
export function* placeRows(fit: readonly Column[], sets: readonly (readonly Column[])[]): Work<Points[]> {
  const points = sets.map((columns) => ({
    rows: rowsOf(columns),
    width: columns.length,
    values: new Float32Array(rowsOf(columns) * columns.length),
  }));
  for (const [index, column] of fit.entries()) {
    const place = column.type === 'number' ? placeNumbers(column) : placeCategories();
    for (const [set, { rows, width, values }] of points.entries()) {
      const placed = place(sets[set]![index]!);
      for (let row = 0; row < rows; row++) values[row * width + index] = placed[row]!;
      yield index / fit.length;
    }
  }
  return points;
}

function placeNumbers({ values: reference }: NumberColumn): (column: Column) => Float32Array {
  const sorted = reference.filter((value) => !Number.isNaN(value)).sort();
  return (column) => {
    if (column.type !== 'number') throw new TypeError('Points of numbers need a column of numbers.');
    const placed = new Float32Array(column.values.length);
    for (let row = 0; row < placed.length; row++) {
      const value = column.values[row]!;
      placed[row] = Number.isNaN(value) ? nullValue : rank(sorted, value);
    }
    return placed;
  };
}

/** Share of `sorted` below the value, half of equal ones counted; 0 to 1. */
function rank(sorted: Float64Array, value: number): number {
  if (sorted.length === 0) return 0;
  return (count(sorted, value, false) + count(sorted, value, true)) / (2 * sorted.length);
}

/** How many elements are below `value`, or at most it. */
function count(sorted: Float64Array, value: number, inclusive: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const element = sorted[middle]!;
    if (element < value || (inclusive && element === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeCategories(): (column: Column) => Float32Array {
  const placeOf = new Map<string, number>();
  return (column) => {
    if (column.type !== 'category') throw new TypeError('Points of categories need a column of categories.');
    const lookup = Float32Array.from(column.categories, (name) => {
      const known = placeOf.get(name) ?? placeOf.size;
      placeOf.set(name, known);
      return known;
    });
    const placed = new Float32Array(column.codes.length);
    for (let row = 0; row < placed.length; row++) {
      const code = column.codes[row]!;
      placed[row] = code < 0 ? -nullValue : lookup[code]!;
    }
    return placed;
  };
}
