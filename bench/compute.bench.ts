/**
 * The WGAN-GP critic step of the design: batch 500, 300-256-256-1, gradient penalty with double backward, Adam.
 * Compiled, and eagerly on the plain `cpu` backend of TensorFlow.js for comparison.
 */
import * as tf from '@tensorflow/tfjs';
import { adam } from '../src/engine/compute/adam.ts';
import { compile, describeDevice, type ArraysOf } from '../src/engine/compute/compile.ts';
import { leakyRelu, linear } from '../src/engine/compute/nn.ts';
import { initialise, layoutOf, valueAndGradient, type Parameters } from '../src/engine/compute/parameters.ts';
import { createRandom } from '../src/engine/compute/random.ts';

export const name = 'compute';

const batch = 500;
const width = 300;

const layout = layoutOf({
  weights1: { shape: [width, 256], start: 'he' },
  bias1: { shape: [256], start: 'zeros' },
  weights2: { shape: [256, 256], start: 'he' },
  bias2: { shape: [256], start: 'zeros' },
  weights3: { shape: [256, 1], start: 'glorot' },
  bias3: { shape: [1], start: 'zeros' },
});

const state = {
  critic: { shape: [layout.size] },
  first: { shape: [layout.size] },
  second: { shape: [layout.size] },
  step: { shape: [] },
} as const;

const inputs = {
  real: { shape: [batch, width] },
  fake: { shape: [batch, width] },
  mixing: { shape: [batch, 1] },
  learningRate: { shape: [] },
} as const;

type Tensors<T> = { readonly [key in keyof T]: tf.Tensor };

function score(x: tf.Tensor, weights: Parameters<typeof layout.specs>): tf.Tensor {
  const hidden1 = leakyRelu(linear(x, weights.weights1, weights.bias1));
  const hidden2 = leakyRelu(linear(hidden1, weights.weights2, weights.bias2));
  return linear(hidden2, weights.weights3, weights.bias3);
}

function criticStep(
  before: Tensors<typeof state>,
  given: Tensors<typeof inputs>,
): { state: Tensors<typeof state>; outputs: { loss: tf.Tensor; penalty: tf.Tensor } } {
  const between = tf.add(given.real, tf.mul(given.mixing, tf.sub(given.fake, given.real)));
  let penalty: tf.Tensor = tf.scalar(0);
  const { value, gradient } = valueAndGradient(layout, before.critic, (weights) => {
    const difference = tf.sub(tf.mean(score(given.fake, weights)), tf.mean(score(given.real, weights)));
    const slope = tf.grad((x) => tf.sum(score(x, weights)))(between);
    const norm = tf.sqrt(tf.add(tf.sum(tf.square(slope), 1), 1e-12));
    penalty = tf.keep(tf.mean(tf.square(tf.sub(norm, 1))));
    return tf.add(difference, tf.mul(penalty, 10));
  });
  const next = adam(before.critic, gradient, before, given.learningRate, {
    beta1: 0.5,
    beta2: 0.9,
    epsilon: 1e-8,
  });
  return {
    state: { critic: next.parameters, first: next.first, second: next.second, step: next.step },
    outputs: { loss: value, penalty },
  };
}

function feed(): ArraysOf<typeof inputs> {
  const random = createRandom(7);
  const arrays = {
    real: new Float32Array(batch * width),
    fake: new Float32Array(batch * width),
    mixing: new Float32Array(batch),
    learningRate: Float32Array.of(2e-4),
  };
  random.fillUniform(arrays.real);
  random.fillNormal(arrays.fake);
  random.fillUniform(arrays.mixing);
  return arrays;
}

async function compiledStep(
  profile?: string,
): Promise<{ compile: number; step: number; first: number; last: number }> {
  const start = performance.now();
  const critic = await compile(criticStep, { state, inputs, ...(profile === undefined ? {} : { profile }) });
  const compileTime = performance.now() - start;
  critic.writeState({ critic: initialise(layout, createRandom(1)) });
  const arrays = feed();
  const first = (await critic.run(arrays)).loss[0] ?? NaN;
  const times: number[] = [];
  let last = NaN;
  for (let step = 0; step < 200; step++) {
    const before = performance.now();
    last = (await critic.run(arrays)).loss[0] ?? NaN;
    times.push(performance.now() - before);
  }
  await critic.dispose();
  return { compile: compileTime, step: median(times), first, last };
}

async function eagerStep(): Promise<{ step: number; first: number }> {
  await tf.setBackend('cpu');
  const times: number[] = [];
  let first = NaN;
  let current: Tensors<typeof state> = {
    critic: tf.tensor(initialise(layout, createRandom(1))),
    first: tf.zeros([layout.size]),
    second: tf.zeros([layout.size]),
    step: tf.scalar(0),
  };
  const arrays = feed();
  const given = {
    real: tf.tensor(arrays.real, [batch, width]),
    fake: tf.tensor(arrays.fake, [batch, width]),
    mixing: tf.tensor(arrays.mixing, [batch, 1]),
    learningRate: tf.scalar(2e-4),
  };
  for (let step = 0; step < 3; step++) {
    const before = performance.now();
    const result = criticStep(current, given);
    if (step === 0) first = result.outputs.loss.dataSync()[0] ?? NaN;
    times.push(performance.now() - before);
    current = result.state;
  }
  return { step: median(times), first };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

export async function run(): Promise<{ metric: string; value: number; unit: string; bar?: string }[]> {
  const compiled = await compiledStep(process.env.SEMBLANCE_PROFILE);
  if (!(compiled.last < compiled.first)) throw new Error('The critic does not learn.');
  const eager = await eagerStep();
  if (Math.abs(eager.first - compiled.first) > 1e-3 * Math.abs(eager.first)) {
    throw new Error(`Compiled and eager disagree: ${String(compiled.first)} and ${String(eager.first)}.`);
  }
  return [
    { metric: `critic step (${describeDevice()})`, value: compiled.step, unit: 'ms', bar: '<= 12' },
    { metric: 'critic step, tfjs cpu backend', value: eager.step, unit: 'ms' },
    { metric: 'ratio to the tfjs cpu backend', value: eager.step / compiled.step, unit: 'times' },
    { metric: 'trace and compile', value: compiled.compile, unit: 'ms', bar: '<= 1000' },
  ];
}
