import { innerRange, maxBars } from './number-bars.ts';
import type { Bars } from './number-bars.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A way to part time: the start of the part a moment lies in, and of the part `turns` later. */
interface Step {
  /** Its length, roughly, in milliseconds. */
  length: number;
  edge(from: number, turns: number): number;
  options: Intl.DateTimeFormatOptions;
}

const clock = (length: number, options: Intl.DateTimeFormatOptions): Step => ({
  length,
  edge: (from, turns) => (Math.floor(from / length) + turns) * length,
  options,
});
const months = (count: number): Step => ({
  length: count * 30.44 * day,
  edge: (from, turns) => {
    const date = new Date(from);
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
    const at = (Math.floor(month / count) + turns) * count;
    // Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999.
    return new Date(0).setUTCFullYear(Math.floor(at / 12), at - 12 * Math.floor(at / 12), 1);
  },
  options: count < 12 ? { month: 'short', year: 'numeric' } : { year: 'numeric' },
});

const byDay: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const byMinute: Intl.DateTimeFormatOptions = { ...byDay, hour: '2-digit', minute: '2-digit' };
const bySecond: Intl.DateTimeFormatOptions = { ...byMinute, second: '2-digit' };
const steps: Step[] = [
  ...[1, 2, 5, 15, 30].map((count) => clock(count * second, bySecond)),
  ...[1, 2, 5, 15, 30].map((count) => clock(count * minute, byMinute)),
  ...[1, 3, 6, 12].map((count) => clock(count * hour, byMinute)),
  ...[1, 2, 7].map((count) => clock(count * day, byDay)),
  ...[1, 3, 6].map(months),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((years) => months(12 * years)),
];

/**
 * Bars for ascending, null-free moments in milliseconds since 1970 UTC: spans of the calendar (seconds to
 * millennia) over all but the outermost hundredths, each labelled with its beginning.
 */
export function dateBars(sorted: Float64Array): Bars {
  const { low, high } = innerRange(sorted);
  const fallback = months(12_000);
  const step = steps.find(({ length }) => (high - low) / length <= maxBars - 1) ?? fallback;
  const edges: number[] = [];
  for (let bar = 0; bar === 0 || (bar < maxBars && step.edge(low, bar) <= high); bar++) {
    edges.push(step.edge(low, bar));
  }
  const format = new Intl.DateTimeFormat('en-GB', { ...step.options, timeZone: 'UTC' });
  const write = (edge: number): string => (Math.abs(edge) <= 8.64e15 ? format.format(edge) : 'out of range');
  const after = step.edge(low, edges.length);
  const labels = edges.map((edge, bar) => {
    if (edges.length === 1) return write(edge);
    if (bar === 0 && (sorted[0] ?? edge) < edge) return `before ${write(edges[1] ?? edge)}`;
    const isLast = bar === edges.length - 1;
    return isLast && (sorted[sorted.length - 1] ?? edge) >= after ? `from ${write(edge)}` : write(edge);
  });
  return { edges, labels };
}
