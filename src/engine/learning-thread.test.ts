import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { createRandom } from './compute/random.ts';
import { testDevice } from './compute/test-device.ts';
import { learnHere } from './jobs/learn.ts';
import type { Learned, LearnOptions, LearnRequest } from './jobs/learn.ts';
import { WorkClock } from './jobs/work-clock.ts';
import { learnInThread } from './learning-thread.ts';
import { openCheckpoint } from './store/checkpoints.ts';
import type { TrainingState } from './synthesis/tables/training-state.ts';
import type { Table } from './tables/table.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-learn-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function table(rows: number): Table {
  const random = createRandom(8);
  const a = Int32Array.from({ length: rows }, () => random.integer(3));
  const b = Float64Array.from(a, (code) => code + Math.round(random.normal() * 3));
  return {
    rows,
    columns: [
      { type: 'category', name: 'a', codes: a, categories: ['x', 'y', 'z'] },
      { type: 'number', name: 'b', values: b },
    ],
  };
}

/** A fresh one each time: a thread takes the rows away. */
const request = (): LearnRequest => ({
  training: table(800),
  watching: table(200),
  schema: [
    { name: 'a', kind: 'category', role: 'keep', nullable: false },
    { name: 'b', kind: 'integer', role: 'keep', nullable: false },
  ],
  minutes: 60,
  stopEarly: false,
  seed: 5,
  maxEpochs: 6,
});

const options = (more: Partial<LearnOptions> = {}): LearnOptions => ({
  signal: new AbortController().signal,
  onState: () => undefined,
  onProgress: () => undefined,
  ...more,
});

/** What has to be the same: everything but what tells the time. */
function essence({ model: { seconds: _, history, best, ...model }, training }: Learned): object {
  const points = [...history, ...(best ? [best] : [])].map((point) => ({ ...point, seconds: 0 }));
  return { ...model, points, generator: Buffer.from(model.generator).toString('base64'), training };
}

const learn = learnInThread(new WorkClock());
const here = learnHere(request(), options());

it('learns the same to the bit as here, tells how it goes, and gives the rows back', async () => {
  const states: TrainingState[] = [];
  let shown = 0;
  const sent = request();
  const learned = await learn(
    sent,
    options({
      onState: (state) => states.push(state),
      onProgress: ({ sample }) => {
        if (sample) shown++;
      },
    }),
  );
  expect(essence(learned)).toEqual(essence(await here));
  expect(learned.training).toEqual(table(800));
  expect(sent.training.columns[1]).toMatchObject({ values: { length: 0 } });
  expect(states.map(({ loop }) => loop.learner.batches.epoch)).toEqual(
    expect.arrayContaining([1, 2, 3, 4, 5, 6]),
  );
  expect(shown).toBeGreaterThan(0);
}, 60_000);

it('goes on after a pause as if there had been none, from what the thread itself has kept', async () => {
  const place = { folder: join(folder, 'job'), name: 'job', key: new Uint8Array(32).fill(7) };
  const pause = new AbortController();
  const epochs: number[] = [];
  const paused = learn(
    request(),
    options({
      pause: pause.signal,
      onState: () => {
        throw new Error('The thread keeps its states itself.');
      },
      keepElsewhere: {
        place: () => place,
        onSaved: ({ epoch }) => {
          epochs.push(epoch);
          if (epoch >= 2) pause.abort(new DOMException('Paused.', 'AbortError'));
        },
        ...{ sha256: 'abc', rows: 800 },
      },
    }),
  );
  await expect(paused).rejects.toThrow('Paused.');
  expect(epochs.slice(0, 2)).toEqual([1, 2]);
  const kept = openCheckpoint(place).read() as { sha256: string; rows: number; state: TrainingState };
  expect(kept).toMatchObject({ sha256: 'abc', rows: 800 });
  expect(kept.state.loop.learner.batches.epoch).toBe(epochs.at(-1));
  const resumed = await learn({ ...request(), from: kept.state }, options());
  expect(essence(resumed)).toEqual(essence(await here));
}, 60_000);

