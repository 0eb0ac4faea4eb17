/**
 * `node bench/quality-floors.ts [TABLE] [--minutes 5] [--seed 1] [--target COLUMN] [--without-critic]`: the
 * figures of docs/method-table-gan.md, for anybody to measure again. A seeded random half of the rows is for training, of
 * which a tenth watches (it decides which state is kept) and nine tenths are learned from; the other half has no part in
 * it and scores the result with everything Semblance measures. As many rows are generated as score. TABLE
 * is any file Semblance reads; the bundled sample when absent. On the census table (UCI Adult) every figure stands
 * beside its bar, and a bar that is missed ends the program with 1.
 */
import { parseArgs } from 'node:util';
import { createRandom } from '../src/engine/compute/random.ts';
import { createAccuracyScorer } from '../src/engine/quality/accuracy.ts';
import { scoreTable } from '../src/engine/quality/score.ts';
import { joinTables } from '../src/engine/synthesis/tables/join-tables.ts';
import { rowHashes } from '../src/engine/synthesis/tables/row-hashes.ts';
import { createSampler } from '../src/engine/synthesis/tables/sampler.ts';
import { trainTableGan } from '../src/engine/synthesis/tables/train.ts';
import { takeRows } from '../src/engine/tables/table.ts';
import type { Table } from '../src/engine/tables/table.ts';
import { benchmarkTable, readTable } from './benchmark-table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
    'without-critic': { type: 'boolean', default: false },
  },
});
const path = positionals[0] ?? benchmarkTable();
const seed = Number(values.seed);
const since = (start: number): string => ((performance.now() - start) / 1000).toFixed(1);

const { table, schema } = await readTable(path);
const order = Uint32Array.from({ length: table.rows }, (_, row) => row);
createRandom(seed).shuffle(order);
const half = table.rows >> 1;
const watched = Math.round(half / 10);
const watching = takeRows(table, order.slice(0, watched));
const training = takeRows(table, order.slice(watched, half));
const holdout = takeRows(table, order.slice(half));
const isCensus = ['fnlwgt', 'income'].every((name) => schema.some((column) => column.name === name));
const target = values.target ?? (isCensus ? 'income' : undefined);

const scorer = createAccuracyScorer(watching);
const started = performance.now();
let looks = 0;
const model = await trainTableGan(
  {
    training,
    schema,
    minutes: Number(values.minutes),
    stopEarly: true,
    seed,
    ...(values['without-critic'] && { criticAfter: Infinity }),
    holdoutScore: async (synthetic) => scorer.score(synthetic).overall,
  },
  {
    onProgress: ({ history, rowsPerSecond }) => {
      const look = history.at(-1);
      if (!look || history.length === looks) return;
      looks = history.length;
      console.error(
        `pass ${look.epoch}, ${look.seconds.toFixed(0)} s: quality ${look.quality.toFixed(4)}, ${Math.round(rowsPerSecond)} rows/s`,
      );
    },
  },
);
const trainingSeconds = since(started);

const sampler = await createSampler(model);
const chunks: Table[] = [];
const stream = sampler.sample(holdout.rows, seed, { avoid: rowHashes(training) });
for await (const chunk of stream) chunks.push(chunk);
await sampler.dispose();

const scores = await scoreTable({
  training,
  holdout,
  synthetic: joinTables(chunks),
  seed,
  ...(target !== undefined && { target }),
});
const { accuracy, ceiling, utility, detection, privacy, rare } = scores;
const off = rare.filter(({ real, synthetic }) => Math.abs(synthetic - real) > real / 4);
// Of a class with few rows in the table, the generated share is as uncertain as the real one.
const seen = off.filter(({ real }) => real * training.rows >= 100);
const round = (value: number): string => value.toFixed(4);

/** A figure, and what it has to reach on the census table. */
interface Line {
  figure: string;
  bar?: string;
  missed?: boolean;
}
const atLeast = (value: number, bar: number): Line => ({
  figure: round(value),
  bar: `at least ${bar}`,
  missed: value < bar,
});
const atMost = (value: number, bar: number, figure = round(value)): Line => ({
  figure,
  bar: `at most ${bar}`,
  missed: !(value <= bar),
});
const plain = (figure: string | number): Line => ({ figure: String(figure) });
const lines: Record<string, Line> = {
  'training time (s)': atMost(Number(trainingSeconds), 300, trainingSeconds),
  passes: plain(model.epochs),
  'rows that score': plain(holdout.rows),
  accuracy: atLeast(accuracy.overall, 0.965),
  '… of columns, pairs, triples': plain(
    [accuracy.univariate, accuracy.bivariate, accuracy.trivariate].map(round).join(' '),
  ),
  '… of real rows': plain(round(ceiling.overall)),
  ...(utility && {
    [`${utility.measure.toUpperCase()} for ${utility.target}`]: atLeast(utility.synthetic, 0.9),
    '… learned from real rows': plain(round(utility.real)),
  }),
  'detection AUC': atMost(detection.auc, 0.7),
  'nearer to training': atMost(privacy.closerToTraining, 0.55),
  'exact copies': plain(privacy.exactCopies),
  'copies replaced': plain(stream.replacedCopies),
  'rare classes off by over a quarter': plain(`${off.length} of ${rare.length}`),
  '… of those with 100 rows or more': atMost(seen.length, 0, String(seen.length)),
};
console.table(
  Object.fromEntries(
    Object.entries(lines).map(([name, { figure, bar, missed }]) => [
      name,
      isCensus && bar !== undefined ? { figure, bar, met: missed ? 'MISSED' : 'yes' } : { figure },
    ]),
  ),
);
if (isCensus && Object.values(lines).some(({ missed }) => missed)) process.exitCode = 1;
