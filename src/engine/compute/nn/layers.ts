import * as tf from '@tensorflow/tfjs';
import { compiledOnly } from './compiled-only.ts';

/** x · weights + bias. x [rows, inputs], weights [inputs, outputs], bias [outputs]. */
export function linear(x: tf.Tensor, weights: tf.Tensor, bias?: tf.Tensor): tf.Tensor {
  const product = tf.matMul(x, weights);
  return bias ? tf.add(product, bias) : product;
}

/**
 * Rows shifted to mean 0 and scaled to variance 1 over the last axis, then by gain and bias (Ba et al. 2016).
 * x [rows, width], or with more axes of rows; gain and bias [width]: both or neither.
 */
export function layerNorm(x: tf.Tensor, gain?: tf.Tensor, bias?: tf.Tensor, epsilon = 1e-5): tf.Tensor {
  if (!gain || !bias) return normalise({ x, epsilon });
  return tf.reshape(scaledNorm(tf.reshape(x, [-1, gain.size]), gain, bias, epsilon), x.shape);
}

/** What a row's statistics are computed from: with gain and bias where the runtime has them at hand anyway. */
export interface Source {
  readonly x: tf.Tensor;
  readonly epsilon: number;
  readonly scaling?: { readonly gain?: tf.Tensor; readonly bias: tf.Tensor };
}

function scaledNorm(x: tf.Tensor, gain: tf.Tensor, bias: tf.Tensor, epsilon: number): tf.Tensor {
  const op = tf.customGrad((...given) => {
    const [input, scale, shift, save] = given as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([input, scale, shift]);
    const source: Source = { x: input, epsilon, scaling: { gain: scale, bias: shift } };
    return {
      value: statistics(source).scaled,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [from = input, by = scale, plus = shift] = saved;
        const again: Source = { x: from, epsilon, scaling: { gain: by, bias: plus } };
        const normal = normalise(again);
        const weighted = tf.mul(dy, normal);
        const width = by.size;
        // The means over a row of dy·gain and of dy·gain·x̂, as products with the gain.
        const column = tf.reshape(by, [width, 1]);
        const mean = tf.mul(tf.matMul(dy, column), 1 / width);
        const slope = tf.mul(tf.matMul(weighted, column), 1 / width);
        const inner = tf.sub(tf.sub(tf.mul(dy, by), mean), tf.mul(normal, slope));
        return [tf.mul(inner, inverseDeviation(again)), tf.sum(weighted, 0), tf.sum(dy, 0)];
      },
    };
  });
  return op(x, gain, bias);
}

/** Rows with mean 0 and variance 1. */
export function normalise(source: Source): tf.Tensor {
  const op = tf.customGrad((given, save) => {
    const input = given as tf.Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: statistics({ ...source, x: input }).normal,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const again = { ...source, x: saved[0] ?? input };
        const normal = normalise(again);
        const slope = tf.sub(
          tf.sub(dy, tf.mean(dy, -1, true)),
          tf.mul(normal, tf.mean(tf.mul(dy, normal), -1, true)),
        );
        return tf.mul(slope, inverseDeviation(again));
      },
    };
  });
  return op(source.x);
}

/** 1/√(variance + epsilon) of each row; differentiable by the chain through `normalise`. */
export function inverseDeviation(source: Source): tf.Tensor {
  const op = tf.customGrad((given, save) => {
    const input = given as tf.Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: statistics({ ...source, x: input }).inverse,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const again = { ...source, x: saved[0] ?? input };
        // d(1/σ)/dx = −x̂ / (width · σ²)
        const width = again.x.shape.at(-1) ?? 1;
        const perRow = tf.mul(tf.mul(dy, tf.square(inverseDeviation(again))), -1 / width);
        return tf.mul(normalise(again), perRow);
      },
    };
  });
  return op(source.x);
}

interface Statistics {
  readonly scaled: tf.Tensor;
  readonly normal: tf.Tensor;
  /** [rows, 1] */
  readonly inverse: tf.Tensor;
}

export function statistics({ x, epsilon, scaling }: Source): Statistics {
  const [scaled, mean, inverse] = compiledOnly('LayerNorm', { x, ...scaling }, { epsilon }) ?? [];
  if (scaled && mean && inverse) {
    const { gain, bias } = scaling ?? {};
    const normal = gain ? tf.mul(tf.sub(x, mean), inverse) : bias ? tf.sub(scaled, bias) : scaled;
    return { scaled, normal, inverse };
  }
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const deviation = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
  const normal = tf.mul(centred, deviation);
  const gained = scaling?.gain ? tf.mul(normal, scaling.gain) : normal;
  return {
    scaled: scaling ? tf.add(gained, scaling.bias) : normal,
    normal,
    inverse: deviation,
  };
}

/**
 * What thins a layer out (Srivastava et al. 2014): 0 where `noise`, uniform in (0, 1), is below `rate`, elsewhere
 * 1 / (1 − rate), so that the expectation stays.
 */
export function dropoutMask(noise: tf.Tensor, rate: number): tf.Tensor {
  const kept = tf.cast(tf.greaterEqual(noise, rate), 'float32');
  return tf.mul(kept, 1 / (1 - rate));
}
