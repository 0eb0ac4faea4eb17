import { describe, expect, it } from 'vitest';
import { createRandom } from '../../compute/random.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { Column, Table } from '../../tables/table.ts';
import { encodeTable } from './codes.ts';
import { fitEncoding } from './fit-encoding.ts';
import { joinTables } from './join-tables.ts';
import { createLearner, usual } from './learner.ts';
import type { Snapshot } from './learner.ts';
import { createSampler } from './sampler.ts';
import { trainTableGan } from './train.ts';
import type { TrainedTableModel, TrainTableRequest } from './train.ts';

const schemaOf = (table: Table): ColumnSchema[] =>
  table.columns.map(({ name, type }) => ({
    name,
    kind: type === 'number' ? 'integer' : 'category',
    role: 'keep',
    nullable: true,
  }));

function request(training: Table, more: Partial<TrainTableRequest> = {}): TrainTableRequest {
  return {
    training,
    schema: schemaOf(training),
    holdoutScore: async () => 0.5,
    minutes: 1,
    stopEarly: true,
    seed: 5,
    maxEpochs: 6,
    ...more,
  };
}

async function generate(model: TrainedTableModel, rows: number, seed: number): Promise<Table> {
  const sampler = await createSampler(model);
  const chunks: Table[] = [];
  for await (const chunk of sampler.sample(rows, seed)) chunks.push(chunk);
  await sampler.dispose();
  return joinTables(chunks);
}

function category(name: string, codes: number[], count: number): Column {
  const categories = Array.from({ length: count }, (_, code) => `${name}${code}`);
  return { type: 'category', name, codes: Int32Array.from(codes), categories };
}

/** Two categories that nearly always agree, one of them with a class of 2 %, and a number that follows them. */
function small(rows: number): Table {
  const random = createRandom(8);
  const a = Array.from({ length: rows }, () => (random.uniform() < 0.02 ? 2 : random.integer(2)));
  const b = a.map((code) => (random.uniform() < 0.95 ? code : random.integer(3)));
  const number = a.map((code) => Math.round(code * 40 + random.normal() * 5));
  return {
    rows,
    columns: [
      category('a', a, 3),
      category('b', b, 3),
      { type: 'number', name: 'n', values: Float64Array.from(number) },
    ],
  };
}

const share = (column: Column | undefined, code: string): number => {
  if (column?.type !== 'category') throw new Error('A category column was expected.');
  return column.codes.filter((each) => column.categories[each] === code).length / column.codes.length;
};

describe('what is learned', () => {
  it('is the joint distribution, rare classes at their own share', { timeout: 60_000 }, async () => {
    const training = small(2500);
    const model = await trainTableGan(request(training, { maxEpochs: 20 }));
    const rows = 20_000;
    const [a, b, n] = (await generate(model, rows, 1)).columns;
    expect(share(a, 'a2')).toBeGreaterThan(0.75 * share(training.columns[0], 'a2'));
    expect(share(a, 'a2')).toBeLessThan(1.25 * share(training.columns[0], 'a2'));
    if (a?.type !== 'category' || b?.type !== 'category' || n?.type !== 'number') throw new Error('Types.');
    let agree = 0;
    let inOrder = 0;
    for (let row = 0; row < rows; row++) {
      if (a.categories[a.codes[row]!]?.slice(1) === b.categories[b.codes[row]!]?.slice(1)) agree++;
      if (n.values[row]! > 20 === (a.categories[a.codes[row]!] !== 'a0')) inOrder++;
    }
    expect(agree / rows).toBeGreaterThan(0.93);
    expect(inOrder / rows).toBeGreaterThan(0.97);
  });
});

describe('the same seed', () => {
  it('gives the same model and the same rows to the bit', { timeout: 60_000 }, async () => {
    const [one, two] = [await trainTableGan(request(small(600))), await trainTableGan(request(small(600)))];
    expect(Buffer.compare(one.generator, two.generator)).toBe(0);
    expect(one.encoding).toEqual(two.encoding);
    expect(await generate(one, 5000, 3)).toEqual(await generate(two, 5000, 3));
  });

  it('gives the same parameters when the critic takes part', { timeout: 60_000 }, async () => {
    const rows = 2500;
    const random = createRandom(4);
    const columns = Array.from({ length: 12 }, (_, index) =>
      category(
        `c${index}`,
        Array.from({ length: rows }, () => random.integer(20)),
        20,
      ),
    );
    const training = { rows, columns };
    const encoding = fitEncoding(training, schemaOf(training));
    const learn = async (): Promise<Snapshot> => {
      const learner = await createLearner(encoding, encodeTable(encoding, training), 3, usual);
      await learner.refine();
      // The generator listens to the critic after the first fifty steps.
      for (let step = 0; step < 60; step++) await learner.step(0.002);
      const snapshot = (await learner.save()).generator;
      await learner.dispose();
      return snapshot;
    };
    expect(await learn()).toEqual(await learn());
  });

  it('and another seed gives another model', async () => {
    const one = await trainTableGan(request(small(600), { maxEpochs: 1 }));
    const two = await trainTableGan(request(small(600), { maxEpochs: 1, seed: 6 }));
    expect(Buffer.compare(one.generator, two.generator)).not.toBe(0);
  });
});

