import * as tf from '@tensorflow/tfjs';
import { compiledOnly } from './compiled-only.ts';

/** x · weights + bias. x [rows, inputs], weights [inputs, outputs], bias [outputs]. */
export function linear(x: tf.Tensor, weights: tf.Tensor, bias?: tf.Tensor): tf.Tensor {
  const product = tf.matMul(x, weights);
  return bias ? tf.add(product, bias) : product;
}

/**
 * Rows shifted to mean 0 and scaled to variance 1 over the last axis, then by gain and bias (Ba et al. 2016).
 * x [rows, width]; gain and bias [width], each left out when not given.
 */
export function layerNorm(x: tf.Tensor, gain?: tf.Tensor, bias?: tf.Tensor, epsilon = 1e-5): tf.Tensor {
  const normal = normalise(x, epsilon);
  const scaled = gain ? tf.mul(normal, gain) : normal;
  return bias ? tf.add(scaled, bias) : scaled;
}

function normalise(x: tf.Tensor, epsilon: number): tf.Tensor {
  const op = tf.customGrad((given, save) => {
    const input = given as tf.Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: statistics(input, epsilon).normal,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const from = saved[0] ?? input;
        const normal = normalise(from, epsilon);
        const slope = tf.sub(
          tf.sub(dy, tf.mean(dy, -1, true)),
          tf.mul(normal, tf.mean(tf.mul(dy, normal), -1, true)),
        );
        return tf.mul(slope, inverseDeviation(from, epsilon));
      },
    };
  });
  return op(x);
}

/** 1/√(variance + epsilon) of each row; differentiable by the chain through `normalise`. */
function inverseDeviation(x: tf.Tensor, epsilon: number): tf.Tensor {
  const op = tf.customGrad((given, save) => {
    const input = given as tf.Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: statistics(input, epsilon).inverse,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const from = saved[0] ?? input;
        const inverse = inverseDeviation(from, epsilon);
        // d(1/σ)/dx = −x̂ / (width · σ²)
        const width = from.shape.at(-1) ?? 1;
        const perRow = tf.mul(tf.mul(dy, tf.square(inverse)), -1 / width);
        return tf.mul(normalise(from, epsilon), perRow);
      },
    };
  });
  return op(x);
}

function statistics(x: tf.Tensor, epsilon: number): { normal: tf.Tensor; inverse: tf.Tensor } {
  const compiled = compiledOnly('Normalise', { x }, { epsilon });
  if (compiled?.[0] && compiled[1]) return { normal: compiled[0], inverse: compiled[1] };
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  return { normal: tf.mul(centred, inverse), inverse };
}

/**
 * Keeps the elements where `noise` (uniform in (0, 1), shape of x) is at least `rate`, scaled so that the
 * expectation stays (Srivastava et al. 2014).
 */
export function dropout(x: tf.Tensor, noise: tf.Tensor, rate: number): tf.Tensor {
  const kept = tf.cast(tf.greaterEqual(noise, rate), 'float32');
  return tf.mul(x, tf.mul(kept, 1 / (1 - rate)));
}
