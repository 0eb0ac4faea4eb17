/**
 * A whole step of a WGAN-GP on a table of 15 columns and 294 classes: critic and generator in one program, with
 * layer norm, Gumbel-softmax, gradient penalty, a moment loss on the co-occurrences, Adam on both and an average.
 */
import * as tf from '@tensorflow/tfjs';
import { adam, movingAverage } from '../src/engine/compute/adam.ts';
import { compile, describeDevice } from '../src/engine/compute/compile.ts';
import { gumbelSoftmax, layerNorm, leakyRelu, linear, relu } from '../src/engine/compute/nn.ts';
import {
  initialise,
  layoutOf,
  unpack,
  valueAndGradient,
  type Parameters,
} from '../src/engine/compute/parameters.ts';
import { createRandom } from '../src/engine/compute/random.ts';

export const name = 'GAN step';

const batch = 500;
const noiseWidth = 64;
const hidden = 256;
const sizes = [40, 9, 40, 16, 16, 7, 15, 6, 5, 2, 30, 20, 44, 42, 2];
const width = sizes.reduce((sum, size) => sum + size, 0);

const generatorLayout = layoutOf({
  weights1: { shape: [noiseWidth, hidden], start: 'he' },
  bias1: { shape: [hidden], start: 'zeros' },
  gain1: { shape: [hidden], start: 'ones' },
  shift1: { shape: [hidden], start: 'zeros' },
  weights2: { shape: [noiseWidth + hidden, hidden], start: 'he' },
  bias2: { shape: [hidden], start: 'zeros' },
  gain2: { shape: [hidden], start: 'ones' },
  shift2: { shape: [hidden], start: 'zeros' },
  weights3: { shape: [noiseWidth + 2 * hidden, width], start: 'glorot' },
  bias3: { shape: [width], start: 'zeros' },
});
const criticLayout = layoutOf({
  weights1: { shape: [width, hidden], start: 'he' },
  bias1: { shape: [hidden], start: 'zeros' },
  weights2: { shape: [hidden, hidden], start: 'he' },
  bias2: { shape: [hidden], start: 'zeros' },
  weights3: { shape: [hidden, 1], start: 'glorot' },
  bias3: { shape: [1], start: 'zeros' },
});

type Generator = Parameters<typeof generatorLayout.specs>;
type Critic = Parameters<typeof criticLayout.specs>;

function generate(weights: Generator, noise: tf.Tensor, uniform: tf.Tensor): tf.Tensor {
  const block = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor, gain: tf.Tensor, shift: tf.Tensor): tf.Tensor =>
    tf.concat([relu(layerNorm(linear(x, w, b), gain, shift)), x], 1);
  const first = block(noise, weights.weights1, weights.bias1, weights.gain1, weights.shift1);
  const second = block(first, weights.weights2, weights.bias2, weights.gain2, weights.shift2);
  return gumbelSoftmax(linear(second, weights.weights3, weights.bias3), uniform, sizes, 0.3);
}

function score(weights: Critic, x: tf.Tensor): tf.Tensor {
  const first = leakyRelu(linear(x, weights.weights1, weights.bias1));
  const second = leakyRelu(linear(first, weights.weights2, weights.bias2));
  return linear(second, weights.weights3, weights.bias3);
}

function momentLoss(fake: tf.Tensor, real: tf.Tensor): tf.Tensor {
  const means = tf.sum(tf.squaredDifference(tf.mean(fake, 0), tf.mean(real, 0)));
  const pairs = (x: tf.Tensor): tf.Tensor => tf.mul(tf.matMul(x, x, true, false), 1 / batch);
  return tf.add(means, tf.mul(tf.sum(tf.square(tf.sub(pairs(fake), pairs(real)))), 0.1));
}

