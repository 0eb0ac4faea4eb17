/**
 * `npm run bench:peers [-- TABLE] [--epochs N] [--minutes M]`: CTGAN from PyPI with its defaults and Semblance, one
 * after the other in the same run, each learning the same half of the rows. Prints rows learned and generated per
 * second and their ratios. TABLE is any file Semblance reads, the bundled sample when absent. CTGAN is measured over
 * N passes (2) after one to warm up, without its preparation; Semblance over a whole training of M minutes (2), its
 * looks at quality included. Says so and ends well where there is no Python.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAccuracyScorer } from '../../src/engine/quality/accuracy.ts';
import { createDraws } from '../../src/engine/tables/draws.ts';
import { createSampler } from '../../src/engine/synthesis/tables/sampler.ts';
import { trainTableGan } from '../../src/engine/synthesis/tables/train.ts';
import type { ColumnSchema } from '../../src/engine/tables/schema.ts';
import type { Table } from '../../src/engine/tables/table.ts';
import { takeRows } from '../../src/engine/tables/table.ts';
import { readTable } from '../benchmark-table.ts';
import { formatValue } from '../benchmark.ts';
import { preparePython } from './python.ts';

interface Rates {
  /** Seconds before the first pass. */
  preparation: number;
  /** Rows a second. */
  trainingRate: number;
  samplingRate: number;
  /** What ran. */
  what: string;
}

/** Rows without a missing number: CTGAN refuses others. */
function completeRows(table: Table): Table {
  const whole = Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
    table.columns.every((column) => column.type !== 'number' || !Number.isNaN(column.values[row])),
  );
  return takeRows(table, whole);
}

function toCsv(table: Table): string {
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = [table.columns.map(({ name }) => quote(name)).join()];
  for (let row = 0; row < table.rows; row++) {
    const cells = table.columns.map((column) =>
      column.type === 'number'
        ? String(column.values[row])
        : quote(column.categories[column.codes[row] ?? -1] ?? ''),
    );
    lines.push(cells.join());
  }
  return lines.join('\n');
}

function measureCtgan(python: string, table: Table, epochs: number): Rates {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-peers-'));
  try {
    const [data, settings] = [join(folder, 'table.csv'), join(folder, 'settings.json')];
    const discrete = table.columns.filter(({ type }) => type === 'category').map(({ name }) => name);
    writeFileSync(data, toCsv(table));
    writeFileSync(settings, JSON.stringify({ discrete, epochs, sample: 50_000 }));
    const script = join(import.meta.dirname, 'ctgan_rates.py');
    const { status, stdout } = spawnSync(python, ['-W', 'ignore', script, data, settings], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error('CTGAN could not be measured.');
    const found = JSON.parse(stdout) as Omit<Rates, 'what'> & {
      version: string;
      torch: string;
      threads: number;
    };
    return {
      ...found,
      what: `CTGAN ${found.version}, torch ${found.torch}, ${String(found.threads)} threads`,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureSemblance(
  training: Table,
  holdout: Table,
  schema: ColumnSchema[],
  minutes: number,
): Promise<Rates & { accuracy: number }> {
  const scorer = createAccuracyScorer(holdout);
  const began = performance.now();
  const model = await trainTableGan({
    training,
    holdoutScore: async (synthetic) => (await scorer.scoreInSlices(synthetic)).overall,
    schema,
    minutes,
    stopEarly: false,
    seed: 1,
  });
  const preparation = (performance.now() - began) / 1000 - model.seconds;
  // Only now: it closes the doors by which the peer's Python was started.
  const { startDrawThread } = await import('../../src/engine/draw-thread.ts');
  const sampler = await createSampler(model, { startThread: startDrawThread });
  // Large enough that the threads are there.
  for await (const _ of sampler.sample(100_000, 1));
  const before = performance.now();
  let rows = 0;
  for await (const chunk of sampler.sample(500_000, 2)) rows += chunk.rows;
  const samplingRate = rows / ((performance.now() - before) / 1000);
  await sampler.dispose();
  return {
    preparation,
    trainingRate: (training.rows * model.epochs) / model.seconds,
    samplingRate,
    accuracy: model.best?.quality ?? NaN,
    what: `Semblance, ${model.device}`,
  };
}

function report(rows: number, peer: Rates, own: Rates & { accuracy: number }): string {
  const line = (metric: string, theirs: number, ours: number, unit: string, bar = ''): string =>
    `| ${metric} | ${formatValue(theirs)} ${unit} | ${formatValue(ours)} ${unit} | ${formatValue(ours / theirs)} | ${bar} |`;
  return [
    `Peers: ${String(rows)} rows learned. ${peer.what}. ${own.what}.`,
    '',
    '| | CTGAN | Semblance | ratio | bar |',
    '| --- | ---: | ---: | ---: | --- |',
    line('training', peer.trainingRate, own.trainingRate, 'rows/s', 'at least 8'),
    line('sampling', peer.samplingRate, own.samplingRate, 'rows/s', 'at least 10, and 300,000 rows/s'),
    line('preparation', peer.preparation, own.preparation, 's'),
    '',
    `Semblance's accuracy after the training measured: ${formatValue(own.accuracy)}.`,
    '',
  ].join('\n');
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { epochs: { type: 'string', default: '2' }, minutes: { type: 'string', default: '2' } },
});
const sample = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'credit-card-clients.csv.gz');
const prepared = preparePython();
if ('reason' in prepared) {
  console.log(`SKIPPED: the comparison with CTGAN, because ${prepared.reason}.`);
} else {
  const { table, schema } = await readTable(positionals[0] ?? sample);
  const rows = completeRows(table);
  const order = createDraws(1).permutation(rows.rows);
  const middle = rows.rows >> 1;
  const [training, holdout] = [takeRows(rows, order.slice(0, middle)), takeRows(rows, order.slice(middle))];
  const loads: number[] = [];
  const noteLoad = (): number => loads.push((loadavg()[0] ?? 0) / availableParallelism());
  noteLoad();
  console.error(`CTGAN learns ${String(training.rows)} rows …`);
  const peer = measureCtgan(prepared.python, training, Number(values.epochs));
  noteLoad();
  console.error('Semblance learns them …');
  const own = await measureSemblance(training, holdout, schema, Number(values.minutes));
  noteLoad();
  console.log(report(training.rows, peer, own));
  console.log(
    `Runnable processes per core before, between and after (1 is what the measured one makes): ${loads.map((load) => load.toFixed(1)).join(', ')}.`,
  );
  if (Math.max(...loads) > 1.5)
    console.log('The machine was busy with other work: do not quote these figures.');
}
