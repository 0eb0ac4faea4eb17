import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { adam, movingAverage } from './adam.ts';
import { compile } from './compile.ts';
import { linear, tanh } from './nn.ts';
import { initialise, layoutOf, unpack, valueAndGradient } from './parameters.ts';
import { createRandom } from './random.ts';

const layout = layoutOf({
  weights: { shape: [40, 30], start: 'he' },
  bias: { shape: [30], start: 'zeros' },
  gain: { shape: [30], start: 'ones' },
  out: { shape: [30, 2], start: 'glorot' },
  scale: { shape: [], start: { fill: 0.5 } },
});

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

describe('a flat parameter vector', () => {
  it('lays parameters out one after the other', () => {
    expect(layout.size).toBe(1200 + 30 + 30 + 60 + 1);
    expect(layout.slices.gain).toEqual({ offset: 1230, size: 30 });
  });

  it('begins as asked', () => {
    const flat = initialise(layout, createRandom(1));
    const part = (name: keyof typeof layout.slices): Float32Array =>
      flat.subarray(layout.slices[name].offset, layout.slices[name].offset + layout.slices[name].size);
    const deviation = (values: Float32Array): number =>
      Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
    expect(deviation(part('weights')) / Math.sqrt(2 / 40)).toBeCloseTo(1, 1);
    expect(deviation(part('out')) / Math.sqrt(2 / 32)).toBeGreaterThan(0.75);
    expect(deviation(part('out')) / Math.sqrt(2 / 32)).toBeLessThan(1.25);
    expect(part('bias').every((value) => value === 0)).toBe(true);
    expect(part('gain').every((value) => value === 1)).toBe(true);
    expect([...part('scale')]).toEqual([0.5]);
    expect(initialise(layout, createRandom(1))).toEqual(flat);
  });

  it('gives the gradient that differentiating the flat vector gives', () => {
    const flat = tf.tensor1d(initialise(layout, createRandom(1)));
    const x = tf.randomNormal([7, 40], 0, 1, 'float32', 5);
    const loss = (p: ReturnType<typeof unpack<typeof layout.specs>>): tf.Scalar =>
      tf
        .mean(tf.mul(tanh(linear(tf.mul(tanh(linear(x, p.weights, p.bias)), p.gain), p.out)), p.scale))
        .asScalar();
    const { value, gradient } = valueAndGradient(layout, flat, loss);
    const direct = tf.grad((at: tf.Tensor) => loss(unpack(layout, at)))(flat);
    expect(value.dataSync()[0]).toBeCloseTo(loss(unpack(layout, flat)).dataSync()[0] ?? NaN, 6);
    expect(tf.max(tf.abs(tf.sub(gradient, direct))).dataSync()[0]).toBeLessThan(1e-7);
  });
});

describe('Adam', () => {
  /** The textbook, in double precision, one number at a time. */
  function reference(
    gradients: readonly number[],
    rate: number,
    beta1: number,
    beta2: number,
    decay: number,
  ): number {
    let [x, m, v] = [1, 0, 0];
    gradients.forEach((g, index) => {
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const mHat = m / (1 - beta1 ** (index + 1));
      const vHat = v / (1 - beta2 ** (index + 1));
      x = x * (1 - rate * decay) - (rate * mHat) / (Math.sqrt(vHat) + 1e-8);
    });
    return x;
  }

  it.each([
    { beta1: 0.9, beta2: 0.999, weightDecay: 0 },
    { beta1: 0.5, beta2: 0.9, weightDecay: 0.1 },
    { beta1: 0, beta2: 0.99, weightDecay: 0 },
  ])('follows the textbook: $beta1 $beta2 $weightDecay', async (settings) => {
    const gradients = [0.3, -1.2, 0.7, 2, 1e-4, -0.4];
    const step = await compile(
      (state, { gradient, rate }) => {
        const next = adam(state.x, gradient, state, rate, { ...settings, epsilon: 1e-8 });
        return {
          state: { x: next.parameters, first: next.first, second: next.second, step: next.step },
          outputs: { average: movingAverage(state.x, next.parameters, 0.75) },
        };
      },
      {
        state: { x: { shape: [2] }, first: { shape: [2] }, second: { shape: [2] }, step: { shape: [] } },
        inputs: { gradient: { shape: [2] }, rate: { shape: [] } },
      },
    );
    step.writeState({ x: Float32Array.of(1, 1) });
    for (const gradient of gradients) {
      const before = await step.readState();
      const { average } = await step.run({
        gradient: Float32Array.of(gradient, gradient),
        rate: Float32Array.of(0.02),
      });
      const after = await step.readState();
      expect(average[0]).toBeCloseTo(0.75 * (before.x[0] ?? NaN) + 0.25 * (after.x[0] ?? NaN), 6);
    }
    const expected = reference(gradients, 0.02, settings.beta1, settings.beta2, settings.weightDecay);
    const { x, step: steps } = await step.readState();
    expect(x[0]).toBeCloseTo(expected, 5);
    expect(x[1]).toBeCloseTo(expected, 5);
    expect(steps[0]).toBe(gradients.length);
    await step.dispose();
  });
});
