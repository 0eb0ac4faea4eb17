import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fewestForGrid, fewestForMiddle, quantileGrid } from './quantile-grid.ts';

const values = fc
  .array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: fewestForMiddle, maxLength: 300 })
  .map((list) => Float64Array.from(list).sort());

it('begins at the sixth most extreme value however few there are, and never before the third', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 20 }), (sorted, segments) => {
      const grid = quantileGrid(sorted, segments);
      const clipped = sorted.length < fewestForGrid ? 2 : 5;
      expect(grid).toHaveLength(segments + 1);
      expect(grid.every((point, at) => at === 0 || point >= grid[at - 1]! - 1e-9)).toBe(true);
      expect(grid[0]).toBeGreaterThanOrEqual(sorted[clipped]! - 1e-9);
      expect(grid[segments]).toBeLessThanOrEqual(sorted[sorted.length - 1 - clipped]! + 1e-9);
    }),
  );
});

it.each([9, 12, 15, 16, 55, 200])('does not change with its most extreme value (%i values)', (count) => {
  const sorted = Float64Array.from({ length: count }, (_, row) => row ** 1.5);
  const before = quantileGrid(sorted, 3);
  sorted[count - 1] = 1e12;
  expect(quantileGrid(sorted, 3)).toEqual(before);
});

it('says no spread of values too few to have one', () => {
  const sorted = Float64Array.from({ length: fewestForGrid - 1 }, (_, row) => row * row);
  expect(new Set(quantileGrid(sorted, 4)).size).toBe(1);
});
