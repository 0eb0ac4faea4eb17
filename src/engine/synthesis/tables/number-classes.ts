import type { ColumnSchema } from '../../tables/schema.ts';
import { lowerBound } from '../../tables/sorted.ts';
import type { NumberColumn } from '../../tables/table.ts';
import type { NumberEncoding } from './encoding.ts';
import { quantileGrid } from './quantile-grid.ts';
import { subjectsNeeded } from './subjects.ts';

/** Rows behind a bin, at least, where there are that many. */
const rowsPerBin = 20;
/** Rows behind a point of the density inside a bin. */
const rowsPerPoint = 10;
/** A value of more than this share of the rows is heavy whatever the number of classes. */
const heavyShare = 1 / 400;

/**
 * Fits the classes of a number or date column on training values: values that enough rows share are classes of
 * their own, the rest falls in quantile bins, null is a class where it occurs. At most `cap` value classes.
 * A value that fewer rows share than `subjectsNeeded` is never stored, and where fewer rows than that have a value
 * at all, every row becomes null. One sort: a second for a million rows.
 */
export function fitNumbers(
  column: NumberColumn,
  schema: Pick<ColumnSchema, 'kind' | 'decimals'> | undefined,
  cap: number,
): NumberEncoding {
  const present = column.values.filter((value) => !Number.isNaN(value)).sort();
  // Even the mean of a few values says what they are.
  const needed = subjectsNeeded(column.values.length);
  const sorted = present.length < needed ? new Float64Array(0) : present;
  const heavy = heavyValues(sorted, cap, needed);
  const own = new Set(heavy);
  const rest = sorted.filter((value) => !own.has(value));
  const lattice = findLattice(sorted, schema);
  return {
    type: 'number',
    name: column.name,
    ...lattice,
    heavy,
    // A handful of values beside heavy ones is clipped to the nearest of those.
    bins: heavy.length > 0 && rest.length < 5 ? [] : fitBins(rest, cap - heavy.length),
    nulls: sorted.length < column.values.length,
  };
}

/** Whether the column holds values, but too few for `fitNumbers` to store anything of them. */
export function tooFewNumbers({ values }: NumberColumn): boolean {
  const present = values.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
  return present > 0 && present < subjectsNeeded(values.length);
}

function heavyValues(sorted: Float64Array, cap: number, needed: number): number[] {
  const counts: { value: number; count: number }[] = [];
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    counts.push({ value: sorted[start]!, count: end - start });
    start = end;
  }
  const few = counts.length <= cap;
  const least = few ? needed : Math.max(needed, sorted.length * heavyShare);
  const heavy = counts.filter(({ count }) => count >= least);
  // Where there are many values, the greater part of the classes stays for the bins between them.
  const room = few ? cap : Math.floor(cap * 0.6);
  if (heavy.length > room) heavy.sort((a, b) => b.count - a.count || a.value - b.value).length = room;
  return heavy.map(({ value }) => value).sort((a, b) => a - b);
}

function fitBins(rest: Float64Array, room: number): number[][] {
  if (rest.length === 0) return [];
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

/** The coarsest lattice all values lie on: dates of whole days, amounts in steps of 10,000 and the like. */
function findLattice(
  sorted: Float64Array,
  schema: Pick<ColumnSchema, 'kind' | 'decimals'> | undefined,
): Pick<NumberEncoding, 'decimals' | 'step' | 'offset'> {
  const decimals = schema?.kind === 'decimal' ? schema.decimals : 0;
  const plain = { decimals: null, step: 1, offset: 0 };
  if (decimals === undefined || decimals > 15) return plain;
  const unit = 10 ** decimals;
  const first = Math.round((sorted[0] ?? 0) * unit);
  let step = 0;
  for (const value of sorted) {
    const scaled = Math.round(value * unit);
    // Beyond the integers a double holds exactly, or with more digits than declared: leave values as drawn.
    if (!Number.isSafeInteger(scaled) || scaled / unit !== value) return plain;
    step = greatestCommonDivisor(step, scaled - first);
    if (step === 1) break;
  }
  if (step === 0) step = 1;
  return { decimals, step, offset: ((first % step) + step) % step };
}

function greatestCommonDivisor(a: number, b: number): number {
  let [left, right] = [Math.abs(a), Math.abs(b)];
  while (right !== 0) [left, right] = [right, left % right];
  return left;
}
