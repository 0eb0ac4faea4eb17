/**
 * `node bench/quality-floors.ts [TABLE] [--minutes 5] [--seed 1] [--target COLUMN] [--without-critic]`: the
 * figures of docs/method-table-gan.md, for anybody to measure again. A seeded random half of the rows is trained on, the
 * other half is the holdout; as many rows as the holdout has are generated and scored with everything Semblance
 * measures. TABLE is any file Semblance reads; the bundled sample when absent.
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
const training = takeRows(table, order.slice(0, half));
const holdout = takeRows(table, order.slice(half));

const scorer = createAccuracyScorer(holdout);
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
  ...(values.target !== undefined && { target: values.target }),
});
const { accuracy, ceiling, utility, detection, privacy, rare } = scores;
const off = rare.filter(({ real, synthetic }) => Math.abs(synthetic - real) > real / 4);
// Of a class with few rows in the table, the generated share is as uncertain as the real one.
const seen = off.filter(({ real }) => real * training.rows >= 100);
const round = (value: number): string => value.toFixed(4);
console.table({
  'training time (s)': trainingSeconds,
  passes: model.epochs,
  accuracy: round(accuracy.overall),
  '… of columns, pairs, triples': [accuracy.univariate, accuracy.bivariate, accuracy.trivariate]
    .map(round)
    .join(' '),
  '… of real rows': round(ceiling.overall),
  ...(utility && {
    [`${utility.measure.toUpperCase()} for ${utility.target}`]: round(utility.synthetic),
    '… learned from real rows': round(utility.real),
  }),
  'detection AUC': round(detection.auc),
  'nearer to training': round(privacy.closerToTraining),
  'exact copies': privacy.exactCopies,
  'copies replaced': stream.replacedCopies,
  'rare classes off by over a quarter': `${off.length} of ${rare.length}`,
  '… of those with 100 rows or more': seen.length,
});
