import type { NumberEncoding } from './encoding.ts';

/**
 * Where the classes of a number column lie among the training rows: the share of rows with smaller values plus
 * half of the class's own, 0 to 1. Null lies nowhere (NaN).
 */
export function classPositions(encoding: NumberEncoding, shares: Float64Array): Float32Array {
  const positions = new Float32Array(shares.length).fill(NaN);
  const middles = [...encoding.heavy, ...encoding.bins.map((grid) => (grid[0]! + grid.at(-1)!) / 2)];
  const ascending = middles.map((_, code) => code).sort((a, b) => middles[a]! - middles[b]! || a - b);
  const total = ascending.reduce((sum, code) => sum + shares[code]!, 0);
  let below = 0;
  for (const code of ascending) {
    positions[code] = (below + shares[code]! / 2) / Math.max(total, Number.MIN_VALUE);
    below += shares[code]!;
  }
  return positions;
}
