import { upperBound } from '../tables/sorted.ts';
import type { CategoryColumn, Column, NumberColumn } from '../tables/table.ts';
import { binCategories, countCategories } from './bins.ts';

/** Bins of a feature, so that a bin fits a byte. */
const maxBins = 255;
/** Values looked at to place the edges of a column of numbers. */
const maxSorted = 200_000;

/** One column as the trees see it: at most 255 bins, the last of which is null. */
export interface Feature {
  /** Categories have no order: trees split them into sets rather than at a threshold. */
  categorical: boolean;
  /** Bins in all; `size` − 1 is that of nulls. */
  size: number;
  /** The bin of every row; `column` must have the type fitted. */
  encode(column: Column): Uint8Array;
}

/**
 * Bins of a column for boosting (after LightGBM: Ke et al., 2017): numbers at midpoints of their distinct values,
 * or at quantiles where there are more than 254; the most frequent 253 categories, all others together.
 */
export function fitFeature(column: Column): Feature {
  return column.type === 'number' ? fitNumbers(column) : fitCategories(column);
}

function fitNumbers({ values }: NumberColumn): Feature {
  const edges = thresholds(values);
  const nullBin = edges.length + 1;
  return {
    categorical: false,
    size: nullBin + 1,
    encode(column) {
      if (column.type !== 'number') throw new TypeError('A feature of numbers needs a column of numbers.');
      const bins = new Uint8Array(column.values.length);
      for (let row = 0; row < bins.length; row++) {
        const value = column.values[row]!;
        bins[row] = Number.isNaN(value) ? nullBin : upperBound(edges, value);
      }
      return bins;
    },
  };
}

/** Ascending thresholds; a value falls in the bin numbered by how many of them are ≤ it. */
function thresholds(values: Float64Array): Float64Array {
  const step = Math.max(1, Math.floor(values.length / maxSorted));
  const sorted = values.filter((value, row) => row % step === 0 && !Number.isNaN(value)).sort();
  const distinct = sorted.filter((value, index) => index === 0 || value !== sorted[index - 1]);
  const bins = maxBins - 1;
  if (distinct.length <= bins) {
    return distinct.subarray(1).map((value, index) => midpoint(distinct[index]!, value));
  }
  const edges = new Set<number>();
  for (let bin = 1; bin < bins; bin++) edges.add(sorted[Math.floor((bin * sorted.length) / bins)]!);
  // A threshold at the smallest value would leave the first bin empty.
  edges.delete(sorted[0]!);
  return Float64Array.from(edges);
}

/** A threshold above `low` and at most `high`, whatever rounding does. */
function midpoint(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle > low && middle <= high ? middle : high;
}

function fitCategories(column: CategoryColumn): Feature {
  const frequent = [...countCategories(column)]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, maxBins - 2);
  const binOf = new Map(frequent.map(([name], bin) => [name, bin]));
  const otherBin = frequent.length;
  const nullBin = otherBin + 1;
  return {
    categorical: true,
    size: nullBin + 1,
    encode(other) {
      if (other.type !== 'category')
        throw new TypeError('A feature of categories needs a column of categories.');
      return binCategories(other, binOf, otherBin, nullBin);
    },
  };
}
