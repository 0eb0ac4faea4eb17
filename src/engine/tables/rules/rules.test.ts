import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnSchema } from '../schema.ts';
import type { Column, Table } from '../table.ts';
import { discoverRules } from './discover.ts';
import { fitRule } from './fit.ts';
import { evaluate, parseFormula, solveFor } from './formula.ts';
import { quote, readRule, ruleText } from './rule-text.ts';

/** mulberry32, so that the tables are the same every time. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const category = (name: string, values: readonly (string | null)[]): Column => {
  const categories = [...new Set(values.filter((value) => value !== null))].sort();
  return { type: 'category', name, categories, codes: Int32Array.from(values, (value) => (value === null ? -1 : categories.indexOf(value))) }; // prettier-ignore
};
const number = (name: string, values: readonly number[]): Column => ({
  type: 'number',
  name,
  values: Float64Array.from(values),
});

const kinds: Record<string, Partial<ColumnSchema>> = {
  start: { kind: 'datetime', format: '%Y-%m-%d' },
  end: { kind: 'datetime', format: '%Y-%m-%d' },
  net: { kind: 'decimal', decimals: 2 },
  tax: { kind: 'decimal', decimals: 2 },
  total: { kind: 'decimal', decimals: 2 },
  price: { kind: 'decimal', decimals: 2 },
  cost: { kind: 'decimal', decimals: 2 },
};
const schemaOf = (table: Table): ColumnSchema[] =>
  table.columns.map(({ name, type }) => ({
    name,
    kind: type === 'category' ? 'category' : 'integer',
    role: 'keep',
    nullable: true,
    ...kinds[name],
  }));

const day = 86_400_000;

function planted(rows: number, dirty: number): Table {
  const random = noise(7);
  const draw = (make: (row: number) => number): number[] =>
    Array.from({ length: rows }, (_, row) => make(row));
  const start = draw(() => Math.floor(random() * 3000) * day);
  const end = start.map((value) => value + Math.floor(random() * 400) * day);
  const cents = (value: number): number => Math.round(value * 100) / 100;
  const net = draw(() => cents(random() * 900));
  const tax = net.map((value) => cents(value * (random() < 0.5 ? 0.07 : 0.19)));
  const total = net.map((value, row) => cents(value + tax[row]!));
  const price = draw(() => cents(1 + random() * 50));
  const quantity = draw(() => 1 + Math.floor(random() * 9));
  const cost = price.map((value, row) => cents(value * quantity[row]!));
  const parts = ['q1', 'q2', 'q3', 'q4'].map(() => draw(() => Math.floor(random() * 100)));
  const year = draw((row) => parts.reduce((sum, part) => sum + part[row]!, 0));
  const town = draw(() => Math.floor(random() ** 2 * 40));
  const missing = draw(() => (random() < 0.2 ? 1 : 0));
  const grade = draw(() => [1, 2, 5, 10][Math.floor(random() * 4)]!);
  for (let row = 0; row < dirty; row++) {
    total[row * 97] = total[row * 97]! + 1;
    end[row * 89] = start[row * 89]! - day;
  }
  return {
    rows,
    columns: [
      number('start', start),
      number('end', end),
      number('net', net),
      number('tax', tax),
      number('total', total),
      number('price', price),
      number('quantity', quantity),
      number('cost', cost),
      ...parts.map((part, at) => number(`q${at + 1}`, part)),
      number('year total', year),
      category(
        'town',
        town.map((value) => `town ${value}`),
      ),
      category(
        'region',
        town.map((value) => `region ${value % 6}`),
      ),
      category(
        'code',
        town.map((value) => `R${value % 6}`),
      ),
      category(
        'street',
        missing.map((gone) => (gone ? null : `s${Math.floor(random() * 30)}`)),
      ),
      number(
        'house',
        missing.map((gone) => (gone ? NaN : Math.floor(random() * 80))),
      ),
      number('grade', grade),
    ],
  };
}

it('finds what was planted, with its counterexamples, and nothing else', () => {
  const table = planted(20_000, 5);
  const found = discoverRules(table, schemaOf(table));
  expect(Object.fromEntries(found.map(({ text, counterexamples }) => [text, counterexamples]))).toEqual({
    'start <= end': 5,
    'total = net + tax': 5,
    'cost = price * quantity': 0,
    '"year total" = q1 + q2 + q3 + q4': 0,
    'town determines region': 0,
    'combinations of region, code': 0,
    'missing together: street, house': 0,
    'grade in (1, 2, 5, 10)': 0,
  });
});

it('finds nothing among columns that have nothing to do with each other', () => {
  const random = noise(3);
  const rows = 5000;
  const columns: Column[] = [];
  for (let at = 0; at < 12; at++) {
    columns.push(
      number(
        `n${at}`,
        Array.from({ length: rows }, () => Math.floor(random() * (at < 6 ? 50 : 5000))),
      ),
    );
    columns.push(
      category(
        `c${at}`,
        Array.from({ length: rows }, () => `v${Math.floor(random() * (2 + at * 3))}`),
      ),
    );
    columns.push(
      number(
        `far${at}`,
        Array.from({ length: rows }, () => 1e6 * at + Math.floor(random() * 1000)),
      ),
    );
  }
  const table = { rows, columns };
  expect(discoverRules(table, schemaOf(table)).map(({ text }) => text)).toEqual([]);
});

it('proposes nothing of a table of a few rows', () => {
  const table = planted(15, 0);
  expect(discoverRules(table, schemaOf(table))).toEqual([]);
});

it('leaves out what follows from others', () => {
  const random = noise(5);
  const a = Array.from({ length: 4000 }, () => Math.floor(random() * 100));
  const b = a.map((value) => value + Math.floor(random() * 100));
  const c = b.map((value) => value + Math.floor(random() * 100));
  const table = { rows: 4000, columns: [number('a', a), number('b', b), number('c', c)] };
  expect(discoverRules(table, schemaOf(table)).map(({ text }) => text)).toEqual(['a <= b', 'b <= c']);
});

describe('a rule as text', () => {
  const table = planted(50, 0);
  const schema = schemaOf(table);

  it.each([
    'start <= end',
    'start < end',
    'total = net + tax',
    'net = total - tax',
    '"year total" = q1 + q2 + q3 + q4',
    'town determines region',
    'combinations of town, region, code',
    'grade in (1, 2, 5)',
    'missing together: street, house',
    'not (town = "town 3" and grade > 2)',
    'net > 5 or total < 3',
    'grade = 5',
    'price = cost',
  ])('%s is read and written', (text) => {
    const rule = readRule(text, schema);
    expect(ruleText(rule)).toBe(text);
    expect(readRule(ruleText(rule), schema)).toEqual(rule);
  });

  it.each([
    ['start <= net', /a date cannot be compared/],
    ['total = net + nett', /no column “nett”/],
    ['total = total + net', /cannot be made of itself/],
    ['town determines town', /always determines itself/],
    ['town < region', /holds categories/],
    ['combinations of town', /two columns or more/],
    ['total = net +', /formula ends where a column/],
    ['gibberish', /no|expected/],
    ['', /expected/],
  ])('%s is refused', (text, why) => {
    expect(() => readRule(text, schema)).toThrow(
      expect.objectContaining({ code: 'rule/invalid', message: expect.stringMatching(why) }),
    );
  });

  it('is told to be wrong, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), (text) => {
        try {
          readRule(text, schema);
        } catch (error) {
          expect(error).toMatchObject({ code: 'rule/invalid' });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('quotes any name', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name.trim() === name),
        (name) => {
          const columns = [name, 'other column'].map((each) => ({
            name: each,
            kind: 'integer' as const,
            role: 'keep' as const,
          }));
          if (name === 'other column') return;
          const text = `${quote(name)} <= ${quote('other column')}`;
          expect(readRule(text, columns)).toEqual({
            type: 'order',
            low: name,
            high: 'other column',
            strict: false,
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

it('a formula is solved for each of its columns', () => {
  const names = ['a', 'b', 'c', 'd'];
  const tree = fc.letrec<{ t: string }>((tie) => ({
    t: fc.oneof({ maxDepth: 3 }, fc.constantFrom(...names, '2', '7.5'), fc.tuple(tie('t'), fc.constantFrom('+', '-', '*', '/'), tie('t')).map(([l, op, r]) => `(${l} ${op} ${r})`)), // prettier-ignore
  })).t;
  fc.assert(
    fc.property(tree, fc.constantFrom(...names), (text, wanted) => {
      const formula = parseFormula(text);
      const values: Record<string, number> = { a: 3.5, b: -2.25, c: 11, d: 0.7 };
      const result = evaluate(formula, (name) => values[name] ?? NaN);
      const solved = solveFor(wanted, 'result', formula);
      if (!solved || !Number.isFinite(result) || Math.abs(result) < 1e-6 || Math.abs(result) > 1e6) return;
      const back = evaluate(solved, (name) => (name === 'result' ? result : (values[name] ?? NaN)));
      if (Number.isFinite(back)) expect(back).toBeCloseTo(values[wanted]!, 4);
    }),
  );
});

it('keeps no combination that fewer than five rows share', () => {
  const values = ['a', 'a', 'a', 'a', 'a', 'b', 'b', 'b', 'b', 'c'];
  const table: Table = {
    rows: 10,
    columns: [
      category('x', values),
      category(
        'y',
        values.map((value) => `${value}!`),
      ),
    ],
  };
  for (const rule of [
    { type: 'determines', from: 'x', to: 'y' } as const,
    { type: 'combination', columns: ['x', 'y'] } as { type: 'combination'; columns: string[] },
  ])
    expect(fitRule(rule, table).combinations).toEqual([{ values: ['a', 'a!'], count: 5 }]);
});
