/**
 * The table GAN on one half of a table: rows learned a second (looks at quality included), and rows generated a
 * second, decoded, checked against the training rows and written as CSV. SEMBLANCE_CENSUS names a census table.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createRandom } from '../src/engine/compute/random.ts';
import { createAccuracyScorer } from '../src/engine/quality/accuracy.ts';
import { rowHashes } from '../src/engine/synthesis/tables/row-hashes.ts';
import { createSampler } from '../src/engine/synthesis/tables/sampler.ts';
import { trainTableGan } from '../src/engine/synthesis/tables/train.ts';
import { takeRows } from '../src/engine/tables/table.ts';
import { writeTable } from '../src/engine/tables/write.ts';
import type { Figure } from './benchmark.ts';
import { benchmarkTable, readTable } from './benchmark-table.ts';

export const name = 'synthesis';

const passes = 10;
const generated = 400_000;

export async function run(): Promise<Figure[]> {
  const path = benchmarkTable();
  const { table, schema } = await readTable(path);
  const order = Uint32Array.from({ length: table.rows }, (_, row) => row);
  createRandom(1).shuffle(order);
  const training = takeRows(table, order.slice(0, table.rows >> 1));
  const scorer = createAccuracyScorer(takeRows(table, order.slice(table.rows >> 1)));
  console.log(`on ${basename(path)}: ${training.rows} rows of ${training.columns.length} columns`);

  const model = await trainTableGan({
    training,
    schema,
    holdoutScore: async (synthetic) => scorer.score(synthetic).overall,
    minutes: 10,
    stopEarly: true,
    seed: 1,
    maxEpochs: passes,
  });

  const folder = mkdtempSync(join(tmpdir(), 'semblance-bench-'));
  const sampler = await createSampler(model);
  try {
    const avoid = rowHashes(training);
    const write = async (rows: number, file: string): Promise<number> => {
      const started = performance.now();
      await writeTable(join(folder, file), 'csv', model.schema, sampler.sample(rows, 2, { avoid }), {
        overwrite: false,
        seed: 2,
      });
      return (performance.now() - started) / 1000;
    };
    await write(20_000, 'warm-up.csv');
    const seconds = await write(generated, 'rows.csv');
    return [
      { metric: 'learning', value: (model.epochs * training.rows) / model.seconds, unit: 'rows/s' },
      {
        metric: 'generating, as CSV',
        value: generated / seconds,
        unit: 'rows/s',
        bar: 'at least 100,000 rows/s',
      },
    ];
  } finally {
    await sampler.dispose();
    rmSync(folder, { recursive: true });
  }
}
