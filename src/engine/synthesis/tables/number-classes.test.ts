import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../compute/random.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { NumberColumn } from '../../tables/table.ts';
import { encodeTable } from './codes.ts';
import { createDecoder } from './decode.ts';
import { classCount } from './encoding.ts';
import type { NumberEncoding } from './encoding.ts';
import { fitNumbers, tooFewNumbers } from './number-classes.ts';

type Kind = Pick<ColumnSchema, 'kind' | 'decimals'>;
const integer: Kind = { kind: 'integer' };

function column(values: Iterable<number>): NumberColumn {
  return { type: 'number', name: 'x', values: Float64Array.from(values) };
}

/** Encodes a column and decodes it again, as a generator that knows the training classes by heart would. */
function there(encoding: NumberEncoding, values: NumberColumn, seed = 1): Float64Array {
  const rows = values.values.length;
  const table = { columns: [encoding] };
  const [codes] = encodeTable(table, { rows, columns: [values] }).columns;
  const decoded = createDecoder(table).decode(Int32Array.from(codes!), rows, createRandom(seed)).columns[0];
  if (decoded?.type !== 'number') throw new Error('A number column was expected.');
  return decoded.values;
}

function normals(count: number, seed = 3): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => random.normal() * 10 + 50);
}

describe('heavy values', () => {
  it('makes classes of all integers of a small range', () => {
    const random = createRandom(1);
    const ages = column(Array.from({ length: 5000 }, () => 20 + random.integer(40)));
    const encoding = fitNumbers(ages, integer, 100);
    expect(encoding.heavy).toEqual(Array.from({ length: 40 }, (_, age) => 20 + age));
    expect(encoding.bins).toEqual([]);
    expect(there(encoding, ages)).toEqual(ages.values);
  });

  it('keeps a spike in the middle of a spread of values', () => {
    const values = column([...normals(4000), ...new Array<number>(1000).fill(0)]);
    const encoding = fitNumbers(values, { kind: 'decimal', decimals: 6 }, 100);
    expect(encoding.heavy).toEqual([0]);
    expect(there(encoding, values).filter((value) => value === 0)).toHaveLength(1000);
  });

  it('stores no value that a single row has', () => {
    const values = normals(3000);
    const encoding = fitNumbers(column(values), { kind: 'decimal', decimals: 15 }, 100);
    const known = new Set(values);
    expect(encoding.heavy).toEqual([]);
    expect(encoding.bins.flat().filter((point) => known.has(point))).toEqual([]);
  });

  it('clips a few outliers beside heavy values to the nearest of them', () => {
    const values = column([...new Array<number>(300).fill(1), ...new Array<number>(300).fill(2), 1e9]);
    const encoding = fitNumbers(values, integer, 100);
    expect(encoding).toMatchObject({ heavy: [1, 2], bins: [] });
    expect(Math.max(...there(encoding, values))).toBe(2);
  });
});

describe('bins', () => {
  it('keep the distribution: quantiles come back close to where they were', () => {
    const values = column(normals(20_000));
    const back = there(fitNumbers(values, { kind: 'decimal', decimals: 15 }, 100), values).sort();
    const sorted = values.values.slice().sort();
    for (const share of [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]) {
      const at = Math.floor(share * sorted.length);
      expect(Math.abs(back[at]! - sorted[at]!)).toBeLessThan(0.15);
    }
  });

  it('leave the most extreme rows out of their range', () => {
    const values = normals(2000);
    const sorted = values.slice().sort();
    const points = fitNumbers(column(values), { kind: 'decimal', decimals: 15 }, 100).bins.flat();
    expect(Math.max(...points)).toBeLessThan(sorted.at(-3)!);
    expect(Math.min(...points)).toBeGreaterThan(sorted[2]!);
  });

  it('never give a training value back when values are continuous', () => {
    const values = column(normals(5000));
    const known = new Set(values.values);
    const back = there(fitNumbers(values, undefined, 100), values);
    expect(back.filter((value) => known.has(value))).toHaveLength(0);
  });

  it('draw around heavy values, not onto them', () => {
    const random = createRandom(9);
    const rare = Array.from({ length: 3000 }, () => 1 + random.integer(5000));
    const values = column([...rare, ...new Array<number>(400).fill(2500)]);
    const encoding = fitNumbers(values, integer, 40);
    expect(encoding.heavy).toContain(2500);
    const count = (from: Float64Array): number => from.filter((value) => value === 2500).length;
    expect(count(there(encoding, values))).toBe(count(values.values));
  });
});

