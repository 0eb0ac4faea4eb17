import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeRows } from '../tables/table.ts';
import { createAccuracyScorer, totalVariation } from './accuracy.ts';
import { category, number, table } from './test-tables.ts';

describe('accuracy', () => {
  it('is one minus the total variation distance, by hand', () => {
    // Shares a ½, b ¼, null ¼ against a ¼, b ½, unseen ¼: ½(¼ + ¼ + ¼ + ¼) = ½.
    const real = table(category('x', 'a', 'a', 'b', null));
    const synthetic = table(category('x', 'b', 'a', 'b', 'c'));
    expect(createAccuracyScorer(real).score(synthetic).univariate).toBeCloseTo(0.5, 6);
  });

  it('sees the joint distribution where the margins agree', () => {
    const real = table(category('x', 'a', 'a', 'b', 'b'), category('y', 'c', 'c', 'd', 'd'));
    const crossed = table(category('x', 'a', 'a', 'b', 'b'), category('y', 'c', 'd', 'c', 'd'));
    const result = createAccuracyScorer(real).score(crossed);
    expect(result.univariate).toBe(1);
    expect(result.pairs).toEqual([{ a: 'x', b: 'y', accuracy: 0.5 }]);
    expect(result.overall).toBeCloseTo((1 + 0.5 + 0.5) / 3, 6);
  });

  it('sees what only three columns together show', () => {
    // z is the exclusive or of x and y in one table, independent in the other: all margins and pairs agree.
    const x = category('x', '0', '0', '1', '1', '0', '0', '1', '1');
    const y = category('y', '0', '1', '0', '1', '0', '1', '0', '1');
    const real = table(x, y, category('z', '0', '1', '1', '0', '0', '1', '1', '0'));
    const synthetic = table(x, y, category('z', '0', '0', '0', '0', '1', '1', '1', '1'));
    const { univariate, bivariate, trivariate } = createAccuracyScorer(real).score(synthetic);
    expect([univariate, bivariate, trivariate]).toEqual([1, 1, 0.5]);
  });

  it('tells nulls from values and clips what lies outside the real range into the end bins', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index);
    const scorer = createAccuracyScorer(table(number('x', ...values)));
    const allBelow = scorer.score(table(number('x', -5, -1e9, -Infinity)));
    const allAbove = scorer.score(table(number('x', 1e9, Infinity)));
    const allNull = scorer.score(table(number('x', NaN, NaN)));
    expect(allBelow.univariate).toBeCloseTo(0.1, 6);
    expect(allAbove.univariate).toBeCloseTo(0.1, 6);
    expect(allNull.univariate).toBe(0);
  });

  it('matches categories by name, whatever their codes, and columns by name, whatever their order', () => {
    const real = table(category('x', 'a', 'b', 'b'), number('n', 1, 2, 3));
    const reordered = table(number('n', 3, 2, 1), category('x', 'b', 'b', 'a'));
    expect(createAccuracyScorer(real).score(reordered).overall).toBeCloseTo(1, 6);
  });

  it('refuses tables that cannot be compared, with a reason', () => {
    const scorer = createAccuracyScorer(table(category('x', 'a', 'b')));
    expect(() => scorer.score(table(category('y', 'a')))).toThrow(/“x” is missing/);
    expect(() => scorer.score(table(number('x', 1)))).toThrow(/numbers in one table/);
    expect(() => scorer.score({ rows: 0, columns: [category('x')] })).toThrow(/without rows/);
    expect(() => createAccuracyScorer({ rows: 4, columns: [] })).toThrow(/no column/);
  });

  it('measures a sample of the triples of a wide table, and says so', () => {
    const columns = Array.from({ length: 120 }, (_, index) => category(`c${String(index)}`, 'a', 'b', 'a'));
    const { measured, pairs, overall } = createAccuracyScorer(table(...columns)).score(table(...columns));
    expect(measured).toEqual({ pairs: 4950, allPairs: 7140, triples: 2300, allTriples: 280_840 });
    expect(new Set(pairs.map(({ a, b }) => `${a} ${b}`)).size).toBe(4950);
    expect(overall).toBe(1);
  });

  it('gives the same figures in slices, and stops between them when cancelled', async () => {
    const columns = Array.from({ length: 30 }, (_, index) =>
      number(`c${String(index)}`, ...Array.from({ length: 500 }, (_, row) => (row * (index + 3)) % 71)),
    );
    const whole = table(...columns);
    const half = takeRows(
      whole,
      Uint32Array.from({ length: 250 }, (_, row) => row),
    );
    const scorer = createAccuracyScorer(whole);
    expect(await scorer.scoreInSlices(half)).toEqual(scorer.score(half));
    await expect(scorer.scoreInSlices(half, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

const cell = fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: null });
const amount = fc.oneof(fc.constant(NaN), fc.constant(0), fc.double({ noNaN: true }));
const anyTable = fc
  .array(fc.record({ c: cell, d: cell, n: amount, m: amount }), { minLength: 1, maxLength: 60 })
  .map((rows) =>
    table(
      category('c', ...rows.map(({ c }) => c)),
      category('d', ...rows.map(({ d }) => d)),
      number('n', ...rows.map(({ n }) => n)),
      number('m', ...rows.map(({ m }) => m)),
    ),
  );

describe('accuracy, for any table', () => {
  it('is 1 against itself in any order of rows', () => {
    fc.assert(
      fc.property(anyTable, fc.nat(), (real, turn) => {
        const rows = Uint32Array.from({ length: real.rows }, (_, row) => (row + turn) % real.rows);
        const result = createAccuracyScorer(real).score(takeRows(real, rows));
        expect(result.overall).toBe(1);
        expect(result.columns.every(({ accuracy }) => accuracy === 1)).toBe(true);
      }),
    );
  });

  it('lies between 0 and 1', () => {
    fc.assert(
      fc.property(anyTable, anyTable, (real, synthetic) => {
        const { overall, univariate, bivariate, trivariate } = createAccuracyScorer(real).score(synthetic);
        for (const share of [overall, univariate, bivariate, trivariate]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        expect(bivariate).toBeLessThanOrEqual(univariate + 1e-6);
        expect(trivariate).toBeLessThanOrEqual(bivariate + 1e-6);
      }),
    );
  });

  it('is symmetric for tables that share their categories', () => {
    const shared = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 });
    fc.assert(
      fc.property(shared, shared, (left, right) => {
        const one = table(category('x', 'a', 'b', 'c', ...left));
        const other = table(category('x', 'a', 'b', 'c', ...right));
        const there = createAccuracyScorer(one).score(other).univariate;
        expect(there).toBeCloseTo(createAccuracyScorer(other).score(one).univariate, 6);
      }),
    );
  });
});

it('total variation is symmetric and 1 for distributions that share nothing', () => {
  const left = Float32Array.of(0.5, 0.5, 0);
  const right = Float32Array.of(0, 0, 1);
  expect(totalVariation(left, right)).toBe(1);
  expect(totalVariation(right, left)).toBe(1);
});
