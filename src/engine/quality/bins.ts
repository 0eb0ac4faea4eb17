import { upperBound } from '../tables/sorted.ts';
import type { CategoryColumn, Column, NumberColumn } from '../tables/table.ts';

/** Bins of numbers, or categories kept by name, beside the bins for other values and for null. */
const wanted = 10;

/**
 * The bins of one column, fitted on real data and applied to any table: at most 10 for values, then one for
 * all other categories (categories only) and one for null. Bin numbers run from 0 to `size` − 1.
 */
export interface ColumnBins {
  name: string;
  type: Column['type'];
  size: number;
  /** The bin of every row of `column`, which must have the same type. */
  encode(column: Column): Uint8Array;
}

/**
 * Bins as in mostlyai-qa (10 quantile bins of numbers, 10 most frequent categories), with two differences that
 * make the measure sharper and never kinder: values too heavy for a tenth of the rows are bins of their own
 * rather than merged with their neighbours, and the remaining bins share what is left equally.
 */
export function fitBins(column: Column): ColumnBins {
  return column.type === 'number' ? fitNumberBins(column) : fitCategoryBins(column);
}

interface NumberBins {
  /** Values that are bins of their own, ascending; they are bins 0 to points.length − 1. */
  points: Float64Array;
  /** Lower edges of the bins between, ascending; the first one reaches down without end. */
  edges: Float64Array;
}

function fitNumberBins(column: NumberColumn): ColumnBins {
  const { points, edges } = numberBins(column.values);
  const nullBin = points.length + edges.length;
  return {
    name: column.name,
    type: 'number',
    size: nullBin + 1,
    encode(other) {
      if (other.type !== 'number') throw new TypeError('Bins of numbers need a column of numbers.');
      const bins = new Uint8Array(other.values.length);
      for (let row = 0; row < bins.length; row++) {
        const value = other.values[row]!;
        bins[row] = Number.isNaN(value) ? nullBin : numberBin(points, edges, value);
      }
      return bins;
    },
  };
}

/** The bin of a value: its own, else the interval it lies in, else (no intervals) that of the nearest point. */
function numberBin(points: Float64Array, edges: Float64Array, value: number): number {
  const at = upperBound(points, value) - 1;
  if (at >= 0 && points[at] === value) return at;
  if (edges.length > 0) return points.length + Math.max(0, upperBound(edges, value) - 1);
  if (at < 0) return 0;
  if (at === points.length - 1) return at;
  return value - points[at]! <= points[at + 1]! - value ? at : at + 1;
}

function numberBins(values: Float64Array): NumberBins {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const { distinct, counts } = runs(sorted);
  if (distinct.length <= wanted) return { points: distinct, edges: new Float64Array(0) };
  const heavy = heavyValues(counts, sorted.length);
  const points = distinct.filter((_, index) => heavy.has(index));
  return { points, edges: quantileEdges(distinct, counts, heavy, sorted.length) };
}

function runs(sorted: Float64Array): { distinct: Float64Array; counts: Uint32Array } {
  const distinct = new Float64Array(sorted.length);
  const counts = new Uint32Array(sorted.length);
  let length = 0;
  for (const value of sorted) {
    if (length > 0 && distinct[length - 1] === value) counts[length - 1]!++;
    else {
      distinct[length] = value;
      counts[length++] = 1;
    }
  }
  return { distinct: distinct.slice(0, length), counts: counts.slice(0, length) };
}

/** Indices of values that alone fill a bin. Taking one out makes the bins left smaller, hence the repetition. */
function heavyValues(counts: Uint32Array, rows: number): Set<number> {
  const heavy = new Set<number>();
  let left = rows;
  for (;;) {
    const before = heavy.size;
    const fill = left / (wanted - before);
    for (let index = 0; index < counts.length; index++) {
      const count = counts[index]!;
      if (count < fill || heavy.has(index) || heavy.size === wanted - 1) continue;
      heavy.add(index);
      left -= count;
    }
    if (heavy.size === before) return heavy;
  }
}

function quantileEdges(
  distinct: Float64Array,
  counts: Uint32Array,
  heavy: Set<number>,
  rows: number,
): Float64Array {
  let left = rows;
  for (const index of heavy) left -= counts[index]!;
  let bins = wanted - heavy.size;
  const edges: number[] = [];
  let filled = 0;
  for (let index = 0; index < distinct.length; index++) {
    if (heavy.has(index)) continue;
    const count = counts[index]!;
    // A bin is closed when taking the next value would miss its share by more than leaving it out.
    if (filled > 0 && bins > 1 && filled + count / 2 > left / bins) {
      left -= filled;
      bins--;
      filled = 0;
    }
    if (filled === 0) edges.push(distinct[index]!);
    filled += count;
  }
  return Float64Array.from(edges);
}

function fitCategoryBins(column: CategoryColumn): ColumnBins {
  const names = topCategories(column);
  const binOf = new Map(names.map((name, bin) => [name, bin]));
  const otherBin = names.length;
  const nullBin = otherBin + 1;
  return {
    name: column.name,
    type: 'category',
    size: nullBin + 1,
    encode(other) {
      if (other.type !== 'category') throw new TypeError('Bins of categories need a column of categories.');
      return binCategories(other, binOf, otherBin, nullBin);
    },
  };
}

/** The 10 most frequent categories that occur at all; equal counts in the order of their names. */
function topCategories(column: CategoryColumn): string[] {
  return [...countCategories(column)]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, wanted)
    .map(([name]) => name);
}

/** Rows of each category that occurs, by name. */
export function countCategories(column: CategoryColumn): Map<string, number> {
  const counts = new Float64Array(column.categories.length);
  for (const code of column.codes) if (code >= 0) counts[code]!++;
  const byName = new Map<string, number>();
  column.categories.forEach((name, code) => {
    const count = counts[code] ?? 0;
    if (count > 0) byName.set(name, (byName.get(name) ?? 0) + count);
  });
  return byName;
}

/** The bin of every row of a category column by the name of its category; `otherBin` where it has none of its own. */
export function binCategories(
  { categories, codes }: CategoryColumn,
  binOf: ReadonlyMap<string, number>,
  otherBin: number,
  nullBin: number,
): Uint8Array {
  const lookup = Uint8Array.from(categories, (name) => binOf.get(name) ?? otherBin);
  const bins = new Uint8Array(codes.length);
  for (let row = 0; row < bins.length; row++) {
    const code = codes[row]!;
    bins[row] = code < 0 ? nullBin : lookup[code]!;
  }
  return bins;
}
