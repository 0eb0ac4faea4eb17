import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';
import type { RandomState } from './random.ts';

const count = 200_000;

function moments(values: Float32Array): {
  mean: number;
  variance: number;
  skewness: number;
  kurtosis: number;
} {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const central = (power: number): number =>
    values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  const variance = central(2);
  return { mean, variance, skewness: central(3) / variance ** 1.5, kurtosis: central(4) / variance ** 2 };
}

describe('random numbers', () => {
  it('repeat for the same seed and differ for another', () => {
    const draw = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 8 }, () => random.uniform());
    };
    expect(draw(42)).toEqual(draw(42));
    expect(draw(42)).not.toEqual(draw(43));
    expect(draw(2 ** 40)).not.toEqual(draw(0));
  });

  it('are those of xoshiro128**', () => {
    // The reference implementation, started with the state 1, 2, 3, 4, gives 11520, 0, 5927040, 70819200.
    const random = createRandom(0);
    random.restore([1, 2, 3, 4]);
    const words = Array.from({ length: 4 }, () => random.integer(2 ** 32));
    expect(words).toEqual([11520, 0, 5927040, 70819200]);
  });

  it('go on from a saved state', () => {
    const random = createRandom(9);
    random.normal();
    const state = random.save();
    const expected = [random.normal(), random.uniform(), random.integer(1000)];
    random.restore(state);
    expect([random.normal(), random.uniform(), random.integer(1000)]).toEqual(expected);
  });

  it('jump over 2⁶⁴ of them', () => {
    // A step is linear in the bits of the state, so 2⁶⁴ steps are its matrix squared 64 times.
    const random = createRandom(0);
    const toBits = (state: RandomState): bigint =>
      state.reduce((bits, word, index) => bits | (BigInt(word >>> 0) << BigInt(32 * index)), 0n);
    const toState = (bits: bigint): RandomState => {
      const word = (index: number): number => Number((bits >> BigInt(32 * index)) & 0xffffffffn);
      return [word(0), word(1), word(2), word(3)];
    };
    const times = (matrix: readonly bigint[], bits: bigint): bigint =>
      matrix.reduce((sum, column, bit) => ((bits >> BigInt(bit)) & 1n ? sum ^ column : sum), 0n);
    let matrix = Array.from({ length: 128 }, (_, bit) => {
      random.restore(toState(1n << BigInt(bit)));
      random.integer(2 ** 32);
      return toBits(random.save());
    });
    for (let power = 0; power < 64; power++) matrix = matrix.map((column) => times(matrix, column));

    const start: RandomState = [1, 2, 3, 4];
    random.restore(start);
    random.jump();
    expect(toBits(random.save())).toBe(times(matrix, toBits(start)));
  });

  it('are uniform between 0 and 1, ends left out', () => {
    const values = new Float32Array(count);
    createRandom(1).fillUniform(values);
    expect(Math.min(...values.subarray(0, 50_000))).toBeGreaterThan(0);
    expect(values.every((value) => value > 0 && value < 1)).toBe(true);
    const { mean, variance } = moments(values);
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.004);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
  });

  it('are uniform in few steps, too, of each half of a word', () => {
    const values = new Float32Array(count + 1);
    createRandom(3).fillCoarse(values);
    expect(values.every((value) => value > 0 && value < 1)).toBe(true);
    for (const half of [0, 1]) {
      const { mean, variance } = moments(values.filter((_, index) => index % 2 === half));
      expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.004);
      expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
    }
  });

  it('are the same one by one and many at a time', () => {
    const [one, many] = [createRandom(4), createRandom(4)];
    const values = new Float32Array(600);
    for (const skip of [0, 3, 255]) {
      for (let index = 0; index < skip; index++) expect(one.uniform()).toBe(many.uniform());
      many.fillUniform(values);
      expect(values).toEqual(Float32Array.from(values, () => one.uniform()));
      expect(one.save()).toEqual(many.save());
    }
  });

  it('are normal, tails included', () => {
    const values = new Float32Array(count);
    createRandom(2).fillNormal(values);
    const { mean, variance, skewness, kurtosis } = moments(values);
    expect(Math.abs(mean)).toBeLessThan(0.012);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    expect(Math.abs(skewness)).toBeLessThan(0.03);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.06);
    const share = (limit: number): number =>
      values.reduce((n, value) => n + Number(Math.abs(value) > limit), 0) / count;
    expect(Math.abs(share(1) - 0.3173)).toBeLessThan(0.006);
    expect(Math.abs(share(2) - 0.0455)).toBeLessThan(0.003);
    // Beyond the last layer, where numbers come from the tail.
    expect(Math.abs(share(3.4426) - 0.000576)).toBeLessThan(0.0003);
    // Kolmogorov and Smirnov against the normal distribution function, by its logistic approximation at zero.
    expect(Math.abs(values.reduce((n, value) => n + Number(value < 0), 0) / count - 0.5)).toBeLessThan(0.006);
  });

  it('draws whole numbers below n, each as often', () => {
    const random = createRandom(3);
    const tally = new Float64Array(7);
    for (let draw = 0; draw < 70_000; draw++) {
      const value = random.integer(7);
      tally[value] = (tally[value] ?? 0) + 1;
    }
    for (const times of tally) expect(Math.abs(times - 10_000)).toBeLessThan(400);
  });

  it('keeps every element when shuffling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer(), (length, seed) => {
        const items = Uint32Array.from({ length }, (_, index) => index);
        createRandom(seed).shuffle(items);
        expect(items.toSorted()).toEqual(Uint32Array.from({ length }, (_, index) => index));
      }),
    );
  });
});
