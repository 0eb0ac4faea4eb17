/**
 * The classes of a column, cut where the tests of a condition change their answer: a cell is a class or a part of one
 * (a stretch of a bin, some of a bucket's categories) on which every test says the same throughout.
 */
import { passes, type Test } from '../../tables/conditions/condition.ts';
import { accumulate, golden, interpolate, pick, rounding } from './decode.ts';
import { classCount } from './encoding.ts';
import type { CategoryEncoding, ColumnEncoding, NumberEncoding } from './encoding.ts';

export interface Cell {
  readonly class: number;
  /** Its part of the class: 0 (not included) to 1. */
  readonly share: number;
  /** What each test says of its values. */
  readonly answers: readonly boolean[];
  /**
   * Draws a value of the cell at `uniform`: a number, or the code of a category among all of the decoder's. Undefined
   * where the cell is its whole class, whose values the decoder draws.
   */
  readonly draw: ((uniform: number) => number) | undefined;
}

/** @param written the number a reader finds for one that is drawn; never decreasing */
export function cellsOf(
  column: ColumnEncoding,
  tests: readonly Test[],
  written: (value: number) => number,
): Cell[] {
  return column.type === 'number' ? numberCells(column, tests, written) : categoryCells(column, tests);
}

function numberCells(
  column: NumberEncoding,
  tests: readonly Test[],
  written: (value: number) => number,
): Cell[] {
  const answers = (value: number | null): boolean[] => tests.map((test) => passes(test, value));
  const cells: Cell[] = column.heavy.map((value, index) => ({
    class: index,
    share: 1,
    answers: answers(written(value)),
    draw: undefined,
  }));
  const round = rounding(column);
  const taken = new Set(column.heavy);
  const edges = edgesOf(tests);
  column.bins.forEach((points, index) => {
    const grid = Float64Array.from(points);
    const value = (place: number): number => round(interpolate(grid, place));
    const stretches = cutBin((place) => written(value(place)), edges).map(([low, high]) => {
      const middle = written(value((low + high) / 2));
      return {
        low,
        high,
        answers: answers(middle),
        weight: (high - low) * freeShare(value, taken, low, high),
      };
    });
    const total = stretches.reduce((sum, { weight }) => sum + weight, 0);
    for (const { low, high, answers: said, weight } of stretches) {
      // A bin all of whose values are classes of their own gives these, as the decoder does.
      const share = total > 0 ? weight / total : high - low;
      if (share <= 0) continue;
      const whole = stretches.length === 1;
      const draw = whole ? undefined : (uniform: number) => drawWithin(value, taken, low, high, uniform);
      cells.push({ class: column.heavy.length + index, share, answers: said, draw });
    }
  });
  if (column.nulls)
    cells.push({ class: classCount(column) - 1, share: 1, answers: answers(null), draw: undefined });
  return cells;
}

/** Where an answer may change: just before `at`, or just after it. */
interface Edge {
  readonly at: number;
  readonly after: boolean;
}

function edgesOf(tests: readonly Test[]): Edge[] {
  return tests.flatMap((test) =>
    test.type === 'number'
      ? test.intervals.flatMap(({ low, high, withLow, withHigh }) => [
          { at: low, after: !withLow },
          { at: high, after: withHigh },
        ])
      : [],
  );
}

/** The stretches of [0, 1] between the places where the value passes an edge. */
function cutBin(value: (place: number) => number, edges: readonly Edge[]): [number, number][] {
  const places = new Set([0, 1]);
  for (const { at, after } of edges) {
    const passed = (place: number): boolean => (after ? value(place) > at : value(place) >= at);
    if (passed(0) || !passed(1)) continue;
    let [low, high] = [0, 1];
    for (let step = 0; step < 52; step++) {
      const middle = (low + high) / 2;
      if (passed(middle)) high = middle;
      else low = middle;
    }
    places.add(high);
  }
  const sorted = [...places].sort((a, b) => a - b);
  // Thinner than a place can tell apart is nothing: the answer at its middle could be its neighbour's.
  return sorted
    .slice(1)
    .map((high, index): [number, number] => [sorted[index]!, high])
    .filter(([low, high]) => high - low > 1e-9);
}

const probes = 64;

/** The share of a stretch whose values are no classes of their own. */
function freeShare(
  value: (place: number) => number,
  taken: ReadonlySet<number>,
  low: number,
  high: number,
): number {
  let free = 0;
  for (let probe = 0; probe < probes; probe++)
    if (!taken.has(value(low + ((probe + 0.5) / probes) * (high - low)))) free++;
  return free / probes;
}

function drawWithin(
  value: (place: number) => number,
  taken: ReadonlySet<number>,
  low: number,
  high: number,
  uniform: number,
): number {
  // The ends belong to the neighbours, or may by rounding.
  const width = (high - low) * (1 - 1e-9);
  let place = uniform;
  let drawn = value(low + place * width);
  for (let attempt = 0; attempt < 32 && taken.has(drawn); attempt++) {
    place = (place + golden) % 1;
    drawn = value(low + place * width);
  }
  return drawn;
}

function categoryCells(column: CategoryEncoding, tests: readonly Test[]): Cell[] {
  const answers = (name: string | null): boolean[] => tests.map((test) => passes(test, name));
  const cells: Cell[] = column.own.map((name, index) => ({
    class: index,
    share: 1,
    answers: answers(name),
    draw: undefined,
  }));
  let first = column.own.length;
  column.buckets.forEach(({ names, counts }, index) => {
    const start = first;
    first += names.length;
    const total = counts.reduce((sum, count) => sum + count, 0);
    const groups = new Map<string, number[]>();
    names.forEach((name, at) => {
      const key = answers(name).join();
      groups.set(key, [...(groups.get(key) ?? []), at]);
    });
    for (const members of groups.values()) {
      const cumulative = accumulate(members.map((at) => counts[at]!));
      const draw =
        groups.size === 1
          ? undefined
          : (uniform: number) => start + (members[pick(cumulative, uniform)] ?? 0);
      cells.push({
        class: column.own.length + index,
        share: (cumulative.at(-1) ?? 0) / total,
        answers: answers(names[members[0]!]!),
        draw,
      });
    }
  });
  if (column.nulls)
    cells.push({ class: classCount(column) - 1, share: 1, answers: answers(null), draw: undefined });
  return cells;
}