describe('odd tables', () => {
  const train = async (columns: Column[], rows: number): Promise<Table> => {
    const model = await trainTableGan(request({ rows, columns }, { maxEpochs: 2 }));
    return generate(model, 50, 1);
  };
  const constant = (rows: number): Column => category('same', new Array<number>(rows).fill(0), 1);
  const nothing = (rows: number): Column => ({
    type: 'number',
    name: 'empty',
    values: new Float64Array(rows).fill(NaN),
  });

  it('of one constant column', async () => {
    const { columns } = await train([constant(40)], 40);
    expect(share(columns[0], 'same0')).toBe(1);
  });

  it('with a column of nulls only', async () => {
    const { columns } = await train([nothing(40), constant(40)], 40);
    expect(columns[0]?.type === 'number' && columns[0].values.every((value) => Number.isNaN(value))).toBe(
      true,
    );
  });

  it.each([10, 20])('of %i rows', async (rows) => {
    const generated = await train(small(rows).columns, rows);
    expect(generated.rows).toBe(50);
  });

  it.each([0, 1, 2, 9])('of %i rows are refused', async (rows) => {
    await expect(train(small(rows).columns, rows)).rejects.toMatchObject({ code: 'table/too-few-rows' });
  });

  it('without a value or a column are refused', async () => {
    await expect(train([nothing(40)], 40)).rejects.toMatchObject({ code: 'table/no-usable-column' });
    await expect(train([], 40)).rejects.toMatchObject({ code: 'table/no-usable-column' });
  });

  it('of seventy columns', { timeout: 60_000 }, async () => {
    const rows = 400;
    const random = createRandom(12);
    const columns = Array.from({ length: 70 }, (_, index): Column => {
      if (index % 3 === 0) {
        const values = Float64Array.from({ length: rows }, () => Math.round(random.normal() * 100));
        return { type: 'number', name: `n${index}`, values };
      }
      return category(
        `c${index}`,
        Array.from({ length: rows }, () => random.integer(4)),
        4,
      );
    });
    const model = await trainTableGan(request({ rows, columns }, { maxEpochs: 1, minutes: 10 }));
    expect(model.epochs).toBe(1);
    expect(model.history.every(({ generatorLoss }) => Number.isFinite(generatorLoss))).toBe(true);
    const generated = await generate(model, 300, 1);
    expect(generated.columns.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
    for (const column of generated.columns) {
      if (column.type === 'number') expect(column.values.every((value) => Math.abs(value) < 400)).toBe(true);
      else expect(new Set(column.codes).size).toBe(4);
    }
  });

  it('with 100,000 categories, five rows each', { timeout: 60_000 }, async () => {
    const rows = 500_000;
    const codes = Array.from({ length: rows }, (_, row) => row % 100_000);
    const training = { rows, columns: [category('many', codes, 100_000), constant(rows)] };
    const model = await trainTableGan(request(training, { maxEpochs: 1, minutes: 0.05 }));
    const { columns } = await generate(model, 2000, 7);
    expect(columns[0]?.type === 'category' && new Set(columns[0].codes).size).toBeGreaterThan(1500);
  });

  it('whose every category is one row: nothing of them comes out, and it is said', async () => {
    const columns = [
      category(
        'name',
        Array.from({ length: 600 }, (_, row) => row),
        600,
      ),
      ...small(600).columns,
    ];
    const training = { rows: 600, columns };
    const model = await trainTableGan(request(training, { maxEpochs: 2 }));
    expect(model.notes).toContainEqual(expect.stringMatching(/^name: 600 of the values .* stays empty/));
    const generated = await generate(model, 50, 7);
    expect(generated.columns[0]).toMatchObject({ codes: new Int32Array(50).fill(-1) });
  });
});

it('leaves a number column empty that only a few rows fill, and says so', async () => {
  const values = new Float64Array(600).fill(NaN);
  values.set([41_723, 55_100, 55_101]);
  const training = {
    rows: 600,
    columns: [{ type: 'number', name: 'lone', values } satisfies Column, ...small(600).columns],
  };
  const model = await trainTableGan(request(training, { maxEpochs: 1 }));
  expect(model.notes).toContainEqual(expect.stringMatching(/^lone: fewer than 9 rows .* stays empty/));
  expect(JSON.stringify(model.encoding)).not.toMatch(/41723|5510/);
  const [lone] = (await generate(model, 50, 7)).columns;
  expect(lone).toMatchObject({ values: new Float64Array(50).fill(NaN) });
});

describe('the limit of minutes', () => {
  it('counts from the call on, with one look however little is left', async () => {
    // Starting up alone takes longer than this.
    const called = performance.now();
    const model = await trainTableGan(request(small(600), { minutes: 1e-5, maxEpochs: 1000 }));
    const waited = (performance.now() - called) / 1000;
    expect(model.history).toHaveLength(1);
    expect(model.history[0]?.step).toBe(1);
    expect(model.seconds).toBeGreaterThan(1e-5 * 60);
    expect(model.seconds).toBeGreaterThan(waited / 2);
    expect((await generate(model, 20, 1)).rows).toBe(20);
  });
});

it('stops when cancelled', async () => {
  const stop = new AbortController();
  const run = trainTableGan(request(small(600)), { signal: stop.signal, onProgress: () => stop.abort() });
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
});
