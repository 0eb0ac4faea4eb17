import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Table } from '../table.ts';
import { readCondition, type Bindable } from './bind.ts';
import { passes, satisfied, testsOf } from './condition.ts';

const columns: Bindable[] = [
  { name: 'age', kind: 'integer', role: 'keep' },
  { name: 'capital gain', kind: 'decimal', role: 'keep' },
  { name: 'income', kind: 'category', role: 'keep' },
  { name: 'seen', kind: 'datetime', role: 'keep', format: '%d.%m.%Y' },
  { name: 'smokes', kind: 'boolean', role: 'keep', spellings: ['N', 'Y'] },
  { name: 'education-num', kind: 'integer', role: 'keep' },
  { name: 'id', kind: 'identifier', role: 'identifier' },
  { name: 'notes', kind: 'text', role: 'keep' },
];
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

const table: Table = {
  rows: 6,
  columns: [
    { type: 'number', name: 'age', values: Float64Array.of(17, 18, 60, 65, 70, NaN) },
    { type: 'number', name: 'capital gain', values: Float64Array.of(0, 1.5, 2, NaN, -3, 7) },
    {
      type: 'category',
      name: 'income',
      categories: ['<=50K', '>50K', "O'Neil"],
      codes: Int32Array.of(0, 1, 1, -1, 2, 0),
    },
    {
      type: 'number',
      name: 'seen',
      values: Float64Array.of(
        day('2020-01-31'),
        day('2020-02-01'),
        day('2019-12-31'),
        NaN,
        day('2020-02-29'),
        day('2021-01-01'),
      ),
    },
    { type: 'category', name: 'smokes', categories: ['N', 'Y'], codes: Int32Array.of(0, 1, 0, 1, -1, 1) },
    { type: 'number', name: 'education-num', values: Float64Array.of(1, 2, 3, 4, 5, 6) },
  ],
};

const rowsOf = (source: string): number[] => {
  const found = satisfied(readCondition(source, columns), table);
  return [...found.keys()].filter((row) => found[row] === 1);
};

describe('the rows a condition takes', () => {
  it.each<[string, number[]]>([
    ['income=">50K" and age between 60 and 70', [2]],
    ['age >= 18 and age < 65', [1, 2]],
    ['age<18 or age>65', [0, 4]],
    ['not (age < 18 or age > 65)', [1, 2, 3]],
    ['not age = 17', [1, 2, 3, 4]],
    ['age != 17', [1, 2, 3, 4]],
    ['age is null', [5]],
    ['age is not missing AND "capital gain" IS NULL', [3]],
    ['not age is null', [0, 1, 2, 3, 4]],
    ['"capital gain" > -3.5 and "capital gain" <= 1.5', [0, 1, 4]],
    ['age in (17, 70)', [0, 4]],
    ['age not in (17, 70)', [1, 2, 3]],
    ['not age between 18 and 65', [0, 4]],
    ['income in ("<=50K", ">50K")', [0, 1, 2, 5]],
    ['income != ">50K"', [0, 4, 5]],
    ['income = "O\'Neil"', [4]],
    ["income = 'O''Neil'", [4]],
    ["income = O'Neil", [4]],
    ['seen = 2020-01-31', [0]],
    ['seen = 31.01.2020', [0]],
    ['seen <= 2020-02', [0, 1, 2, 4]],
    ['seen = 2020', [0, 1, 4]],
    ['seen > 2020', [5]],
    ['seen between 2020-02-01 and 2020-02-29', [1, 4]],
    ['smokes = true', [1, 3, 5]],
    ['smokes = N', [0, 2]],
    ['AGE ≥ 65', [3, 4]],
    ['education-num=3', [2]],
    ['(age = 17 or age = 18) and income = ">50K"', [1]],
    ['age = 17 or age = 18 and income = "<=50K"', [0]],
  ])('%s', (source, rows) => {
    expect(rowsOf(source)).toEqual(rows);
  });
});

