/** Training and scoring on as many rows as memory takes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { card as cardSchema } from '../../shared/card.ts';
import type { TableProfile } from '../../shared/table.ts';
import { openSource, type Source } from '../tables/source.ts';
import { evaluate } from './evaluate.ts';
import { profile, proposedColumns } from './profile.ts';
import type { TaskContext } from './task.ts';
import { clientsCsv } from './test-table.ts';
import { train, type SavedTraining, type TrainingKeeper } from './train.ts';

const settings = { minutes: 0.5, stopEarly: true, seed: 3, holdout: 0.25 };
let folder = '';
let source: Source;
let found: TableProfile;

function context(pause?: AbortSignal): TaskContext {
  return { signal: new AbortController().signal, report: () => undefined, ...(pause && { pause }) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'semblance-some-rows-'));
  await writeFile(join(folder, 'clients.csv'), clientsCsv(2000));
  source = await openSource(join(folder, 'clients.csv'));
  found = await profile(source, context());
});

afterAll(async () => {
  await source.close();
  await rm(folder, { recursive: true, force: true });
});

it('learns from the rows drawn, and its card says from how many of how many', async () => {
  const params = { source, profile: found, columns: proposedColumns(found), settings, maxEpochs: 2 };
  const { card, training } = await train({ ...params, mostRows: 800 }, context());
  expect(training.rows).toBe(600);
  expect(cardSchema.parse(card)).toEqual(card);
  expect(card.source).toMatchObject({ rows: 2000, read: 800 });
  expect(card.training.rows).toBe(600);
  expect(card.scores?.rows).toMatchObject({ training: 600, holdout: 200 });
  expect(card.warnings.join('\n')).toContain('Only 800 of 2,000 rows (40 %) were read, drawn by lot');
  const whole = await train(params, context());
  expect(whole.card.source).toMatchObject({ rows: 2000 });
  expect(whole.card.source.read).toBeUndefined();
}, 60_000);

it('goes on with the same rows, whatever memory there is by then', async () => {
  const params = { source, profile: found, columns: proposedColumns(found), settings, maxEpochs: 4 };
  const uninterrupted = await train({ ...params, mostRows: 700 }, context());
  const pause = new AbortController();
  let saved: SavedTraining | null = null;
  const keeper = (from: SavedTraining | null): TrainingKeeper => ({
    ...{ from, told: null },
    keep: (state) => {
      saved = state;
      if (state.state.loop.learner.batches.epoch >= 2) pause.abort(new Error('paused'));
    },
  });
  await expect(
    train({ ...params, mostRows: 700 }, context(pause.signal), () => undefined, keeper(null)),
  ).rejects.toThrow('paused');
  const resumed = await train({ ...params, mostRows: 1500 }, context(), () => undefined, {
    from: saved,
    told: null,
    keep: () => undefined,
  });
  expect(resumed.card.source.read).toBe(700);
  expect(resumed.model.generator).toEqual(uninterrupted.model.generator);
}, 120_000);

it('scores tables in part, and says so of each', async () => {
  const path = join(folder, 'clients.csv');
  const { scores, problems } = await evaluate(
    { training: path, holdout: path, synthetic: path, drop: [], seed: 1, mostRows: 500 },
    context(),
  );
  expect(scores.rows).toEqual({ training: 500, holdout: 500, synthetic: 500 });
  const told = problems.filter(({ message }) => message.includes('Only 500 of 2,000 rows'));
  expect(told.map(({ table }) => table)).toEqual(['training', 'holdout', 'synthetic']);
}, 60_000);
