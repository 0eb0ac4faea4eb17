import * as ort from 'onnxruntime-node';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRandom } from '../../compute/random.ts';
import type { Column, Table } from '../../tables/table.ts';
import { trainTableGan } from './train.ts';
import type { TrainedTableModel, TrainTableOptions, TrainTableRequest } from './train.ts';
import { trainingState } from './training-state.ts';
import type { TrainingState } from './training-state.ts';

/** Noise: nothing can be learned from it, so the rate is soon halved and the critic joins. */
function noise(rows: number): Table {
  const random = createRandom(3);
  const columns = ['a', 'b', 'c'].map((name): Column => {
    const codes = Int32Array.from({ length: rows }, () => random.integer(4));
    return { type: 'category', name, codes, categories: ['w', 'x', 'y', 'z'] };
  });
  const values = Float64Array.from({ length: rows }, () => Math.round(random.normal() * 9));
  return { rows, columns: [...columns, { type: 'number', name: 'n', values }] };
}

const training = noise(400);
const request: TrainTableRequest = {
  training,
  schema: training.columns.map(({ name, type }) => ({
    name,
    kind: type === 'number' ? 'integer' : 'category',
    role: 'keep',
    nullable: true,
  })),
  holdoutScore: async ({ columns: [first] }) =>
    first?.type === 'category' ? first.codes.filter((code) => code === 0).length / first.codes.length : 0,
  minutes: 60,
  stopEarly: false,
  seed: 5,
  maxEpochs: 26,
  criticAfter: 1,
};

/** What has to be the same: everything but what tells the time. */
function essence({ seconds: _, history, best, ...model }: TrainedTableModel): object {
  const points = [...history, ...(best ? [best] : [])].map((point) => ({ ...point, seconds: 0 }));
  return { ...model, points, generator: Buffer.from(model.generator).toString('base64') };
}

async function train(options: TrainTableOptions = {}, maxEpochs = 26): Promise<TrainedTableModel> {
  return trainTableGan({ ...request, maxEpochs }, options);
}

/** Trains until `when` says so and pauses there. */
async function paused(
  when: (state: TrainingState, count: number) => boolean,
  from?: TrainingState,
): Promise<TrainingState> {
  const pause = new AbortController();
  let last: TrainingState | undefined;
  let count = 0;
  const run = train({
    from,
    pause: pause.signal,
    onState: (state) => {
      last = state;
      if (when(state, ++count)) pause.abort(new DOMException('Paused.', 'AbortError'));
    },
  });
  await expect(run).rejects.toThrow('Paused.');
  if (!last) throw new Error('No state was told.');
  return last;
}

let whole: TrainedTableModel;
const states: TrainingState[] = [];
beforeAll(async () => {
  whole = await train({ onState: (state) => states.push(structuredClone(state)) });
}, 120_000);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the state of a training', () => {
  it('is told after every pass and every look, and at the end', () => {
    const epochs = states.map(({ loop }) => loop.learner.batches.epoch);
    for (let epoch = 1; epoch <= 26; epoch++) expect(epochs).toContain(epoch);
    for (const { step } of whole.history) expect(states.map(({ loop }) => loop.step)).toContain(step);
    expect(states.filter(({ loop }) => loop.finished)).toHaveLength(1);
    expect(states.at(-1)?.loop.finished).toBe(true);
    for (const state of states) expect(trainingState.parse(state)).toEqual(state);
  });

  it('knows of a training with a critic and of one without', () => {
    const critics = states.map(({ loop }) => loop.learner.adversary !== null);
    expect(critics[0]).toBe(false);
    expect(critics.at(-2)).toBe(true);
  });

  it('shares its arrays where the learner is at a state that is kept', async () => {
    const shared: boolean[] = [];
    await paused(({ loop }) => {
      if (loop.history.at(-1)?.step === loop.step)
        shared.push(loop.learner.generator === loop.checkpoints.safest.state);
      return loop.history.length === 2;
    });
    expect(shared[0]).toBe(true);
  });
});