it('ends when cancelled, with the reason that was given', async () => {
  const cancel = new AbortController();
  const cancelled = learn(
    { ...request(), maxEpochs: 1000 },
    options({
      signal: cancel.signal,
      onProgress: () => {
        cancel.abort(new DOMException('Enough.', 'AbortError'));
      },
    }),
  );
  await expect(cancelled).rejects.toThrow('Enough.');
  await expect(learn(request(), options({ signal: cancel.signal }))).rejects.toThrow('Enough.');
}, 60_000);

it('passes on what is wrong with a table, and what is wrong with whoever listens', async () => {
  const untold = learn(
    request(),
    options({
      onProgress: () => {
        throw new Error('full');
      },
    }),
  );
  await expect(untold).rejects.toThrow('full');
  const lost: Table = { rows: 3, columns: table(3).columns };
  await expect(learn({ ...request(), training: lost }, options())).rejects.toMatchObject({
    code: 'table/too-few-rows',
  });
}, 60_000);

it('has devices chosen here, with steps that the thread has made', async () => {
  const asked: unknown[] = [];
  const measured = { milliseconds: 1, loading: 1, deviation: 0, memory: null, driver: null };
  const learned = await learn(
    request(),
    options({
      devices: {
        choose: async (trial, model) => {
          const { programs, steps } = await trial();
          asked.push(model.rows, programs.length > 0, steps.length);
          return {
            ...{ at: '', fingerprint: 'f', model, chosen: 'cpu' as const },
            devices: [
              { name: 'cpu', title: '', state: 'chosen', reason: { kind: 'fastest' }, ...measured },
              { name: 'webgpu', title: '', state: 'set-aside', reason: { kind: 'no-gain' }, ...measured },
            ],
          };
        },
        failed: () => undefined,
      },
    }),
  );
  expect(asked).toEqual([expect.any(Number), true, 4]);
  expect(learned.model.tried?.devices[1]?.reason).toEqual({ kind: 'no-gain' });

  const refused = learn(
    request(),
    options({
      devices: {
        choose: () => Promise.reject(new DOMException('The test was stopped.', 'AbortError')),
        failed: () => undefined,
      },
    }),
  );
  await expect(refused).rejects.toMatchObject({ code: 'job/cancelled' });
}, 60_000);

it.runIf(testDevice !== 'cpu')(
  'learns on another device from within its thread',
  async () => {
    const measured = { milliseconds: 1, loading: 1, deviation: 0, memory: null, driver: null };
    const failed: unknown[] = [];
    const learned = await learn(
      request(),
      options({
        devices: {
          choose: async (_trial, model) => ({
            ...{ at: '', fingerprint: 'f', model, chosen: testDevice },
            devices: [
              { name: 'cpu', title: '', state: 'set-aside', reason: { kind: 'not-wanted' }, ...measured },
              { name: testDevice, title: '', state: 'chosen', reason: { kind: 'wanted' }, ...measured },
            ],
          }),
          failed: (device) => failed.push(device),
        },
      }),
    );
    expect(failed).toEqual([]);
    expect(learned.model.device).not.toContain('CPU');
    const { best } = (await here).model;
    expect(learned.model.best?.quality).toBeCloseTo(best?.quality ?? NaN, 1);
  },
  120_000,
);

it('learns here where no thread can be started, and fails where one breaks off', async () => {
  const entry = (text: string): URL => {
    const path = join(folder, `${String(text.length)}.mjs`);
    writeFileSync(path, text);
    return pathToFileURL(path);
  };
  const without = learnInThread(new WorkClock(), undefined, entry('throw new Error("not here");'));
  expect(essence(await without(request(), options()))).toEqual(essence(await here));
  const breaking = entry(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', () => process.exit(3));
    parentPort.postMessage({ type: 'ready' });
  `);
  await expect(learnInThread(new WorkClock(), undefined, breaking)(request(), options())).rejects.toThrow(
    'has ended',
  );
}, 60_000);
