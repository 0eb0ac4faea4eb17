import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnFacts } from './column-facts.ts';
import { describeIdentifiers, identifierMaker } from './identifiers.ts';
import type { ColumnSchema } from './schema.ts';
import { plainNumbers } from './number-style.ts';

function facts(values: string[]): ColumnFacts {
  const sorted = values.toSorted();
  const isWhole = values.every((value) => /^\d+$/.test(value));
  const numbers = values.map(Number);
  return {
    values: values.length,
    markers: 0,
    marker: undefined,
    distinct: new Set(values).size,
    exact: true,
    minLength: 0,
    maxLength: Math.max(...values.map(({ length }) => length)),
    meanLength: 0,
    first: sorted[0] ?? '',
    last: sorted.at(-1) ?? '',
    numbers: isWhole
      ? {
          count: values.length,
          whole: values.length,
          integral: values.length,
          exponents: 0,
          leadingZeros: values.filter((value) => /^0\d/.test(value)).length,
          decimals: 0,
          minDecimals: 0,
          ...plainNumbers,
          ambiguous: false,
          min: Math.min(...numbers),
          max: Math.max(...numbers),
          minText: String(Math.min(...numbers)),
          maxText: String(Math.max(...numbers)),
        }
      : undefined,
    dates: [],
    sample: values,
    padded: false,
  };
}

function fresh(values: string[], rows: number, seed = 1): (string | null)[] {
  const column: ColumnSchema = {
    name: 'id',
    kind: 'identifier',
    role: 'identifier',
    nullable: false,
    ...describeIdentifiers(facts(values), values.length),
  };
  const maker = identifierMaker(column, seed);
  return Array.from({ length: rows }, (_, row) => maker.next(row));
}

describe('describeIdentifiers', () => {
  it('keeps a prefix only where all values have it, and never digits', () => {
    const taxis = ['20000589', '20000596', '20000601', '20000777', '20000904'].map((tail) => `taxi_${tail}`);
    expect(describeIdentifiers(facts(taxis), 5).pattern).toBe('t\\a\\xi_99999999');
    expect(describeIdentifiers(facts(['AB-12', 'CD-34']), 2).pattern).toBe('AA-99');
    expect(describeIdentifiers(facts(['K100', 'K200', 'K300', 'K400', 'K500']), 5).pattern).toBe('K999');
  });

  it('keeps no beginning that fewer than five values share', () => {
    const family = ['Johannsen-A', 'Johannsen-B', 'Johannsen-C', 'Johannsen-D'];
    const { pattern } = describeIdentifiers(facts(family), 4);
    expect(pattern).toBe('Aaaaaaaaa-A');
    for (const value of fresh(family, 20)) expect(value).not.toContain('Johannsen');
  });

  it('keeps no letter of a column with a single value', () => {
    expect(describeIdentifiers(facts(['SMITH7']), 1).pattern).toBe('AAAAA9');
  });

  it('recognises counters and UUIDs', () => {
    expect(describeIdentifiers(facts(['1', '2', '3']), 3).identifier).toEqual({
      type: 'sequence',
      start: 1,
      nulls: 0,
    });
    expect(describeIdentifiers(facts(['5', '20', '113']), 3)).toEqual({
      pattern: '199',
      identifier: { type: 'pattern', first: '23456789', nulls: 0 },
    });
    expect(describeIdentifiers(facts(['500', '501', '502']), 3).identifier).toEqual({
      type: 'sequence',
      start: 1000,
      nulls: 0,
    });
    expect(
      describeIdentifiers(
        facts(['0B9F4C1E-58B0-4C8C-9E0A-0D8F5B1C2A3D', '1B9F4C1E-58B0-4C8C-9E0A-0D8F5B1C2A3D']),
        2,
      ).identifier,
    ).toEqual({ type: 'uuid', upperCase: true, version: 8, nulls: 0 });
  });

  it('notes how many rows have none', () => {
    expect(describeIdentifiers(facts(['a1', 'b2', 'c3']), 4).identifier?.nulls).toBe(0.25);
  });
});