describe('a training that goes on from a state', () => {
  it('ends as one that was never stopped, to the bit, wherever it was stopped', async () => {
    const critic = states.findIndex(({ loop }) => loop.learner.adversary !== null);
    const chosen = [2, critic - 1, critic, states.length - 1];
    for (const from of chosen.map((index) => states[index]!)) {
      expect(essence(await train({ from }))).toEqual(essence(whole));
    }
  }, 120_000);

  it('may be paused again and again, between any two steps', async () => {
    let state = await paused((_, count) => count === 2);
    for (let times = 0; times < 4; times++) {
      const before = state.loop.step;
      state = await paused((_, count) => count === 5, structuredClone(state));
      expect(state.loop.step).toBeGreaterThan(before);
    }
    expect(essence(await train({ from: state }))).toEqual(essence(whole));
  }, 120_000);

  it('counts the time it has run, not the time between', async () => {
    const from = structuredClone(states[3]!);
    from.loop.seconds = 1000;
    const told: number[] = [];
    let now = 5e6;
    await trainTableGan(
      { ...request, clock: () => (now += 1), maxEpochs: 6 },
      { from, onProgress: ({ secondsLeft }) => told.push(secondsLeft) },
    );
    expect(told[0]).toBeGreaterThan(3600 - 1001);
    expect(told[0]).toBeLessThan(3600 - 1000);
  }, 120_000);

  it('refuses the state of other rows', async () => {
    const other = trainTableGan({ ...request, training: noise(402) }, { from: states[2] });
    await expect(other).rejects.toMatchObject({ code: 'checkpoint/unusable' });
  });
});

describe('where memory runs out', () => {
  /** Steps of more than `most` rows fail as the runtime fails, from the `first` such step on. */
  function shortOfMemory(most: number, first: number): void {
    const create = ort.InferenceSession.create.bind(ort.InferenceSession);
    let steps = 0;
    vi.spyOn(ort.InferenceSession, 'create').mockImplementation(
      async (model: Uint8Array, options?: ort.InferenceSession.SessionOptions) => {
        const session = await create(model, options);
        const run = session.run.bind(session);
        session.run = async (feeds: ort.InferenceSession.FeedsType, fetches: never) => {
          const rows = feeds.thinning?.dims[0] ?? 0;
          if (rows > 0) steps++;
          if (rows > most && steps >= first) {
            throw new Error('Failed to allocate memory for requested buffer of size 8589934592');
          }
          return run(feeds, fetches);
        };
        return session;
      },
    );
  }

  it('goes on from the last state with half the batch, and says so', async () => {
    shortOfMemory(16, 30);
    const told: string[][] = [];
    const model = await train({ onProgress: ({ notes }) => told.push(notes) }, 12);
    expect(model.notes.at(-1)).toMatch(/Memory ran short.* 16 rows/);
    expect(told.at(-1)).toEqual(model.notes);
    expect(model.epochs).toBe(12);
    const steps = model.history.map(({ step }) => step);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  }, 120_000);

  it('also before there is a state', async () => {
    shortOfMemory(16, 1);
    const model = await train({}, 12);
    expect(model.notes).toHaveLength(1);
    expect(model.epochs).toBe(12);
  }, 120_000);

  it('keeps the smaller batch when it is stopped and goes on', async () => {
    shortOfMemory(16, 30);
    const state = await paused(({ batch }, count) => batch === 16 && count > 4);
    const resumed = await train({ from: structuredClone(state) }, 12);
    vi.restoreAllMocks();
    shortOfMemory(16, 30);
    expect(essence(resumed)).toEqual(essence(await train({}, 12)));
  }, 120_000);

  it('gives up, in plain words, when not even a few rows fit', async () => {
    shortOfMemory(0, 40);
    await expect(train()).rejects.toMatchObject({
      code: 'compute/out-of-memory',
      message: expect.stringContaining('not even 16 rows'),
    });
  }, 120_000);
});
