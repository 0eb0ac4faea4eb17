import { describe, expect, it } from 'vitest';
import { heat, heatStrength } from './heat.ts';

const pairs = [
  { a: 'age', b: 'sex', accuracy: 0.98 },
  { a: 'pay', b: 'age', accuracy: 0.8 },
  { a: 'sex', b: 'pay', accuracy: 0.99 },
];

describe('heat', () => {
  it('puts every pair below the diagonal, whichever way it was named', () => {
    const { names, cells, left } = heat(pairs, ['age', 'sex', 'pay'], 10);
    expect(names).toEqual(['age', 'sex', 'pay']);
    expect(left).toBe(0);
    expect(cells.map((cell) => [cell.row, cell.column, cell.accuracy])).toEqual([
      [1, 0, 0.98],
      [2, 0, 0.8],
      [2, 1, 0.99],
    ]);
  });

  it('keeps the worst where there is no room, in source order', () => {
    const { names, cells, left } = heat(pairs, ['age', 'sex', 'pay'], 2);
    expect(names).toEqual(['age', 'pay']);
    expect(cells).toHaveLength(1);
    expect(left).toBe(1);
  });

  it('is strongest where real and synthetic differ most', () => {
    expect(heatStrength(1)).toBe(0);
    expect(heatStrength(0.9)).toBeCloseTo(0.5);
    expect(heatStrength(0.2)).toBe(1);
  });
});
