import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../compute/random.ts';
import { readCondition } from '../../tables/conditions/bind.ts';
import { satisfied } from '../../tables/conditions/condition.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { Table } from '../../tables/table.ts';
import { chunkRows, compileDraw } from './draw-program.ts';
import { classCount } from './encoding.ts';
import type { TableEncoding } from './encoding.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from './generator.ts';
import { joinTables } from './join-tables.ts';
import { createSampler } from './sampler.ts';

/** Drawn in the order of classes: amount, age, town, sex, flag. */
const encoding: TableEncoding = {
  columns: [
    { type: 'category', name: 'sex', own: ['f', 'm'], buckets: [], nulls: true },
    {
      type: 'number',
      name: 'age',
      decimals: 0,
      step: 1,
      offset: 0,
      heavy: [30, 40],
      bins: [
        [18, 25, 32],
        [32, 45],
        [45, 60, 80],
      ],
      nulls: true,
    },
    {
      type: 'number',
      name: 'amount',
      decimals: 2,
      step: 1,
      offset: 0,
      heavy: [0],
      bins: [
        [-5, 1, 3],
        [3, 9],
        [9, 10, 40],
        [40, 100],
        [100, 1000],
        [1000, 2000],
      ],
      nulls: false,
    },
    {
      type: 'category',
      name: 'town',
      own: ['Aachen', 'Bonn'],
      buckets: [
        { names: ['Celle', 'Düren'], counts: [30, 10] },
        { names: ['Emden'], counts: [7] },
      ],
      nulls: false,
    },
    { type: 'category', name: 'flag', own: ['no', 'yes'], buckets: [], nulls: false },
  ],
};
const schema: ColumnSchema[] = encoding.columns.map(({ name, type }) => ({
  name,
  kind: type === 'category' ? 'category' : name === 'age' ? 'integer' : 'decimal',
  role: 'keep',
  nullable: true,
  ...(name === 'amount' && { decimals: 2, minDecimals: 2 }),
}));

let generator: Uint8Array;
let plain: Table;

/** Rows of the model, with a condition or without. */
async function draw(rows: number, seed: number, where?: string): Promise<Table> {
  const condition = where === undefined ? undefined : readCondition(where, schema);
  const sampler = await createSampler({ generator, encoding, schema }, { condition });
  try {
    const chunks: Table[] = [];
    for await (const chunk of sampler.sample(rows, seed)) chunks.push(chunk);
    return joinTables(chunks);
  } finally {
    await sampler.dispose();
  }
}

beforeAll(async () => {
  const classes = encoding.columns.map(classCount);
  const positions = encoding.columns.map((column, at) =>
    column.type === 'number'
      ? Float32Array.from({ length: classes[at]! }, (_, code) => code / classes[at]!)
      : undefined,
  );
  const shape = { classes, positions, order: drawingOrder(classes), hidden: 16, units: 8 };
  const layout = generatorLayout(shape);
  const program = await compileDraw(shape, layout, chunkRows);
  const parameters = initialiseGenerator(layout, [], createRandom(5));
  // Columns that depend on each other much more than those of an untrained network.
  for (const column of shape.order) {
    for (const [name, factor] of [
      [`out${column}`, 18],
      [`embed${column}`, 5],
    ] as const) {
      const slice = layout.slices[name];
      for (let at = slice?.offset ?? 0; at < (slice ? slice.offset + slice.size : 0); at++)
        parameters[at]! *= factor;
    }
  }
  program.writeState({ parameters });
  generator = await program.toOnnx({ constants: ['parameters'] });
  await program.dispose();
  plain = await draw(400_000, 1);
}, 60_000);
afterAll(() => undefined);