function compileStep() {
  const [generator, critic] = [{ shape: [generatorLayout.size] }, { shape: [criticLayout.size] }];
  return compile(
    (state, { real, noise, uniform, mixing, rate }) => {
      const fake = generate(unpack(generatorLayout, state.generator), noise, uniform);
      const between = tf.add(real, tf.mul(mixing, tf.sub(fake, real)));
      const told = valueAndGradient(criticLayout, state.critic, (weights) => {
        const slope = tf.grad((x) => tf.sum(score(weights, x)))(between);
        const norm = tf.sqrt(tf.add(tf.sum(tf.square(slope), 1), 1e-12));
        const penalty = tf.mul(tf.mean(tf.square(tf.sub(norm, 1))), 10);
        return tf.add(tf.sub(tf.mean(score(weights, fake)), tf.mean(score(weights, real))), penalty);
      });
      const settings = { beta1: 0, beta2: 0.9, epsilon: 1e-8 };
      const criticSlots = { first: state.criticFirst, second: state.criticSecond, step: state.step };
      const nextCritic = adam(state.critic, told.gradient, criticSlots, rate, settings);
      const judge = unpack(criticLayout, nextCritic.parameters);
      const made = valueAndGradient(generatorLayout, state.generator, (weights) => {
        const rows = generate(weights, noise, uniform);
        return tf.add(tf.neg(tf.mean(score(judge, rows))), tf.mul(momentLoss(rows, real), 3));
      });
      const slots = { first: state.first, second: state.second, step: state.step };
      const next = adam(state.generator, made.gradient, slots, rate, settings);
      return {
        state: {
          generator: next.parameters,
          second: next.second,
          average: movingAverage(state.average, next.parameters, 0.999),
          critic: nextCritic.parameters,
          criticSecond: nextCritic.second,
          step: next.step,
        },
        outputs: { criticLoss: told.value, generatorLoss: made.value },
      };
    },
    {
      state: {
        generator,
        average: generator,
        first: generator,
        second: generator,
        critic,
        criticFirst: critic,
        criticSecond: critic,
        step: { shape: [] },
      },
      inputs: {
        real: { shape: [batch, width] },
        noise: { shape: [batch, noiseWidth] },
        uniform: { shape: [batch, width] },
        mixing: { shape: [batch, 1] },
        rate: { shape: [] },
      },
      ...(process.env.SEMBLANCE_PROFILE === undefined
        ? {}
        : { profile: process.env.SEMBLANCE_PROFILE, threads: 1 }),
    },
  );
}

export async function run(): Promise<{ metric: string; value: number; unit: string; bar?: string }[]> {
  const start = performance.now();
  const step = await compileStep();
  const compileTime = performance.now() - start;
  const random = createRandom(1);
  const generator = initialise(generatorLayout, random);
  step.writeState({ generator, average: generator, critic: initialise(criticLayout, random) });
  const inputs = {
    real: new Float32Array(batch * width),
    noise: new Float32Array(batch * noiseWidth),
    uniform: new Float32Array(batch * width),
    mixing: new Float32Array(batch),
    rate: Float32Array.of(1e-3),
  };
  const draw = (): void => {
    inputs.real.fill(0);
    for (let row = 0; row < batch; row++) {
      let column = row * width;
      for (const size of sizes) {
        inputs.real[column + Math.min(random.integer(size), random.integer(size))] = 1;
        column += size;
      }
    }
    random.fillNormal(inputs.noise);
    random.fillUniform(inputs.uniform);
    random.fillUniform(inputs.mixing);
  };
  const times: number[] = [];
  const drawing: number[] = [];
  const losses: number[] = [];
  for (let count = 0; count < 150; count++) {
    const before = performance.now();
    draw();
    const drawn = performance.now();
    const { criticLoss, generatorLoss } = await step.run(inputs);
    times.push(performance.now() - drawn);
    drawing.push(drawn - before);
    losses.push(criticLoss[0] ?? NaN, generatorLoss[0] ?? NaN);
  }
  await step.dispose();
  if (!losses.every(Number.isFinite)) throw new Error('The GAN diverges.');
  return [
    { metric: `GAN step, 294 classes (${describeDevice()})`, value: median(times), unit: 'ms' },
    { metric: 'drawing its batch and noise', value: median(drawing), unit: 'ms' },
    { metric: 'trace and compile', value: compileTime, unit: 'ms', bar: '<= 1000' },
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
