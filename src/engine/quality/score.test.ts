import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scores as scoresSchema } from '../../shared/scores.ts';
import { findings } from '../../shared/verdicts.ts';
import type { Column, Table } from '../tables/table.ts';
import { takeRows } from '../tables/table.ts';
import { finish } from './cooperate.ts';
import { detectionAuc } from './detection.ts';
import { rareShares } from './rare.ts';
import { scoreTable } from './score.ts';
import { chooseTarget } from './target.ts';
import { category, makePeople, number, table } from './test-tables.ts';

const [training, holdout, fresh] = [makePeople(3000, 1), makePeople(3000, 2), makePeople(3000, 3)];

describe('all scores', () => {
  it('of fresh rows are what real rows reach', async () => {
    const scores = scoresSchema.parse(await scoreTable({ training, holdout, synthetic: fresh, seed: 1 }));
    expect(scores.accuracy.overall).toBeGreaterThan(scores.ceiling.overall - 0.02);
    expect(scores.utility?.target).toBe('income');
    expect(scores.utility?.synthetic).toBeGreaterThan((scores.utility?.real ?? 1) - 0.02);
    expect(scores.detection.auc).toBeLessThan(0.54);
    expect(scores.privacy.closerToTraining).toBeLessThan(0.54);
    expect(scores.columns.map(({ name }) => name)).toEqual(['age', 'school', 'region', 'savings', 'income']);
    expect(scores.pairs).toHaveLength(10);
    expect(findings(scores).every(({ verdict }) => verdict === 'good')).toBe(true);
  });

  it('tell where a bad table fails, and only there', async () => {
    const bad = makePeople(3000, 3, 1);
    const scores = await scoreTable({ training, holdout, synthetic: bad, seed: 1 });
    expect(scores.detection.auc).toBeGreaterThan(0.7);
    expect(scores.utility?.real).toBeGreaterThan((scores.utility?.synthetic ?? 1) + 0.05);
    const pair = (a: string, b: string): number =>
      scores.pairs.find((each) => each.a === a && each.b === b)?.accuracy ?? NaN;
    expect(pair('school', 'income')).toBeLessThan(pair('school', 'region') - 0.1);
  });

  it('of the training rows themselves show the leak', async () => {
    const scores = await scoreTable({ training, holdout, synthetic: training, seed: 1 });
    expect(scores.privacy.exactCopies).toBe(3000);
    expect(scores.privacy.closerToTraining).toBeGreaterThan(0.9);
    expect(findings(scores).find(({ score }) => score === 'copies')?.verdict).toBe('poor');
  });

  it('are the same for the same seed, whatever the order of the columns', async () => {
    const small = (seed: number): Table => makePeople(600, seed);
    const request = { training: small(1), holdout: small(2), synthetic: small(3), seed: 5 };
    const turned = { ...request.synthetic, columns: request.synthetic.columns.toReversed() };
    expect(await scoreTable(request)).toEqual(await scoreTable({ ...request, synthetic: turned }));
  });

  it('report progress that never goes back, name what is done, and stop when cancelled', async () => {
    const seen: number[] = [];
    const phases = new Set<string>();
    await scoreTable(
      { training, holdout, synthetic: fresh, seed: 1 },
      {
        onProgress: (fraction, phase) => {
          seen.push(fraction);
          phases.add(phase);
        },
      },
    );
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBeCloseTo(1, 9);
    expect(phases.size).toBe(6);
    const stop = new AbortController();
    const running = scoreTable(
      { training, holdout, synthetic: fresh, seed: 1 },
      { signal: stop.signal, onProgress: (fraction) => (fraction > 0.3 ? stop.abort() : undefined) },
    );
    await expect(running).rejects.toThrow(/abort/i);
  });

  it('refuse a target that is no column, and tables without rows or columns', async () => {
    const request = { training, holdout, synthetic: fresh, seed: 1 };
    await expect(scoreTable({ ...request, target: 'nope' })).rejects.toMatchObject({
      code: 'table/unknown-column',
    });
    const empty = takeRows(fresh, new Uint32Array(0));
    await expect(scoreTable({ ...request, synthetic: empty })).rejects.toMatchObject({
      code: 'table/too-few-rows',
    });
    const bare = { rows: 3000, columns: [] };
    await expect(scoreTable({ ...request, training: bare })).rejects.toMatchObject({
      code: 'table/no-usable-column',
    });
  });
});