describe('precision', () => {
  it('rounds to the declared decimals', () => {
    const random = createRandom(4);
    const values = column(Array.from({ length: 2000 }, () => Math.round(random.normal() * 1e5) / 100));
    const back = there(fitNumbers(values, { kind: 'decimal', decimals: 2 }, 60), values);
    expect(back.every((value) => value === Math.round(value * 100) / 100)).toBe(true);
  });

  it('finds the lattice of dates without a time of day', () => {
    const day = 86_400_000;
    const random = createRandom(5);
    const values = column(Array.from({ length: 3000 }, () => (15_000 + random.integer(4000)) * day));
    const encoding = fitNumbers(values, { kind: 'datetime' }, 60);
    expect(encoding.step % day).toBe(0);
    expect(there(encoding, values).every((value) => value % day === 0)).toBe(true);
  });

  it('takes no step from a value that is clipped away', () => {
    const zeros = new Array<number>(999).fill(0);
    const alone = fitNumbers(column([...zeros, 1_234_567]), integer, 100);
    expect(alone).toMatchObject({ step: 1, offset: 0, heavy: [0], bins: [] });
    const rare = Array.from({ length: 60 }, (_, row) => 1000 + row * 10);
    const beside = fitNumbers(column([...zeros, ...rare, 1_234_567]), integer, 100);
    expect(beside).toMatchObject({ step: 10, offset: 0 });
  });

  it('lets no single value change the step the others have', () => {
    const rents = Array.from({ length: 2000 }, (_, row) => 12 * (row + 1));
    const [without, beside] = [rents, [...rents, 12 * 1000 + 6]].map((values) =>
      fitNumbers(column(values), integer, 60),
    );
    expect(without).toMatchObject({ step: 12, offset: 0 });
    expect(beside).toMatchObject({ step: 12, offset: 0 });
  });

  it('has a round step where a few values are all there are', () => {
    const values = column(Array.from({ length: 16 }, (_, row) => 123_400 * (row + 1)));
    const { step } = fitNumbers(values, integer, 60);
    expect(step).toBeLessThan(123_400);
    expect(100 % step).toBe(0);
  });

  it('leaves values beyond the declared precision as drawn', () => {
    const values = column(Array.from({ length: 40 }, (_, row) => 0.1234 + row / 10));
    expect(fitNumbers(values, { kind: 'decimal', decimals: 2 }, 60).decimals).toBeNull();
  });
});

describe('nulls', () => {
  it('are a class of their own and come back as nulls', () => {
    const values = column([...normals(500), ...new Array<number>(100).fill(NaN)]);
    const encoding = fitNumbers(values, { kind: 'decimal', decimals: 3 }, 60);
    expect(encoding.nulls).toBe(true);
    expect(there(encoding, values).filter((value) => Number.isNaN(value))).toHaveLength(100);
  });
});

describe('a column of fewer values than one can be told of', () => {
  const values = (count: number): NumberColumn =>
    column(Array.from({ length: 1000 }, (_, row) => (row < count ? 41_723 + row : NaN)));

  it.each([1, 4, 8])('stores nothing of them (%i)', (count) => {
    const encoding = fitNumbers(values(count), integer, 100);
    expect(encoding).toMatchObject({ heavy: [], bins: [], nulls: true, offset: 0 });
    expect(there(encoding, values(count)).every((value) => Number.isNaN(value))).toBe(true);
    expect(tooFewNumbers(values(count))).toBe(true);
  });

  it('is one that is not empty, and has fewer than nine', () => {
    expect(tooFewNumbers(values(0))).toBe(false);
    expect(tooFewNumbers(values(9))).toBe(false);
    expect(tooFewNumbers(column(new Array<number>(5).fill(3)))).toBe(false);
  });
});

it('holds for any column: classes within the cap, every cell decodes to a number in range or null', () => {
  const numbers = fc.array(
    fc.oneof(
      fc.integer({ min: -20, max: 20 }),
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      fc.constant(NaN),
      fc.constant(7),
    ),
    { minLength: 1, maxLength: 400 },
  );
  fc.assert(
    fc.property(
      numbers,
      fc.integer({ min: 12, max: 100 }),
      fc.constantFrom(integer, undefined),
      (list, cap, kind) => {
        const values = column(list);
        const encoding = fitNumbers(values, kind, cap);
        expect(classCount(encoding)).toBeLessThanOrEqual(cap + 1);
        const points = encoding.bins.flat();
        expect(points.every((point, at) => at === 0 || point >= points[at - 1]!)).toBe(true);
        const few = tooFewNumbers(values);
        there(encoding, values).forEach((value, row) => {
          expect(Number.isNaN(value)).toBe(few || Number.isNaN(list[row]));
        });
      },
    ),
    { numRuns: 200 },
  );
});
