/** The step that convolution.bench.ts and the comparison with PyTorch measure. */
import * as tf from '@tensorflow/tfjs';
import { adam } from '../../src/engine/compute/adam.ts';
import { compile } from '../../src/engine/compute/compile.ts';
import { conv2d, leakyRelu, linear, softplus } from '../../src/engine/compute/nn.ts';
import {
  initialise,
  layoutOf,
  valueAndGradient,
  type Parameters,
} from '../../src/engine/compute/parameters.ts';
import { createRandom } from '../../src/engine/compute/random.ts';
import type { MeasuredStep } from './median-step.ts';

const batch = 16;
const side = 64;
const widths = [32, 64, 128, 256] as const;
/** Weight of the R1 penalty (Mescheder et al. 2018). */
const penalty = 10;

const layout = layoutOf({
  filter0: { shape: [3, 3, 1, widths[0]], start: 'he' },
  bias0: { shape: [widths[0]], start: 'zeros' },
  filter1: { shape: [3, 3, widths[0], widths[1]], start: 'he' },
  bias1: { shape: [widths[1]], start: 'zeros' },
  filter2: { shape: [3, 3, widths[1], widths[2]], start: 'he' },
  bias2: { shape: [widths[2]], start: 'zeros' },
  filter3: { shape: [3, 3, widths[2], widths[3]], start: 'he' },
  bias3: { shape: [widths[3]], start: 'zeros' },
  weights: { shape: [(side / 16) ** 2 * widths[3], 1], start: 'glorot' },
  bias: { shape: [1], start: 'zeros' },
});

function odds(images: tf.Tensor, parameters: Parameters<typeof layout.specs>): tf.Tensor {
  const { filter0, bias0, filter1, bias1, filter2, bias2, filter3, bias3, weights, bias } = parameters;
  const layers = [
    [filter0, bias0],
    [filter1, bias1],
    [filter2, bias2],
    [filter3, bias3],
  ] as const;
  const features = layers.reduce<tf.Tensor>(
    (x, [filter, shift]) =>
      leakyRelu(tf.add(conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, { strides: 2, pad: 'same' }), shift)),
    images,
  );
  return linear(tf.reshape(features, [images.shape[0] ?? 1, -1]), weights, bias);
}

export const convolutionalStep: MeasuredStep = {
  open: async (options) => {
    const vector = { shape: [layout.size] } as const;
    const images = { shape: [batch, side, side, 1] } as const;
    const step = await compile(
      (state, given) => {
        const { value, gradient } = valueAndGradient(layout, state.parameters, (parameters) => {
          const telling = tf.add(
            tf.mean(softplus(tf.neg(odds(given.real, parameters)))),
            tf.mean(softplus(odds(given.generated, parameters))),
          );
          const slope = tf.grad((at: tf.Tensor) => tf.sum(odds(at, parameters)))(given.real);
          const steepness = tf.mul(tf.sum(tf.square(slope)), 1 / batch);
          return tf.add(telling, tf.mul(steepness, penalty / 2));
        });
        const next = adam(state.parameters, gradient, state, given.rate, {
          beta1: 0.5,
          beta2: 0.9,
          epsilon: 1e-8,
        });
        return {
          state: { parameters: next.parameters, first: next.first, second: next.second, step: next.step },
          outputs: { loss: value },
        };
      },
      {
        state: { parameters: vector, first: vector, second: vector, step: { shape: [] } },
        inputs: { real: images, generated: images, rate: { shape: [] } },
        ...options,
      },
    );
    const random = createRandom(7);
    step.writeState({ parameters: initialise(layout, createRandom(1)) });
    const given = {
      real: new Float32Array(batch * side * side),
      generated: new Float32Array(batch * side * side),
      rate: Float32Array.of(2e-4),
    };
    random.fillUniform(given.real);
    random.fillNormal(given.generated);
    return {
      run: async () => (await step.run(given)).loss[0] ?? NaN,
      dispose: () => step.dispose(),
    };
  },
};