describe('odd tables get sound scores', () => {
  const rows = (count: number, value: (row: number) => number): number[] =>
    Array.from({ length: count }, (_, row) => value(row));
  const cases: Record<string, Table> = {
    'one row': table(number('x', 1), category('c', 'a')),
    'two rows': table(number('x', 1, 2), category('c', 'a', 'b')),
    'one column of numbers': table(number('x', ...rows(300, (row) => row * row))),
    'one column of categories': table(category('c', ...rows(300, (row) => row % 3).map(String))),
    'constant columns': table(
      number('x', ...rows(200, () => 4)),
      category('c', ...rows(200, () => 0).map(String)),
    ),
    'all null': table(
      number('x', ...rows(200, () => NaN)),
      category('c', ...rows(200, () => 0).map(() => null)),
    ),
    'a null column beside another': table(
      number('x', ...rows(300, () => NaN)),
      number('y', ...rows(300, (row) => Math.sin(row))),
    ),
    'only categories': table(
      category('a', ...rows(400, (row) => row % 4).map(String)),
      category('b', ...rows(400, (row) => row % 3).map(String)),
    ),
    'only numbers': table(
      number('a', ...rows(400, (row) => row % 17)),
      number('b', ...rows(400, (row) => (row * 31) % 101)),
    ),
    'infinite and huge numbers': table(
      number('a', ...rows(300, (row) => (row % 5 === 0 ? Infinity : row))),
      number('b', ...rows(300, (row) => (row - 150) * 1e305)),
    ),
    'two values': table(
      number('a', ...rows(300, (row) => row % 2)),
      number('b', ...rows(300, (row) => (row >> 1) % 2)),
    ),
    'a category for each row': table(
      category('id', ...rows(500, (row) => row).map(String)),
      number('x', ...rows(500, (row) => row % 9)),
    ),
  };
  const halves = (whole: Table): [Table, Table] => {
    const middle = Math.max(1, whole.rows >> 1);
    const rest = Math.max(1, whole.rows - middle);
    return [
      takeRows(
        whole,
        Uint32Array.from({ length: middle }, (_, row) => row),
      ),
      takeRows(
        whole,
        Uint32Array.from({ length: rest }, (_, row) => Math.min(whole.rows - 1, middle + row)),
      ),
    ];
  };
  for (const [name, whole] of Object.entries(cases)) {
    it(name, async () => {
      const [first, second] = halves(whole);
      const request = { training: first, holdout: second, synthetic: whole, seed: 1 };
      for (const target of [undefined, ...whole.columns.map((column) => column.name)]) {
        const scores = scoresSchema.parse(await scoreTable({ ...request, target }));
        for (const { sentence } of findings(scores)) expect(sentence).not.toMatch(/NaN|undefined|Infinity/);
      }
    });
  }

  it('300 columns', async () => {
    const columns = Array.from({ length: 300 }, (_, index): Column =>
      index % 2 === 0
        ? number(`n${String(index)}`, ...rows(120, (row) => (row * (index + 1)) % 37))
        : category(`c${String(index)}`, ...rows(120, (row) => (row * index) % 5).map(String)),
    );
    const [first, second] = halves(table(...columns));
    const scores = scoresSchema.parse(
      await scoreTable({ training: first, holdout: second, synthetic: first, seed: 1 }),
    );
    expect(scores.columns).toHaveLength(300);
    expect(scores.pairs).toHaveLength(4950);
  });

  it('whatever the values', async () => {
    const cell = fc.record({
      n: fc.oneof(fc.double(), fc.constantFrom(0, 1, NaN)),
      c: fc.option(fc.constantFrom('a', 'b', 'a very rare one'), { nil: null }),
      m: fc.integer({ min: -3, max: 3 }),
    });
    const tables = fc
      .array(cell, { minLength: 1, maxLength: 40 })
      .map((given) =>
        table(
          number('n', ...given.map(({ n }) => n)),
          category('c', ...given.map(({ c }) => c)),
          number('m', ...given.map(({ m }) => m)),
        ),
      );
    await fc.assert(
      fc.asyncProperty(tables, tables, tables, async (one, two, three) => {
        for (const target of [undefined, 'n', 'c', 'm']) {
          scoresSchema.parse(
            await scoreTable({ training: one, holdout: two, synthetic: three, target, seed: 1 }),
          );
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('the column to predict, where none is named', () => {
  const classes = (name: string, count = 2): Column =>
    category(name, ...Array.from({ length: 60 }, (_, row) => String(row % count)));
  const values = (name: string): Column => number(name, ...Array.from({ length: 60 }, (_, row) => row));

  it.each([
    ['a telling name', [classes('target'), classes('sex'), values('age')], 'target'],
    ['a telling word', [classes('loan_default'), classes('sex')], 'loan_default'],
    ['has_…', [classes('has_default'), classes('zone')], 'has_default'],
    ['has_… after a word', [classes('churned'), classes('has_car')], 'churned'],
    [
      'the last column of few classes',
      [classes('sex'), values('age'), classes('race', 5), values('pay')],
      'race',
    ],
    ['a number where there are no classes', [values('age'), values('pay')], 'pay'],
    ['not the category of each row', [values('age'), classes('target', 60)], 'age'],
    ['none of a single column', [classes('target')], undefined],
    ['none where nothing varies', [classes('a', 1), classes('b', 1)], undefined],
  ])('is %s', (_, columns, expected) => {
    expect(chooseTarget(table(...columns))).toBe(expected);
  });
});

describe('rare classes', () => {
  it('are those under 5 % with at least 20 rows', () => {
    const real = category(
      'c',
      ...Array.from({ length: 1000 }, (_, row) => (row < 30 ? 'rare' : row < 35 ? 'few' : 'common')),
    );
    const synthetic = category(
      'c',
      ...Array.from({ length: 100 }, (_, row) => (row < 4 ? 'rare' : 'common')),
    );
    expect(rareShares([real], [synthetic])).toEqual([{ column: 'c', real: 0.03, synthetic: 0.04 }]);
  });
});

it('detection is chance for the very same rows, and certain for rows from elsewhere', () => {
  const { columns } = makePeople(1000, 1);
  expect(finish(detectionAuc(columns, columns, 1))).toBeLessThan(0.53);
  const moved = columns.map((column) =>
    column.type === 'number' ? { ...column, values: column.values.map((value) => value + 1000) } : column,
  );
  expect(finish(detectionAuc(moved, columns, 1))).toBeGreaterThan(0.99);
});
