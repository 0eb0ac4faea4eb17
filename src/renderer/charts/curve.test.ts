import { describe, expect, it } from 'vitest';
import { curves, qualityRange } from './curve.ts';

describe('qualityRange', () => {
  it('keeps a little room and stays within 0 and 1', () => {
    expect(qualityRange([])).toEqual([0, 1]);
    const [low, high] = qualityRange([0.6, 0.8]);
    expect(low).toBeCloseTo(0.57);
    expect(high).toBeCloseTo(0.83);
    expect(qualityRange([0.001, 0.999])).toEqual([0, 1]);
  });

  it('is never flat', () => {
    const [low, high] = qualityRange([1, 1]);
    expect(high).toBeGreaterThan(low);
  });
});

it('curves lays points out by column', () => {
  const point = { epoch: 2, step: 9, seconds: 4, quality: 0.8, criticLoss: -1, generatorLoss: 1 };
  expect(
    curves(
      [point],
      (p) => p.quality,
      (p) => p.criticLoss,
    ),
  ).toEqual([[4], [0.8], [-1]]);
});
