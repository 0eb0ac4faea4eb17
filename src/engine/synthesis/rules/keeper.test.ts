import { beforeAll, describe, expect, it } from 'vitest';
import type { FittedRule } from '../../../shared/rules.ts';
import { createRandom } from '../../compute/random.ts';
import { readCondition } from '../../tables/conditions/bind.ts';
import { satisfied } from '../../tables/conditions/condition.ts';
import { readRule } from '../../tables/rules/rule-text.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { Table } from '../../tables/table.ts';
import { chunkRows, compileDraw } from '../tables/draw-program.ts';
import { classCount } from '../tables/encoding.ts';
import type { TableEncoding } from '../tables/encoding.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from '../tables/generator.ts';
import { joinTables } from '../tables/join-tables.ts';
import { createSampler } from '../tables/sampler.ts';
import { bindRule } from './bound-rule.ts';

const amounts = [
  [0, 10, 30],
  [30, 60],
  [60, 100],
];
const numberColumn = (name: string, bins: number[][], nulls = false) =>
  ({ type: 'number', name, decimals: 2, step: 1, offset: 0, heavy: [], bins, nulls }) as const;
const towns = ['A', 'B', 'C', 'D', 'E', 'F'];
const encoding = {
  columns: [
    numberColumn('net', amounts),
    numberColumn('tax', amounts),
    numberColumn(
      'total',
      [
        [0, 50, 100],
        [100, 200],
      ],
      true,
    ),
    numberColumn('low', amounts),
    numberColumn('high', amounts, true),
    { type: 'category', name: 'town', own: towns, buckets: [], nulls: false },
    { type: 'category', name: 'region', own: ['north', 'south', 'west'], buckets: [], nulls: true },
  ],
} as unknown as TableEncoding;
const schema: ColumnSchema[] = encoding.columns.map(({ name, type }) => ({
  name,
  kind: type === 'category' ? 'category' : 'decimal',
  role: 'keep',
  nullable: true,
  ...(type === 'number' && { decimals: 2, minDecimals: 2 }),
}));

let generator: Uint8Array;
beforeAll(async () => {
  const classes = encoding.columns.map(classCount);
  const shape = {
    classes,
    positions: classes.map(() => undefined),
    order: drawingOrder(classes),
    hidden: 16,
    units: 8,
  };
  const layout = generatorLayout(shape);
  const program = await compileDraw(shape, layout, chunkRows);
  program.writeState({ parameters: initialiseGenerator(layout, [], createRandom(5)) });
  generator = await program.toOnnx({ constants: ['parameters'] });
  await program.dispose();
});

const fitted = (text: string, combinations?: [string, string, number][]): FittedRule => ({
  rule: readRule(text, schema),
  ...(combinations && {
    combinations: combinations.map(([from, to, count]) => ({ values: [from, to], count })),
  }),
});
const regions: [string, string, number][] = [
  ['A', 'north', 50],
  ['B', 'north', 50],
  ['C', 'south', 50],
  ['D', 'south', 9],
];

