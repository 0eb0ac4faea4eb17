import type { RuleFinding } from '../../../shared/rules.ts';
import {
  finding,
  holds,
  leastSurprise,
  leastSurprised,
  mostBrokenInSample,
  numberColumns,
  numbersIn,
} from './found.ts';
import type { Search } from './found.ts';

/**
 * Columns of which one is never greater than the other. Ranges that hardly overlap say nothing: of rows paired at random
 * many must break the order. An order that follows from two others (a ≤ b ≤ c) is left out.
 */
export function findOrders(search: Search): RuleFinding[] {
  const groups = [numberColumns(search, 'datetime'), numberColumns(search, 'integer', 'decimal')];
  const found: { low: string; high: string; strict: boolean; rows: number; broken: number }[] = [];
  for (const names of groups) {
    const sampled = names.map((name) => numbersIn(search.sample, name));
    names.forEach((low, at) => {
      names.forEach((high, other) => {
        if (at === other || !isOrdered(sampled[at]!, sampled[other]!)) return;
        const counts = compare(numbersIn(search.table, low), numbersIn(search.table, high));
        if (!holds(counts.rows, counts.greater) || counts.equal === counts.rows) return;
        found.push({ low, high, strict: counts.equal === 0, rows: counts.rows, broken: counts.greater });
      });
    });
  }
  const is = (low: string, high: string): boolean =>
    found.some((order) => order.low === low && order.high === high);
  return found
    .filter(
      ({ low, high }) =>
        !found.some(({ high: middle }) => middle !== high && is(low, middle) && is(middle, high)),
    )
    .map(({ low, high, strict, rows, broken }) =>
      finding({ type: 'order', low, high, strict }, rows, broken),
    );
}

function isOrdered(lows: Float64Array, highs: Float64Array): boolean {
  const { rows, greater, equal } = compare(lows, highs);
  if (rows < leastSurprised || equal === rows || greater > rows * mostBrokenInSample) return false;
  // The same values in other company.
  const shifted = new Float64Array(highs.length);
  const step = Math.max(1, Math.floor(highs.length * 0.382));
  highs.forEach((value, row) => (shifted[(row + step) % highs.length] = value));
  const chance = compare(lows, shifted);
  return chance.greater >= Math.max(leastSurprised, chance.rows * leastSurprise);
}

function compare(lows: Float64Array, highs: Float64Array): { rows: number; greater: number; equal: number } {
  let [rows, greater, equal] = [0, 0, 0];
  for (let row = 0; row < lows.length; row++) {
    const [low, high] = [lows[row]!, highs[row]!];
    if (Number.isNaN(low) || Number.isNaN(high)) continue;
    rows++;
    if (low > high) greater++;
    else if (low === high) equal++;
  }
  return { rows, greater, equal };
}
