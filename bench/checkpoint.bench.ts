/**
 * What keeping the state of a training costs: taking it out of the learner and writing it, against the steps of an epoch.
 * In processor time, on the bundled table; the main thread waits for all of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proposedColumns } from '../src/engine/jobs/profile.ts';
import { openStore } from '../src/engine/store/open.ts';
import { encodeTable } from '../src/engine/synthesis/tables/codes.ts';
import { fitEncoding } from '../src/engine/synthesis/tables/fit-encoding.ts';
import { createLearner } from '../src/engine/synthesis/tables/learner.ts';
import { loadTable } from '../src/engine/tables/load.ts';
import { profileTable } from '../src/engine/tables/profile.ts';
import { openSource } from '../src/engine/tables/source.ts';
import type { Figure } from './benchmark.ts';

export const name = 'checkpoint';

const table = join(import.meta.dirname, '../resources/samples/credit-card-clients.csv.gz');
const times = 12;

/** Milliseconds of processor time a call takes, the middle of several. */
async function cost(work: () => unknown): Promise<number> {
  const measured: number[] = [];
  for (let time = 0; time < times; time++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    measured.push((user + system) / 1000);
  }
  return measured.sort((a, b) => a - b)[times >> 1] ?? NaN;
}

export async function run(): Promise<Figure[]> {
  const path = process.env.SEMBLANCE_CENSUS ?? table;
  const folder = mkdtempSync(join(tmpdir(), 'semblance-checkpoint-bench-'));
  const { signal } = new AbortController();
  const source = await openSource(path);
  const found = await profileTable(source, { signal });
  const { table: rows, schema } = await loadTable(source, found, proposedColumns(found), { signal });
  await source.close();
  const encoding = fitEncoding(rows, schema);
  const learner = await createLearner(encoding, encodeTable(encoding, rows), 1);
  const store = openStore(folder);
  try {
    const projectId = store.projects.create('bench', '', [], {
      minutes: 1,
      stopEarly: true,
      seed: 1,
      holdout: 0.2,
    });
    store.jobs.save({
      ...{ id: 'bench', projectId, kind: 'train', state: 'running', phase: '', progress: null, rate: null },
      ...{ secondsLeft: null, createdAt: '', startedAt: null, finishedAt: null, error: null, outcome: null },
      ...{ resumable: true, saved: null },
    });
    const file = store.checkpoints.of('bench');
    const step = await cost(() => learner.step(1e-3));
    const epoch = (step * rows.rows * 0.9) / learner.batch;
    const keep = await cost(async () => {
      file.write(await learner.save());
    });
    const [size] = store.checkpoints.list();
    return [
      { metric: 'an epoch without a critic, processor time', value: epoch, unit: 'ms' },
      { metric: 'keeping its state, processor time', value: keep, unit: 'ms' },
      { metric: 'share of the epoch', value: (100 * keep) / epoch, unit: '%', bar: 'at most 1 %' },
      { metric: 'size on the drive', value: (size?.bytes ?? NaN) / 1e6, unit: 'MB' },
    ];
  } finally {
    store.close();
    await learner.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}