async function draw(rules: FittedRule[], rows = 5000, where?: string) {
  const condition = where === undefined ? undefined : readCondition(where, schema);
  const sampler = await createSampler({ generator, encoding, schema }, { rules, condition });
  try {
    const stream = sampler.sample(rows, 3);
    const chunks: Table[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return { table: joinTables(chunks), outcomes: stream.rules };
  } finally {
    await sampler.dispose();
  }
}

const breaks = (rule: FittedRule, table: Table): number =>
  bindRule(rule, schema)
    .broken(table)
    .reduce((sum, each) => sum + each, 0);

describe.each<[string, FittedRule[]]>([
  ['an order', [fitted('low <= high')]],
  ['a strict order', [fitted('low < high')]],
  ['a sum', [fitted('total = net + tax')]],
  ['a product', [fitted('total = net * tax / 100')]],
  ['an order that is rare', [fitted('low < high'), fitted('high < net'), fitted('net < tax')]],
  ['a column that determines another', [fitted('town determines region', regions)]],
  ['combinations', [fitted('combinations of town, region', regions)]],
  ['a list', [fitted('town in (A, C, F)')]],
  ['columns missing together', [fitted('missing together: high, region, total')]],
  ['a condition', [fitted('not (town = A and net > 50)')]],
  [
    'all kinds at once',
    [
      fitted('total = net + tax'),
      fitted('low < high'),
      fitted('town determines region', regions),
      fitted('not (town = A and net > 50)'),
      fitted('total >= high'),
    ],
  ],
])('%s', (_, rules) => {
  it('holds in every row, and what it took is counted', async () => {
    const { table, outcomes } = await draw(rules);
    expect(table.rows).toBe(5000);
    for (const rule of rules) expect(breaks(rule, table)).toBe(0);
    expect(outcomes).toHaveLength(rules.length);
    for (const { repaired, redrawn } of outcomes) expect(repaired + redrawn).toBeGreaterThan(0);
  });
});

it('mends equations rather than wait for them, and throws rows away where that distorts less', async () => {
  const { outcomes } = await draw([fitted('total = net + tax'), fitted('not (town = A and net > 50)')]);
  expect(outcomes[0]?.repaired).toBeGreaterThan(3000);
  expect(outcomes[0]?.redrawn).toBe(0);
  expect(outcomes[1]?.repaired).toBe(0);
  expect(outcomes[1]?.redrawn).toBeGreaterThan(0);
});

it('settles a counterpart that too few rows have by itself, the same throughout the sample', async () => {
  const rule = fitted('town determines region', regions);
  const { table } = await draw([rule]);
  const [town, region] = table.columns.slice(-2);
  if (town?.type !== 'category' || region?.type !== 'category') throw new Error('Categories were expected.');
  const found = new Map<number, Set<number>>();
  town.codes.forEach((code, row) => found.set(code, (found.get(code) ?? new Set()).add(region.codes[row]!)));
  expect([...found.values()].map(({ size }) => size)).toEqual(towns.map(() => 1));
});

it('a sum is solved for a part where the total is settled already', async () => {
  const rules = [fitted('total = net + tax'), fitted('total = low * 2')];
  const { table } = await draw(rules, 500);
  for (const rule of rules) expect(breaks(rule, table)).toBe(0);
});

it('rules and a condition hold together', async () => {
  const rules = [
    fitted('total = net + tax'),
    fitted('low <= high'),
    fitted('town determines region', regions),
  ];
  const where = 'total > 120 and region = north and high is not null';
  const { table } = await draw(rules, 1000, where);
  for (const rule of rules) expect(breaks(rule, table)).toBe(0);
  expect(satisfied(readCondition(where, schema), table).every((each) => each === 1)).toBe(true);
});

describe('rules that cannot be kept together are refused', () => {
  it.each<[string, string[], RegExp]>([
    ['a circle', ['low < high', 'high < net', 'net < low'], /go in a circle/],
    ['two lists', ['town in (A, B)', 'town in (C)'], /two lists for “town”/],
    [
      'a column settled twice',
      ['total = net + tax', 'net = tax * 2', 'tax = total / 7', 'total = net * tax'],
      /settle|hardly/,
    ],
    ['what the model never makes', ['low > 5000'], /hardly a row in which “low > 5000” holds/],
  ])('%s', async (_, texts, why) => {
    await expect(draw(texts.map((text) => fitted(text)))).rejects.toMatchObject({
      code: 'rule/contradiction',
      message: expect.stringMatching(why),
    });
  });
});

it('the same seed gives the same rows, and a longer sample begins with the shorter', async () => {
  const rules = [fitted('low < high'), fitted('town determines region', regions)];
  const [short, long] = [await draw(rules, 200), await draw(rules, 4000)];
  short.table.columns.forEach((column, at) => {
    const other = long.table.columns[at];
    if (column.type === 'number' && other?.type === 'number')
      expect(other.values.slice(0, 200)).toEqual(column.values);
  });
});
