import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { runLoop } from './learning-loop.ts';
import type { LoopProgress, LoopSettings } from './learning-loop.ts';
import type { Learner, Snapshot, StepLosses } from './learner.ts';

interface Script {
  /** Losses of the n-th step asked for, counting from 1 and going on across rollbacks. */
  losses?: (call: number, rate: number) => StepLosses;
  /** Guard loss as a function of the model's own step. */
  guard?: (step: number) => number;
}

/** A learner without a network: its only state is the number of steps it has behind it. */
function scripted({ losses = () => ({ generator: 1, critic: null }), guard = () => 1 }: Script = {}) {
  let calls = 0;
  let step = 0;
  const rates: number[] = [];
  const restored: number[] = [];
  const snapshot = (): Snapshot => ({
    parameters: Float32Array.of(step),
    average: Float32Array.of(step),
    first: Float32Array.of(0),
    second: Float32Array.of(0),
    step: Float32Array.of(step),
  });
  const learner: Learner = {
    device: 'none',
    parameters: 1,
    batch: 10,
    get epoch() {
      return Math.floor(calls / 10);
    },
    step: async (rate) => {
      calls++;
      step++;
      rates.push(rate);
      return losses(calls, rate);
    },
    guard: async () => guard(step),
    sample: async () => ({ rows: step, columns: [] }),
    save: async () => ({
      generator: snapshot(),
      adversary: null,
      random: [1, 2, 3, 4],
      batches: { order: new Uint32Array(0), at: 0, epoch: Math.floor(calls / 10) },
      steps: calls,
    }),
    restore: ({ step: [at = 0] }) => {
      step = at;
      restored.push(at);
    },
    export: async () => new Uint8Array(),
    refine: async () => {},
    calibrate: async (from) => from,
    dispose: async () => {},
  };
  return { learner, rates, restored };
}

const settings: LoopSettings = {
  minutes: 1,
  stopEarly: true,
  rows: 100,
  maxEpochs: 40,
  holdoutScore: async () => 0.5,
};

describe('a step that fails', () => {
  it('puts the last good state back, takes smaller steps and says so', async () => {
    const { learner, rates, restored } = scripted({
      losses: (call) => ({ generator: call === 130 ? NaN : 1, critic: null }),
    });
    const { notes } = await runLoop(learner, settings);
    expect(restored[0]).toBe(50);
    expect(rates[130]! / rates[128]!).toBeCloseTo(0.5, 1);
    expect(notes[0]).toMatch(/step 130.*smaller steps/);
  });

  it('counts an exploding loss as failed', async () => {
    const { learner, restored } = scripted({
      losses: (call) => ({ generator: call === 7 ? 1e6 : 1, critic: null }),
    });
    await runLoop(learner, { ...settings, maxEpochs: 2 });
    expect(restored[0]).toBe(0);
  });

  it('ends in training/diverged when going back does not help', async () => {
    const { learner } = scripted({
      losses: (call) => ({ generator: call > 60 ? Infinity : 1, critic: null }),
    });
    await expect(runLoop(learner, settings)).rejects.toMatchObject({ code: 'training/diverged' });
    await expect(runLoop(learner, settings)).rejects.toBeInstanceOf(AppError);
  });
});

describe('the checkpoint kept', () => {
  it('is the one of highest quality among those that do not know rows by heart', async () => {
    // Quality keeps rising, but from step 200 on the guard says that rows are learned by heart.
    const { learner } = scripted({ guard: (step) => 1 + Math.abs(step - 200) / 100 });
    const result = await runLoop(learner, { ...settings, holdoutScore: async ({ rows }) => rows / 1000 });
    expect(result.best?.step).toBe(200);
    expect(result.snapshot.step[0]).toBe(200);
  });

  it('prefers quality where the guard sees no difference', async () => {
    const { learner } = scripted({ guard: (step) => 1 - step / 1e6 });
    const quality = (step: number): number => (step === 150 ? 0.9 : 0.8);
    const result = await runLoop(learner, { ...settings, holdoutScore: async ({ rows }) => quality(rows) });
    expect(result.best?.quality).toBe(0.9);
    expect(result.snapshot.step[0]).toBe(150);
  });
});

describe('the end', () => {
  it('comes early when nothing improves any more', async () => {
    const { learner, rates } = scripted({ guard: (step) => 1 + step });
    await runLoop(learner, { ...settings, maxEpochs: 10_000 });
    expect(rates.length).toBeLessThan(1500);
  });

  it('comes with the last pass', async () => {
    const { learner } = scripted({ guard: (step) => -step });
    const { epochs, history } = await runLoop(learner, { ...settings, maxEpochs: 13 });
    expect(epochs).toBe(13);
    expect(history.at(-1)?.epoch).toBe(13);
  });

  it('comes with the clock, and there is a model even then', async () => {
    const { learner } = scripted({ guard: (step) => -step });
    const result = await runLoop(learner, { ...settings, minutes: 0 });
    expect(result.history).toHaveLength(1);
    expect(result.snapshot.step[0]).toBe(1);
  });

  it('comes at once when cancelled, between any two steps', async () => {
    const stop = new AbortController();
    const { learner, rates } = scripted({
      losses: (call) => {
        if (call === 23) stop.abort();
        return { generator: 1, critic: null };
      },
    });
    const run = runLoop(learner, settings, { signal: stop.signal });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(rates).toHaveLength(23);
  });
});

it('tells whoever watches what it has generated and learned', async () => {
  const seen: LoopProgress[] = [];
  await runLoop(scripted().learner, { ...settings, maxEpochs: 20 }, { onProgress: (now) => seen.push(now) });
  const looks = seen.filter(({ sample }) => sample);
  expect(looks.map(({ history }) => history.length)).toEqual(looks.map((_, index) => index + 1));
  expect(looks.at(-1)?.best?.quality).toBe(0.5);
  expect(looks.every(({ secondsLeft }) => secondsLeft > 0 && secondsLeft <= 60)).toBe(true);
});

it('lets the critic join when a rollback has taken the rate past its mark', async () => {
  // The guard never falls again after the first look: the rate is halved at the looks, and once by the failure.
  const { learner } = scripted({
    losses: (call) => ({ generator: call === 180 ? NaN : 1, critic: null }),
    guard: (step) => step,
  });
  let joined = 0;
  const refine = async (): Promise<void> => void joined++;
  await runLoop({ ...learner, refine }, { ...settings, criticAfter: 2, maxEpochs: 100 });
  expect(joined).toBeGreaterThan(0);
});
