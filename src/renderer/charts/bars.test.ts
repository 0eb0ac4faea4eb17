import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bars, commonScale, distance } from './bars.ts';

describe('bars', () => {
  it('fills the height with the most and keeps proportion', () => {
    expect(bars([1, 2, 4], 30, 40, { gap: 2 })).toEqual([
      { x: 0, width: 8, y: 30, height: 10 },
      { x: 10, width: 8, y: 20, height: 20 },
      { x: 20, width: 8, y: 0, height: 40 },
    ]);
  });

  it('makes no slabs of few values', () => {
    expect(bars([1, 2], 120, 24, { widest: 24, gap: 1 }).map((bar) => bar.width)).toEqual([24, 24]);
  });

  it('shows what is rare and hides what is not there', () => {
    const [rare, none] = bars([1, 0, 100000], 30, 20);
    expect(rare?.height).toBe(1);
    expect(none?.height).toBe(0);
  });

  it('stays inside its plot', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { maxLength: 60 }), (values) => {
        for (const bar of bars(values, 96, 24)) {
          expect(bar.x + bar.width).toBeLessThanOrEqual(96 + 1e-9);
          expect(bar.y).toBeGreaterThanOrEqual(-1e-9);
          expect(bar.y + bar.height).toBeCloseTo(24, 9);
        }
      }),
    );
  });

  it('has nothing to draw of nothing', () => {
    expect(bars([], 10, 10)).toEqual([]);
    expect(bars([0, 0], 10, 10).map((bar) => bar.height)).toEqual([0, 0]);
  });
});

describe('distance', () => {
  it('is 0 for the same, 1 for nothing in common, symmetric', () => {
    expect(distance([0.5, 0.5], [0.5, 0.5])).toBe(0);
    expect(distance([1, 0], [0, 1])).toBe(1);
    expect(distance([0.6, 0.4], [0.5, 0.5])).toBeCloseTo(0.1);
    expect(commonScale([0.2, 0.3], [0.5])).toBe(0.5);
  });
});
