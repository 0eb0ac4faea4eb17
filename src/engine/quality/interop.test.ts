import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Column, Table } from '../tables/table.ts';
import { takeRows } from '../tables/table.ts';
import { createAccuracyScorer } from './accuracy.ts';
import { areaUnderCurve, determination } from './auc.ts';
import { fitBoosting } from './boosting.ts';
import { finish } from './cooperate.ts';
import { createDraws } from '../tables/draws.ts';
import { category, makePeople, number, table } from './test-tables.ts';

/** A Python that has numpy and scikit-learn, or undefined. */
function findPython(): string | undefined {
  const own = join('bench', 'peers', '.venv', 'bin', 'python');
  const candidates = [process.env.SEMBLANCE_PYTHON, existsSync(own) ? own : undefined, 'python3', 'python'];
  return candidates.find(
    (each) => each !== undefined && spawnSync(each, ['-c', 'import numpy, sklearn']).status === 0,
  );
}

const python = findPython();
if (python === undefined) {
  console.warn(
    'SKIPPED: no Python with numpy and scikit-learn to compare with; see bench/peers or SEMBLANCE_PYTHON.',
  );
}

/** The bundled sample: numbers as they are, codes of few values as categories. */
function loadSample(): Table {
  const path = join('resources', 'samples', 'credit-card-clients.csv.gz');
  const [header = '', ...lines] = gunzipSync(readFileSync(path)).toString('utf8').trim().split(/\r?\n/);
  const cells = lines.map((line) => line.split(','));
  return table(
    ...header.split(',').map((name, index) => {
      const values = cells.map((row) => row[index] ?? '');
      return new Set(values).size <= 10 ? category(name, ...values) : number(name, ...values.map(Number));
    }),
  );
}

/** Columns as plain lists, for JSON. */
function plain({ columns }: Table): Record<string, (number | string | null)[]> {
  return Object.fromEntries(
    columns.map((column) => [
      column.name,
      column.type === 'number'
        ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
        : Array.from(column.codes, (code) => column.categories[code] ?? null),
    ]),
  );
}

function halves(whole: Table): [Table, Table] {
  const order = createDraws(11).permutation(whole.rows);
  const middle = whole.rows >> 1;
  return [takeRows(whole, order.slice(0, middle)), takeRows(whole, order.slice(middle))];
}

function boostedAuc([training, test]: [Table, Table], target: string, positive: string): number {
  const features = ({ columns }: Table): Column[] => columns.filter(({ name }) => name !== target);
  const labels = ({ columns }: Table): Float64Array => {
    const column = columns.find(({ name }) => name === target);
    if (column?.type !== 'category') throw new Error(`There is no class “${target}”.`);
    return Float64Array.from(column.codes, (code) => Number(column.categories[code] === positive));
  };
  const model = finish(fitBoosting(features(training), labels(training), { kind: 'binary' }, { seed: 1 }));
  const [chances = new Float64Array(0)] = finish(model.predict(features(test)));
  return areaUnderCurve(chances, Uint8Array.from(labels(test)));
}

describe.skipIf(python === undefined)('beside numpy and scikit-learn', () => {
  it('gives the same figures', { timeout: 120_000 }, () => {
    const people: [Table, Table] = [makePeople(4000, 1), makePeople(4000, 2, 0.3)];
    const peopleTask = halves(makePeople(6000, 4));
    const sample = loadSample();
    const target = sample.columns.at(-1)?.name ?? '';
    const sampleTask = halves(sample);
    const draws = createDraws(5);
    const scores = Array.from({ length: 500 }, () => draws.integer(40) / 40);
    const predicted = scores.map((score) => score + draws.uniform() - 0.4);
    const positive = scores.map((score) => Number(draws.uniform() < score));

    const tasks = [
      { training: plain(peopleTask[0]), test: plain(peopleTask[1]), target: 'income', positive: 'high' },
      { training: plain(sampleTask[0]), test: plain(sampleTask[1]), target, positive: '1' },
    ];
    const request = { scores, predicted, positive, people: people.map(plain), tasks };
    const { stdout, stderr, status } = spawnSync(python ?? '', [join(import.meta.dirname, 'interop.py')], {
      input: JSON.stringify(request),
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    });
    expect(status, stderr).toBe(0);
    const theirs = JSON.parse(stdout) as { auc: number; r2: number; accuracy: number[]; boosted: number[] };

    expect(areaUnderCurve(Float64Array.from(scores), Uint8Array.from(positive))).toBeCloseTo(theirs.auc, 10);
    expect(determination(Float64Array.from(predicted), Float64Array.from(scores))).toBeCloseTo(theirs.r2, 10);
    const ours = createAccuracyScorer(people[0]).score(people[1]);
    [ours.univariate, ours.bivariate, ours.trivariate].forEach((value, order) => {
      expect(value).toBeCloseTo(theirs.accuracy[order] ?? NaN, 5);
    });
    expect(Math.abs(boostedAuc(peopleTask, 'income', 'high') - (theirs.boosted[0] ?? NaN))).toBeLessThan(
      0.005,
    );
    expect(Math.abs(boostedAuc(sampleTask, target, '1') - (theirs.boosted[1] ?? NaN))).toBeLessThan(0.005);
  });
});
