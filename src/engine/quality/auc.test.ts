import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, determination, macroAreaUnderCurve } from './auc.ts';

/** The definition: over all pairs of a positive and a negative, 1 if ranked right, ½ if tied. */
function byPairs(scores: number[], positive: number[]): number {
  let sum = 0;
  let pairs = 0;
  scores.forEach((score, i) => {
    scores.forEach((other, j) => {
      if (positive[i] !== 1 || positive[j] !== 0) return;
      pairs++;
      sum += score > other ? 1 : score === other ? 0.5 : 0;
    });
  });
  return pairs > 0 ? sum / pairs : 0.5;
}

describe('area under the curve', () => {
  it('counts ties half, by hand', () => {
    // Pairs (positive, negative): .8>.4, .8>.3, .4=.4, .4>.3 → 3.5 of 4.
    expect(areaUnderCurve(Float64Array.of(0.8, 0.4, 0.4, 0.3), Uint8Array.of(1, 1, 0, 0))).toBe(0.875);
  });

  it('equals its definition, ties or not', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1 })), {
      maxLength: 50,
    });
    fc.assert(
      fc.property(rows, (given) => {
        const scores = given.map(([score]) => score / 6);
        const positive = given.map(([, label]) => label);
        expect(areaUnderCurve(Float64Array.from(scores), Uint8Array.from(positive))).toBeCloseTo(
          byPairs(scores, positive),
          12,
        );
      }),
    );
  });

  it('is chance where a class is missing', () => {
    expect(areaUnderCurve(Float64Array.of(1, 2), Uint8Array.of(1, 1))).toBe(0.5);
    expect(areaUnderCurve(new Float64Array(0), new Uint8Array(0))).toBe(0.5);
  });

  it('averages over the classes that can be judged', () => {
    const labels = Float64Array.of(0, 0, 1, 1);
    const scores = [
      Float64Array.of(0.9, 0.8, 0.1, 0.2),
      Float64Array.of(0, 0.5, 0.5, 1),
      new Float64Array(4),
    ];
    expect(macroAreaUnderCurve(scores, labels)).toBe((1 + 0.875) / 2);
    expect(macroAreaUnderCurve(scores, Float64Array.of(0, 0))).toBeUndefined();
  });
});

it('the coefficient of determination is 1 when right, 0 at the mean, negative below', () => {
  const truth = Float64Array.of(1, 2, 3);
  expect(determination(truth, truth)).toBe(1);
  expect(determination(Float64Array.of(2, 2, 2), truth)).toBe(0);
  expect(determination(Float64Array.of(3, 2, 1), truth)).toBe(-3);
  expect(determination(truth, Float64Array.of(1, 1, 1))).toBeUndefined();
});
