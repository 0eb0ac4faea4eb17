import * as tf from '@tensorflow/tfjs';
import { inverseDeviation, normalise, statistics } from './layers.ts';
import type { Source } from './layers.ts';

/** Which elements of a hidden layer stay: `mask` [rows, width] holds 0 or 1 / (1 − rate), as `dropoutMask` makes it. */
export interface Thinning {
  readonly mask: tf.Tensor;
  readonly rate: number;
}

/** Rows moved to mean 0, as `normRelu` asks of what its input is a sum of. x [rows, width]. */
export function centred(x: tf.Tensor): tf.Tensor {
  return tf.sub(x, tf.mean(x, -1, true));
}

/**
 * The hidden layer relu(x̂ + shift), thinned out where asked: x̂ are the rows of x [rows, width] scaled to variance 1;
 * shift [width]. One operation with a gradient of its own, since a network of many such layers spends most of its time
 * reading and writing them: as a LayerNorm with gain, a relu and a dropout it takes half as many passes again. A
 * positive gain would add nothing that the weights after the relu do not have.
 *
 * The rows of x must have mean 0: sums of `centred` vectors. The gradient for x leaves out its mean over a row, which
 * moves nothing that x is a sum of.
 */
export function normRelu(x: tf.Tensor, shift: tf.Tensor, thinning?: Thinning, epsilon = 1e-5): tf.Tensor {
  const op = tf.customGrad((...given) => {
    const [input, plus, save] = given as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save(thinning ? [input, plus, thinning.mask] : [input, plus]);
    return {
      value: hiddenLayer({ x: input, epsilon, scaling: { bias: plus } }, thinning),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [from = input, bias = shift, mask] = saved;
        const kept = thinning && { ...thinning, ...(mask && { mask }) };
        const source: Source = { x: from, epsilon, scaling: { bias } };
        const slope = tf.mul(activity(source, kept), kept ? tf.mul(dy, 1 / (1 - kept.rate)) : dy);
        const normal = normalise(source);
        const inverse = inverseDeviation(source);
        const along = tf.mul(rowMeans(tf.mul(slope, normal)), inverse);
        return [tf.sub(tf.mul(slope, inverse), tf.mul(normal, along)), tf.sum(slope, 0)];
      },
    };
  });
  return op(x, shift);
}

function hiddenLayer(source: Source, thinning: Thinning | undefined): tf.Tensor {
  const active = tf.relu(statistics(source).scaled);
  return thinning ? tf.mul(active, thinning.mask) : active;
}

/** 1 where an element is positive and stays, 0 elsewhere; constant wherever it has a derivative. */
function activity(source: Source, thinning: Thinning | undefined): tf.Tensor {
  const op = tf.customGrad(() => ({
    value: tf.step(hiddenLayer(source, thinning)),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }));
  return op(source.x);
}

/** [rows, width] → [rows, 1], as a product, which the runtime computes faster than a mean. */
function rowMeans(x: tf.Tensor): tf.Tensor {
  const width = x.shape[1] ?? 1;
  return tf.matMul(x, tf.fill([width, 1], 1 / width));
}
