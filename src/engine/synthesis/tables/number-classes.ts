import type { ColumnSchema } from '../../tables/schema.ts';
import { lowerBound } from '../../tables/sorted.ts';
import { subjectsNeeded } from '../../tables/subjects.ts';
import type { NumberColumn } from '../../tables/table.ts';
import type { NumberEncoding } from './encoding.ts';
import { findLattice } from './lattice.ts';
import { fewestForGrid, fewestForMiddle, quantileGrid } from './quantile-grid.ts';

/** Rows behind a bin, at least, where there are that many. */
const rowsPerBin = 20;
/** Rows behind a point of the density inside a bin. */
const rowsPerPoint = 10;
/** A value of more than this share of the rows is heavy whatever the number of classes. */
const heavyShare = 1 / 400;

/**
 * Fits the classes of a number or date column on training values: values that enough rows share are classes of
 * their own, the rest falls in quantile bins, null is a class where it occurs. At most `cap` value classes.
 * A value that fewer rows share than `subjectsNeeded` is never stored. Where too few have a value for even a typical
 * one to be told without telling of one row, every row becomes null. One sort: a second for a million rows.
 */
export function fitNumbers(
  column: NumberColumn,
  schema: Pick<ColumnSchema, 'kind' | 'decimals'> | undefined,
  cap: number,
): NumberEncoding {
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  const heavy = heavyValues(sorted, cap);
  const own = new Set(heavy);
  const rest = sorted.filter((value) => !own.has(value));
  // A handful of values beside heavy ones is clipped to the nearest of those.
  const binned = rest.length >= (heavy.length > 0 ? fewestForGrid : fewestForMiddle);
  const bins = binned ? fitBins(rest, cap - heavy.length) : [];
  return {
    type: 'number',
    name: column.name,
    ...findLattice(stored(sorted, own, bins), schema),
    heavy,
    bins,
    nulls: sorted.length < column.values.length || (heavy.length === 0 && !binned),
  };
}

/** Whether the column holds values, but too few for `fitNumbers` to store anything of them. */
export function tooFewNumbers({ values }: NumberColumn): boolean {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0 || sorted.length >= fewestForMiddle) return false;
  return heavyValues(sorted, sorted.length).length === 0;
}

/** The values that have a part in the classes: heavy ones, and what lies within the bins, not beyond their ends. */
function stored(sorted: Float64Array, heavy: ReadonlySet<number>, bins: readonly number[][]): Float64Array {
  const low = bins[0]?.[0] ?? Infinity;
  const high = bins.at(-1)?.at(-1) ?? -Infinity;
  return sorted.filter((value) => heavy.has(value) || (value >= low && value <= high));
}

function heavyValues(sorted: Float64Array, cap: number): number[] {
  const counts: { value: number; count: number }[] = [];
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    counts.push({ value: sorted[start]!, count: end - start });
    start = end;
  }
  const few = counts.length <= cap;
  const least = few ? subjectsNeeded : Math.max(subjectsNeeded, sorted.length * heavyShare);
  const heavy = counts.filter(({ count }) => count >= least);
  // Where there are many values, the greater part of the classes stays for the bins between them.
  const room = few ? cap : Math.floor(cap * 0.6);
  if (heavy.length > room) heavy.sort((a, b) => b.count - a.count || a.value - b.value).length = room;
  return heavy.map(({ value }) => value).sort((a, b) => a - b);
}

function fitBins(rest: Float64Array, room: number): number[][] {
  const wanted = Math.min(Math.max(1, room), Math.max(1, Math.floor(rest.length / rowsPerBin)));
  const edges = [...new Set(quantileGrid(rest, wanted))];
  if (edges.length < 2) return [[edges[0]!, edges[0]!]];
  const bins: number[][] = [];
  let start = 0;
  for (let bin = 0; bin + 1 < edges.length; bin++) {
    const low = edges[bin]!;
    const high = edges[bin + 1]!;
    const end = bin + 2 === edges.length ? rest.length : lowerBound(rest, high);
    // An empty bin keeps its place, so that the bins stay contiguous; it has no rows to learn from.
    bins.push(binGrid(rest.subarray(start, end), low, high));
    start = end;
  }
  return bins;
}

function binGrid(members: Float64Array, low: number, high: number): number[] {
  const segments = Math.min(8, Math.max(1, Math.floor(members.length / rowsPerPoint)));
  if (segments === 1) return [low, high];
  const grid = quantileGrid(members, segments);
  return Array.from(grid, (point, index) =>
    index === 0 ? low : index === segments ? high : Math.min(high, Math.max(low, point)),
  );
}
