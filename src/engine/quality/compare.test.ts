import { describe, expect, it } from 'vitest';
import type { Column, Table } from '../tables/table.ts';
import { compareColumns, createComparer } from './compare.ts';

const categories = (values: Record<string, number>, nulls = 0): Table => {
  const codes = Object.values(values).flatMap((count, code) => new Array<number>(count).fill(code));
  codes.push(...new Array<number>(nulls).fill(-1));
  const column: Column = {
    type: 'category',
    name: 'x',
    categories: Object.keys(values),
    codes: Int32Array.from(codes),
  };
  return { rows: codes.length, columns: [column] };
};
const numbers = (values: number[]): Table => ({
  rows: values.length,
  columns: [{ type: 'number', name: 'x', values: Float64Array.from(values) }],
});
const repeat = (times: number, ...values: number[]): number[] =>
  Array.from({ length: times }, () => values).flat();

describe('histograms of categories', () => {
  it('name frequent categories only', () => {
    const [first] = compareColumns(
      categories({ a: 70, b: 20, secret: 9 }, 1),
      categories({ a: 1, new: 1 }),
      [],
    );
    expect(first).toEqual({
      name: 'x',
      labels: ['a', 'b', 'other values', 'no value'],
      real: [0.7, 0.2, 0.09, 0.01],
      synthetic: [0.5, 0, 0.5, 0],
    });
  });

  it('have at most 20 bars', () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`k${String(index)}`, 100 - index]),
    );
    const [first] = compareColumns(categories(many, 5), categories(many), []);
    expect(first?.labels).toHaveLength(20);
    expect(first?.real.reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
  });
});

describe('histograms of numbers', () => {
  const integer = [{ name: 'x', kind: 'integer' as const }];

  it('show each of a few frequent values', () => {
    const [first] = compareColumns(numbers(repeat(10, 1, 2, 2, 7)), numbers([1, 3, 8, NaN]), integer);
    expect(first?.labels).toEqual(['1', '2', '7', 'no value']);
    expect(first?.real).toEqual([0.25, 0.5, 0.25, 0]);
    expect(first?.synthetic).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it('part the rest at round numbers and keep the tail together, without naming it', () => {
    const ages = Array.from({ length: 2000 }, (_, index) => 17 + (index % 60));
    const [first] = compareColumns(numbers([...ages, 123_457]), numbers([20, 999_999, 3]), integer);
    expect(first?.labels.at(0)).toBe('15 to 19');
    expect(first?.labels.at(1)).toBe('20 to 24');
    expect(first?.labels.at(-1)).toBe('75 and over');
    expect(first?.labels.join()).not.toContain('123');
    expect(first?.synthetic.at(0)).toBeCloseTo(1 / 3, 9);
    expect(first?.synthetic.at(-1)).toBeCloseTo(1 / 3, 9);
    expect(first?.labels.length).toBeLessThanOrEqual(20);
  });

  it('label dates by the calendar', () => {
    const days = Array.from({ length: 1500 }, (_, index) => Date.UTC(1994, 0, 1) + index * 86_400_000);
    const schema = [{ name: 'x', kind: 'datetime' as const }];
    const [first] = compareColumns(numbers(days), numbers(days), schema);
    expect(first?.labels.slice(0, 2)).toEqual(['Jan 1994', 'Apr 1994']);
    expect(first?.real).toEqual(first?.synthetic);
  });

  it('stand a column that is constant, all null, or spans nearly all numbers', () => {
    for (const values of [
      [5],
      repeat(20, 5),
      [NaN, NaN],
      [-1e300, 1e300, 0, 1],
      [Infinity, 3, NaN],
      [1e-9, 2e-9],
    ]) {
      const [first] = compareColumns(numbers(values), numbers([1, NaN]), []);
      expect(first?.real.reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
      expect(first?.synthetic.reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
      expect(first?.labels.length).toBeLessThanOrEqual(20);
    }
    const schema = [{ name: 'x', kind: 'datetime' as const }];
    for (const values of [[0], [-6e13, 2e14], [9e15, 1], [NaN]]) {
      const [first] = compareColumns(numbers(values), numbers(values), schema);
      expect(first?.real.reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
    }
  });

  it('keep their bars from one table to the next', () => {
    const comparer = createComparer(numbers(Array.from({ length: 500 }, (_, index) => index)), integer);
    const [one] = comparer.compare(numbers([1, 2, 3]));
    const [other] = comparer.compare(numbers([400, 5000]));
    expect(one?.labels).toEqual(other?.labels);
    expect(one?.real).toEqual(other?.real);
  });
});
