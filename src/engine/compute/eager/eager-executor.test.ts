/** On the plain backend of TensorFlow.js, which is everywhere; TensorFlow's own has the tests of all kernels besides. */
import { afterEach, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import { adam } from '../adam.ts';
import { bodyOf, compile, type Program } from '../compile.ts';
import { deviation, tolerance } from '../devices/compare.ts';
import type { TrialResult } from '../devices/trial.ts';
import * as nn from '../nn.ts';
import { createRandom } from '../random.ts';
import type { Numbers } from '../slots.ts';
import { EagerExecutor } from './eager-executor.ts';
import { TensorVariables } from './tensor-variables.ts';

const options = {
  state: {
    weights: { shape: [4, 3] },
    first: { shape: [4, 3] },
    second: { shape: [4, 3] },
    step: { shape: [] },
  },
  inputs: { x: { shape: [8, 4] }, classes: { shape: [8], dtype: 'int32' } },
} as const;
type Learn = Program<(typeof options)['state'], (typeof options)['inputs'], 'loss' | 'guessed'>;

/** Learns classes, with an op that is written otherwise where it is compiled. */
const learn: Learn = (state, { x, classes }) => {
  const odds = (weights: tf.Tensor): tf.Tensor => nn.logSoftmax(tf.matMul(x, weights));
  const { value, grad } = tf.valueAndGrad((weights: tf.Tensor) =>
    tf.neg(tf.mean(tf.sum(tf.mul(odds(weights), tf.oneHot(tf.cast(classes, 'int32'), 3)), 1))),
  )(state.weights);
  const settings = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
  const { parameters, ...slots } = adam(state.weights, grad, state, tf.scalar(0.1), settings);
  return {
    state: { weights: parameters, ...slots },
    outputs: { loss: value, guessed: tf.argMax(odds(state.weights), 1) },
  };
};

const start = { weights: Float32Array.from({ length: 12 }, (_, at) => Math.sin(at)) };

function steps(count: number): { x: Float32Array<ArrayBuffer>; classes: Int32Array<ArrayBuffer> }[] {
  const random = createRandom(6);
  return Array.from({ length: count }, () => {
    const x = new Float32Array(32);
    random.fillNormal(x);
    return { x, classes: Int32Array.from({ length: 8 }, () => random.integer(3)) };
  });
}

/** The program's slots, as whoever compiles it knows them, and steps of it. */
async function slotsOf() {
  const compiled = await compile(learn, options);
  const trial = compiled.trial(start, steps(4));
  await compiled.dispose();
  const [slots] = trial.programs;
  if (!slots) throw new Error('A trial without a program.');
  return { trial, slots, given: trial.steps.map(({ inputs }) => inputs) };
}

async function take(
  executor: Pick<EagerExecutor, 'run' | 'readState'>,
  given: readonly Record<string, Numbers>[],
): Promise<TrialResult> {
  const outputs: Record<string, Numbers>[] = [];
  for (const inputs of given) {
    const results = await executor.run(inputs);
    outputs.push(Object.fromEntries(Object.entries(results).map(([name, values]) => [name, values.slice()])));
  }
  return { outputs, state: await executor.readState(), milliseconds: 0, loading: 0 };
}

const body = bodyOf(learn, options);
let variables = new TensorVariables();
afterEach(() => {
  variables.dispose();
  variables = new TensorVariables();
});

describe('a program that runs op by op', () => {
  it('gives what its graph gives, step after step', async () => {
    const { trial, slots, given } = await slotsOf();
    const compiled = await compile(learn, options);
    compiled.writeState(start);
    const graph = await take(compiled, given);
    await compiled.dispose();
    const eager = new EagerExecutor(body, slots, variables, 'cpu');
    eager.writeState(start);
    const result = await take(eager, given);
    expect(deviation(trial, graph, result)).toBeLessThan(tolerance / 1000);
    expect(result.outputs.map(({ guessed }) => guessed)).toEqual(graph.outputs.map(({ guessed }) => guessed));
    expect([...(result.state.step ?? [])]).toEqual([4]);
  });

  it('leaves no tensor behind but its state, and the backend as it was', async () => {
    const { slots, given } = await slotsOf();
    await tf.setBackend('cpu');
    const eager = new EagerExecutor(body, slots, variables, 'cpu');
    const [first = {}] = given;
    await eager.run(first);
    const before = tf.memory().numTensors;
    for (let count = 0; count < 5; count++) await eager.run(first);
    expect(tf.memory().numTensors).toBe(before);
    expect(tf.getBackend()).toBe('cpu');
    variables.dispose();
    expect(tf.memory().numTensors).toBe(before - slots.state.length);
  });

  it('shares its state with another, and takes what is written at any time', async () => {
    const { slots, given } = await slotsOf();
    const [one, other] = [1, 2].map(() => new EagerExecutor(body, slots, variables, 'cpu'));
    const written = { weights: start.weights.slice() };
    one?.writeState(written);
    // What was given is the giver's again.
    written.weights.fill(NaN);
    await one?.run(given[0] ?? {});
    await one?.dispose();
    const both = await take(other!, given.slice(1));
    const alone = new EagerExecutor(body, slots, new TensorVariables(), 'cpu');
    alone.writeState(start);
    expect(both.state).toEqual((await take(alone, given)).state);
  });

  it('a state that two variables go on with, or that stays as it is, is theirs each', async () => {
    const variable = { type: 'float32', shape: [2] } as const;
    const slots = {
      inputs: [],
      outputs: [],
      state: ['a', 'b', 'c'].map((name) => ({ name, next: `next_${name}`, ...variable })),
    };
    const turn = new EagerExecutor(
      ([a = tf.scalar(0), b = tf.scalar(0)]) => new Map(Object.entries({ next_a: b, next_b: a, next_c: a })),
      slots,
      variables,
      'cpu',
    );
    turn.writeState({ a: Float32Array.of(1, 2), b: Float32Array.of(3, 4) });
    await turn.run({});
    await turn.run({});
    expect(await turn.readState()).toEqual({
      a: Float32Array.of(1, 2),
      b: Float32Array.of(3, 4),
      c: Float32Array.of(3, 4),
    });
  });

  it('lets others have their turn between two steps', async () => {
    const { slots, given } = await slotsOf();
    const eager = new EagerExecutor(body, slots, variables, 'cpu');
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    for (let count = 0; count < 30; count++) await eager.run(given[0] ?? {});
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it('refuses what it cannot run, and says that the device has failed where it does', async () => {
    const { slots, given } = await slotsOf();
    const eager = new EagerExecutor(body, slots, variables, 'cpu');
    await expect(eager.run({})).rejects.toMatchObject({ code: 'compute/failed' });
    const running = eager.run(given[0] ?? {});
    await expect(eager.run(given[0] ?? {})).rejects.toMatchObject({ code: 'compute/failed' });
    await running;
    await eager.dispose();
    await expect(eager.run(given[0] ?? {})).rejects.toMatchObject({ code: 'compute/failed' });
    const broken = new EagerExecutor(
      () => {
        throw new Error('Device lost.');
      },
      slots,
      variables,
      'cpu',
    );
    await expect(broken.run(given[0] ?? {})).rejects.toMatchObject({ code: 'compute/device-failed' });
  });
});
