/** The step that compute.bench.ts and the comparison with PyTorch measure. */
import * as tf from '@tensorflow/tfjs';
import { adam } from '../../src/engine/compute/adam.ts';
import { compile, type ArraysOf } from '../../src/engine/compute/compile.ts';
import { leakyRelu, linear } from '../../src/engine/compute/nn.ts';
import {
  initialise,
  layoutOf,
  valueAndGradient,
  type Parameters,
} from '../../src/engine/compute/parameters.ts';
import { createRandom } from '../../src/engine/compute/random.ts';
import type { MeasuredStep } from './median-step.ts';

export const batch = 500;
export const width = 300;

const layout = layoutOf({
  weights1: { shape: [width, 256], start: 'he' },
  bias1: { shape: [256], start: 'zeros' },
  weights2: { shape: [256, 256], start: 'he' },
  bias2: { shape: [256], start: 'zeros' },
  weights3: { shape: [256, 1], start: 'glorot' },
  bias3: { shape: [1], start: 'zeros' },
});

export const state = {
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

export type Tensors<T> = { readonly [key in keyof T]: tf.Tensor };

function score(x: tf.Tensor, weights: Parameters<typeof layout.specs>): tf.Tensor {
  const hidden1 = leakyRelu(linear(x, weights.weights1, weights.bias1));
  const hidden2 = leakyRelu(linear(hidden1, weights.weights2, weights.bias2));
  return linear(hidden2, weights.weights3, weights.bias3);
}

export function criticStep(
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

export function feed(): ArraysOf<typeof inputs> {
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

/** Fresh parameters, the same for every way of computing. */
export function freshCritic(): Float32Array<ArrayBuffer> {
  return initialise(layout, createRandom(1));
}

export const compiledCritic: MeasuredStep = {
  open: async (options) => {
    const critic = await compile(criticStep, { state, inputs, ...options });
    critic.writeState({ critic: freshCritic() });
    const arrays = feed();
    return {
      run: async () => (await critic.run(arrays)).loss[0] ?? NaN,
      dispose: () => critic.dispose(),
    };
  },
};
