import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumberColumn } from '../tables/table.ts';
import { fitBins } from './bins.ts';

const numbers = (values: number[]): NumberColumn => ({
  type: 'number',
  name: 'x',
  values: Float64Array.from(values),
});

function counts(column: NumberColumn): number[] {
  const bins = fitBins(column);
  const result = new Array<number>(bins.size).fill(0);
  for (const bin of bins.encode(column)) result[bin]!++;
  return result;
}

describe('bins of numbers', () => {
  it('hold a tenth of the rows each, and nulls apart', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index / 7);
    expect(counts(numbers([...values, NaN, NaN]))).toEqual([...new Array<number>(10).fill(100), 2]);
  });

  it('give a heavy value a bin of its own and split the rest equally', () => {
    const rest = Array.from({ length: 90 }, (_, index) => index + 1);
    expect(counts(numbers([...new Array<number>(910).fill(0), ...rest]))).toEqual([
      910,
      ...new Array<number>(9).fill(10),
      0,
    ]);
  });

  it('keep each value apart where there are at most ten, and put others with the nearest', () => {
    const bins = fitBins(numbers([1, 1, 5, 10]));
    expect([...bins.encode(numbers([1, 5, 10, -3, 2, 4, 7.6, 99, NaN]))]).toEqual([
      0, 1, 2, 0, 0, 1, 2, 2, 3,
    ]);
  });

  it('stand a column without any value', () => {
    expect(counts(numbers([NaN, NaN]))).toEqual([2]);
    expect([...fitBins(numbers([NaN])).encode(numbers([3, NaN]))].every((bin) => bin === 0)).toBe(true);
  });

  it('never number more than ten and a null, whatever the values', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.double(), fc.constant(0));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 300 }), fc.array(value), (values, others) => {
        const bins = fitBins(numbers(values));
        expect(bins.size).toBeLessThanOrEqual(11);
        for (const bin of bins.encode(numbers([...values, ...others]))) expect(bin).toBeLessThan(bins.size);
      }),
    );
  });
});

describe('bins of categories', () => {
  it('keep the ten most frequent and put the rest together', () => {
    const categories = Array.from({ length: 14 }, (_, index) => `k${String(index).padStart(2, '0')}`);
    const codes = categories.flatMap((_, code) => new Array<number>(20 - code).fill(code));
    const column = {
      type: 'category' as const,
      name: 'x',
      categories,
      codes: Int32Array.from([...codes, -1]),
    };
    const bins = fitBins(column);
    expect(bins.size).toBe(12);
    const seen = bins.encode(column);
    expect(seen.filter((bin) => bin === 10).length).toBe(10 + 9 + 8 + 7);
    expect(seen[seen.length - 1]).toBe(11);
  });
});