describe('identifierMaker', () => {
  it.each([
    ['counter', ['1', '2', '3'], /^\d+$/],
    ['numbers', ['1', '70', '12345'], /^[1-9]\d{4,}$/],
    ['codes', ['AB-1200', 'CD-3491'], /^[A-Z]{2}-\d{4}$/],
    ['zeros', ['001', '002', '013'], /^\d{3,}$/],
    [
      'uuids',
      ['0b9f4c1e-58b0-4c8c-9e0a-0d8f5b1c2a3d', '1b9f4c1e-58b0-4c8c-9e0a-0d8f5b1c2a3d'],
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ],
    ['long', ['x'.repeat(30) + '1', 'y'.repeat(30) + '2'], /^[a-z]{30}\d$/],
  ])('%s: 50,000 in the shape of the source, none twice', (_, values, shape) => {
    const made = fresh(values, 50_000);
    expect(new Set(made).size).toBe(50_000);
    expect(made.every((value) => value !== null && shape.test(value))).toBe(true);
  });

  it('makes more than the pattern has, still none twice', () => {
    const made = fresh(['a-1', 'b-2'], 2000);
    expect(new Set(made).size).toBe(2000);
    expect(made.slice(0, 240).every((value) => /^[a-z]-\d$/.test(value ?? ''))).toBe(true);
  });

  it.each([
    ['numbers', ['10', '57', '8999', '431']],
    ['numbers up to all nines', ['100', '999', '512']],
    ['a sequence', Array.from({ length: 300 }, (_, at) => String(9800 + at))],
    ['numbers beyond 2^53', ['98765432109876543210', '18765432109876543210']],
    ['prefixed', Array.from({ length: 300 }, (_, at) => `K${300 + at}`)],
    ['every beginning taken', Array.from({ length: 1000 }, (_, at) => `${String(at).padStart(3, '0')}-x`)],
    ['zeros', Array.from({ length: 100 }, (_, at) => String(at * 10).padStart(3, '0'))],
    ['letters', Array.from({ length: 26 }, (_, at) => `${String.fromCharCode(65 + at)}${at % 10}`)],
    ['of several lengths', ['a1', 'a22', 'z333', 'z4', 'a-5-6-7']],
    ['not of ASCII', ['é1', 'ß2', '😀3']],
    ['one', ['SMITH7']],
  ])('makes none of the source: %s', (_, values) => {
    const source = new Set(values);
    for (const seed of [1, 2, 3]) {
      const made = fresh(values, 5000, seed);
      expect(new Set(made).size).toBe(5000);
      expect(made.filter((value) => value !== null && source.has(value))).toEqual([]);
    }
  });

  it('makes none of the source, whatever it looks like', () => {
    const text = fc.string({
      unit: fc.constantFrom('0', '5', '9', 'A', 'Z', 'z', '-', 'é'),
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 2, maxLength: 60 }), (values) => {
        const source = new Set(values);
        const made = fresh(values, 500);
        expect(made.filter((value) => value !== null && source.has(value))).toEqual([]);
        expect(new Set(made).size).toBe(500);
      }),
    );
  });

  it('makes no UUID of a table it has made itself, with the same seed', () => {
    const first = fresh(
      ['0b9f4c1e-58b0-4c8c-9e0a-0d8f5b1c2a3d', '1b9f4c1e-58b0-4c8c-9e0a-0d8f5b1c2a3d'],
      100,
    );
    const source = new Set(first);
    const second = fresh(first.map(String), 100);
    expect(second.filter((value) => source.has(value))).toEqual([]);
  });

  it('numbers rows anew from the start where the source numbers its rows', () => {
    expect(fresh(['0', '1', '2'], 4)).toEqual(['0', '1', '2', '3']);
  });

  it('depends on the seed and on nothing else', () => {
    const values = ['AB-1200', 'CD-3491'];
    expect(fresh(values, 100, 5)).toEqual(fresh(values, 100, 5));
    expect(fresh(values, 100, 5)).not.toEqual(fresh(values, 100, 6));
  });

  it('gives the n-th identifier whatever was asked before', () => {
    const column: ColumnSchema = {
      name: 'k',
      kind: 'identifier',
      role: 'identifier',
      nullable: false,
      pattern: 'AA-9999',
      identifier: { type: 'pattern', nulls: 0 },
    };
    const inOrder = identifierMaker(column, 3);
    const expected = Array.from({ length: 50 }, (_, row) => inOrder.next(row));
    const jumping = identifierMaker(column, 3);
    expect(jumping.next(49)).toBe(expected[49]);
    expect(jumping.next(7)).toBe(expected[7]);
  });

  it('leaves about as many rows empty as the source', () => {
    const column: ColumnSchema = {
      name: 'k',
      kind: 'identifier',
      role: 'identifier',
      nullable: true,
      pattern: 'AA-9999',
      identifier: { type: 'pattern', nulls: 0.3 },
    };
    const maker = identifierMaker(column, 3);
    const empty = Array.from({ length: 20_000 }, (_, row) => maker.next(row)).filter(
      (value) => value === null,
    );
    expect(empty.length / 20_000).toBeCloseTo(0.3, 1);
  });
});