describe('dates of columns with offsets from UTC', () => {
  const share = { style: '+01:00', z: false } as const;
  const halves = [60, 120].map((minutes) => ({ minutes, share: 0.5 }));
  const berlin = { ...share, place: 'Europe/Berlin', offsets: halves };
  const holds = (source: string, moment: string, about: Partial<Bindable>): boolean => {
    const column: Bindable = { name: 'seen', kind: 'datetime', role: 'keep', format: '%Y-%m-%dT%H:%M:%S%z' };
    const values = Float64Array.of(Date.parse(moment));
    const condition = readCondition(source, [{ ...column, ...about }]);
    return satisfied(condition, { rows: 1, columns: [{ type: 'number', name: 'seen', values }] })[0] === 1;
  };

  it.each<[string, string, boolean]>([
    ['seen = 2020-07-01', '2020-07-01T00:00:00+02:00', true],
    ['seen = 2020-07-01', '2020-07-01T23:59:59+02:00', true],
    ['seen = 2020-07-01', '2020-07-02T00:00:00+02:00', false],
    ['seen = 2020-07', '2020-07-01T00:00:00+02:00', true],
    ['seen = 2020', '2020-01-01T00:00:00+01:00', true],
    ['seen = "2020-07-01 12:00"', '2020-07-01T12:00:30+02:00', true],
    ['seen = "2020-07-01 12:00+00:00"', '2020-07-01T12:00:30+02:00', false],
    ['seen = "2020-07-01 12:00 +00"', '2020-07-01T14:00:30+02:00', true],
    ['seen = 2020-07-01Z', '2020-07-01T01:00:00+02:00', false],
    ['seen = "2020-07-01T12:00:00+0100"', '2020-07-01T13:00:00+02:00', true],
    // The clocks go from 2 to 3, and from 3 to 2.
    ['seen >= "2020-03-29 02:30"', '2020-03-29T03:00:00+02:00', true],
    ['seen >= "2020-03-29 02:30"', '2020-03-29T01:59:59+01:00', false],
    ['seen >= "2020-10-25 02:30"', '2020-10-25T02:30:00+02:00', true],
    ['seen = 2020-10-25', '2020-10-25T23:59:59+01:00', true],
  ])('%s of %s where Berlin explains them', (source, moment, expected) => {
    expect(holds(source, moment, { zone: berlin })).toBe(expected);
  });

  it('are those of UTC where no place explains them, and of the one offset where there is one', () => {
    expect(holds('seen = 2020-07-01', '2020-06-30T23:30:00Z', { zone: { ...share, offsets: halves } })).toBe(
      false,
    );
    const one = { ...share, offsets: [{ minutes: 120, share: 1 }] };
    expect(holds('seen = 2020-07-01', '2020-06-30T23:30:00Z', { zone: one })).toBe(true);
  });

  it('count an offset that is not the one of the column', () => {
    // Such a column holds the time as it is written: 14:00 at +02:00.
    const format = '%Y-%m-%dT%H:%M:%S+02:00';
    expect(holds('seen = "2020-07-01T12:00:00Z"', '2020-07-01T14:00:00Z', { format })).toBe(true);
    expect(holds('seen = "2020-07-01T14:00:00+02:00"', '2020-07-01T14:00:00Z', { format })).toBe(true);
    expect(holds('seen = "2020-07-01T14:00:00"', '2020-07-01T14:00:00Z', { format })).toBe(true);
  });
});

describe('what is not understood', () => {
  it.each<[string, RegExp, RegExp]>([
    ['', /At character 1: The text ends where the name of a column/, /Write/],
    ['age', /At character 4: The text ends where a comparison/, /Write/],
    ['age >', /At character 6: The text ends where a value/, /Write/],
    ['age > 5 6', /At character 9: “6” stands where “and”, “or” or the end/, /Write/],
    ['age > "x', /At character 7: The quotation that begins here does not end/, /Close/],
    ['(age > 5', /where “\)” was expected/, /Write/],
    ['age between 5', /where “and” was expected/, /Write/],
    ['age between 9 and 5', /first value after “between” is greater/, /smaller/],
    ['income = >50K', /where a value \(in quotes/, /Write/],
    ['agee > 5', /no column “agee”/, /The columns are age/],
    ['age > old', /At character 7: “age” holds numbers/, /Write a number/],
    ['income > 5', /“income” holds categories/, /Compare/],
    ['seen > soon', /“seen” holds dates/, /2020-01-31/],
    ['seen > 2020-02-30', /“seen” holds dates/, /2020-01-31/],
    ['id = 5', /“id” are made anew/, /Leave/],
    ['notes = x', /“notes” is not learned/, /Leave/],
    ['age not 5', /where “in” or “between” was expected/, /Write/],
  ])('%s', (source, message, fix) => {
    let thrown: unknown;
    try {
      readCondition(source, columns);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'condition/invalid' });
    expect((thrown as Error).message).toMatch(message);
    expect((thrown as { fix?: string }).fix).toMatch(fix);
  });

  it('is told, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (source) => {
        try {
          readCondition(source, columns);
        } catch (error) {
          expect(error).toMatchObject({ code: 'condition/invalid' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});

it('“not” takes exactly the rows left over among those that have a value', () => {
  const number = fc.integer({ min: 15, max: 75 });
  const simple = fc.oneof(
    fc.tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), number).map(([sign, n]) => `age ${sign} ${n}`),
    fc.array(number, { minLength: 1, maxLength: 4 }).map((list) => `age in (${list.join(', ')})`),
    fc.tuple(number, number).map(([a, b]) => `age between ${Math.min(a, b)} and ${Math.max(a, b)}`),
  );
  const combined = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      simple,
      fc
        .tuple(tie('tree'), fc.constantFrom('and', 'or'), tie('tree'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      tie('tree').map((inner) => `not (${inner})`),
    ),
  })).tree;
  const ages: Table = {
    rows: 61,
    columns: [
      { type: 'number', name: 'age', values: Float64Array.from({ length: 61 }, (_, row) => row + 15) },
    ],
  };
  fc.assert(
    fc.property(combined, (source) => {
      const [yes, no] = [source, `not (${source})`].map((each) =>
        satisfied(readCondition(each, columns), ages),
      );
      expect(yes?.map((value) => 1 - value)).toEqual(no);
    }),
  );
});

it('a missing value satisfies “is null” alone', () => {
  for (const source of ['age = 5', 'age != 5', 'income != x', 'not income = x', 'income not in (x, y)'])
    for (const test of testsOf(readCondition(source, columns))) expect(passes(test, null)).toBe(false);
  expect(testsOf(readCondition('age is null', columns)).every((test) => passes(test, null))).toBe(true);
});