/** A row in a few words: every category, and numbers by where they lie. */
function kinds(table: Table, rows: readonly number[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const words = table.columns.map((column) => {
      if (column.type === 'category') return column.categories[column.codes[row]!] ?? 'none';
      const value = column.values[row]!;
      if (Number.isNaN(value)) return 'none';
      return String([0, 3, 20, 31, 45, 50, 65, 500].findIndex((edge) => value < edge));
    });
    const word = words.join(' ');
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/**
 * Chi-square of two samples, as standard deviations above what it is expected to be where both come from the same
 * distribution; kinds of row seen fewer than ten times are put together.
 */
function difference(left: Map<string, number>, right: Map<string, number>): number {
  const total = (counts: Map<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);
  const [n, m] = [total(left), total(right)];
  const pairs: [number, number][] = [[0, 0]];
  for (const word of new Set([...left.keys(), ...right.keys()])) {
    const pair: [number, number] = [left.get(word) ?? 0, right.get(word) ?? 0];
    if (pair[0] + pair[1] < 10) pairs[0] = [pairs[0]![0] + pair[0], pairs[0]![1] + pair[1]];
    else pairs.push(pair);
  }
  const used = pairs.filter(([a, b]) => a + b > 0);
  const chi = used.reduce(
    (sum, [a, b]) => sum + (a * Math.sqrt(m / n) - b * Math.sqrt(n / m)) ** 2 / (a + b),
    0,
  );
  const freedom = used.length - 1;
  return (chi - freedom) / Math.sqrt(2 * freedom);
}

const conditions = [
  'flag = yes',
  'sex is null and flag = no',
  'age between 20 and 28',
  'age >= 50 and town = Düren',
  'amount > 15.5 and amount <= 60',
  'amount < 0 or flag = yes and sex = f',
  'not (town in (Aachen, Celle) or age < 40)',
  'amount != 0 and age is not null and sex = m',
];

describe.each(conditions)('%s', (where) => {
  let guided: Table;
  beforeAll(async () => {
    guided = await draw(10_000, 2, where);
  });

  it('holds in every row', () => {
    expect(guided.rows).toBe(10_000);
    expect(satisfied(readCondition(where, schema), guided).every((each) => each === 1)).toBe(true);
  });

  it('gives the rows that throwing all others away gives', () => {
    const accepted = satisfied(readCondition(where, schema), plain);
    const rows = [...accepted.keys()].filter((row) => accepted[row] === 1);
    expect(rows.length).toBeGreaterThan(500);
    const found = kinds(guided, [...Array(guided.rows).keys()]);
    // Latin hypercubes make counts of the plain rows steadier than chance: never more than that.
    expect(difference(found, kinds(plain, rows))).toBeLessThan(4);
  });
});

it('the measure of difference tells a wrong distribution', async () => {
  // What a mask at the last column alone would give: the other columns as if nothing were asked.
  const masked = await draw(10_000, 3);
  const accepted = satisfied(readCondition('flag = yes', schema), plain);
  const rows = [...accepted.keys()].filter((row) => accepted[row] === 1);
  const [flag] = masked.columns.slice(-1);
  if (flag?.type !== 'category') throw new Error('A category column was expected.');
  flag.codes.fill(1);
  expect(difference(kinds(masked, [...Array(masked.rows).keys()]), kinds(plain, rows))).toBeGreaterThan(10);
});

it('forecasts the share of rows', async () => {
  for (const where of conditions) {
    const condition = readCondition(where, schema);
    const sampler = await createSampler({ generator, encoding, schema }, { condition });
    const forecast = await sampler.forecast();
    await sampler.dispose();
    const real = satisfied(condition, plain).reduce((sum, each) => sum + each, 0) / plain.rows;
    expect(forecast?.share).toBeGreaterThan(real * 0.85);
    expect(forecast?.share).toBeLessThan(real * 1.15);
    expect(forecast?.rowsPerSecond).toBeGreaterThan(0);
  }
});

describe('what cannot be', () => {
  it.each<[string, RegExp]>([
    ['age > 200', /every value of “age” that the model knows is smaller/],
    ['amount < -50', /every value of “amount” that the model knows is greater/],
    ['age = 30.5', /“age” takes none of these values/],
    ['town = Essen', /knows no such value of “town”/],
    ['flag is null', /“flag” is never missing/],
    ['flag not in (yes, no)', /no value of “flag” but those left out/],
    ['flag = yes and flag = no', /contradict each other/],
    ['age < 20 and age > 70', /contradict each other/],
    ['(flag = yes or sex = f) and flag = no and sex = m', /contradict each other/],
  ])('%s', async (where, why) => {
    const condition = readCondition(where, schema);
    await expect(createSampler({ generator, encoding, schema }, { condition })).rejects.toMatchObject({
      code: 'condition/impossible',
      message: expect.stringMatching(why),
    });
  });
});

it('draws the values of a narrow range, none of which is common', async () => {
  const table = await draw(200, 4, 'amount between 1234.56 and 1234.58');
  const [, , amount] = table.columns;
  if (amount?.type !== 'number') throw new Error('A number column was expected.');
  expect(new Set(amount.values)).toEqual(new Set([1234.56, 1234.57, 1234.58]));
});

it('a longer sample begins with the shorter one, and the same seed gives the same rows', async () => {
  const [short, long] = [await draw(300, 7, 'flag = yes'), await draw(3000, 7, 'flag = yes')];
  for (const [at, column] of short.columns.entries()) {
    const other = long.columns[at];
    if (column.type === 'number' && other?.type === 'number')
      expect(other.values.slice(0, 300)).toEqual(column.values);
    if (column.type === 'category' && other?.type === 'category')
      expect(other.codes.slice(0, 300)).toEqual(column.codes);
  }
});
