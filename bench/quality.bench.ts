/** How long measuring takes, on the bundled sample: live accuracy, gradient boosting, and all scores. */
import { join } from 'node:path';
import { createAccuracyScorer } from '../src/engine/quality/accuracy.ts';
import { fitBoosting } from '../src/engine/quality/boosting.ts';
import { cooperate } from '../src/engine/quality/cooperate.ts';
import { createDraws } from '../src/engine/tables/draws.ts';
import { scoreTable } from '../src/engine/quality/score.ts';
import { loadTable } from '../src/engine/tables/load.ts';
import { profileTable } from '../src/engine/tables/profile.ts';
import { openSource } from '../src/engine/tables/source.ts';
import type { Table } from '../src/engine/tables/table.ts';
import { takeRows } from '../src/engine/tables/table.ts';
import type { Figure } from './benchmark.ts';

export const name = 'quality';

async function loadSample(): Promise<Table> {
  const source = await openSource(
    join(import.meta.dirname, '..', 'resources', 'samples', 'credit-card-clients.csv.gz'),
  );
  const profile = await profileTable(source);
  const { table } = await loadTable(source, profile, profile.columns);
  await source.close();
  return table;
}

async function secondsOf(task: () => unknown): Promise<number> {
  const start = performance.now();
  await task();
  return (performance.now() - start) / 1000;
}

/** The longest the event loop was held while `task` ran, in milliseconds. */
async function longestPause(task: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await task();
  clearInterval(timer);
  return longest;
}

export async function run(): Promise<Figure[]> {
  const table = await loadSample();
  const order = createDraws(1).permutation(table.rows);
  const third = Math.floor(table.rows / 3);
  const [training, holdout, synthetic] = [0, 1, 2].map((part) =>
    takeRows(table, order.slice(part * third, (part + 1) * third)),
  );
  if (!training || !holdout || !synthetic) throw new Error('The sample has no rows.');
  const shape = `${String(third)} × ${String(table.columns.length)}`;

  const scorer = createAccuracyScorer(holdout);
  const few = takeRows(
    synthetic,
    Uint32Array.from({ length: 5000 }, (_, row) => row),
  );
  scorer.score(few);
  const live = await secondsOf(() => scorer.score(few));
  const target = training.columns.at(-1);
  const labels =
    target?.type === 'category'
      ? Float64Array.from(target.codes, (code) => Number(code === 1))
      : Float64Array.from(target?.values ?? [], (value) => Number(value === 1));
  const boosting = await secondsOf(() =>
    cooperate(fitBoosting(training.columns.slice(0, -1), labels, { kind: 'binary' }, { seed: 1 })),
  );
  const request = { training, holdout, synthetic, seed: 1 };
  let pause = 0;
  const all = await secondsOf(async () => {
    pause = await longestPause(() => scoreTable(request));
  });
  return [
    {
      metric: `accuracy of 5,000 rows × ${String(table.columns.length)}, live`,
      value: live * 1000,
      unit: 'ms',
    },
    { metric: `gradient boosting, ${shape}`, value: boosting, unit: 's' },
    { metric: `all scores, ${shape} each`, value: all, unit: 's' },
    { metric: 'longest pause of the event loop meanwhile', value: pause, unit: 'ms' },
  ];
}
