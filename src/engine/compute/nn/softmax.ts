import * as tf from '@tensorflow/tfjs';
import { exp } from './activations.ts';
import { compiledOnly } from './compiled-only.ts';
import { cut } from './cut.ts';

/** eˣ / Σ eˣ over the last axis. */
export function softmax(x: tf.Tensor): tf.Tensor {
  return softmaxOp(x);
}

const softmaxOp: (x: tf.Tensor) => tf.Tensor = tf.customGrad((given, save) => {
  const input = given as tf.Tensor;
  (save as tf.GradSaveFunc)([input]);
  return {
    value: tf.softmax(input),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const y = softmax(saved[0] ?? input);
      const weighted = tf.mul(dy, y);
      return tf.sub(weighted, tf.mul(y, tf.sum(weighted, -1, true)));
    },
  };
});

/** log(eˣ / Σ eˣ) over the last axis. */
export function logSoftmax(x: tf.Tensor): tf.Tensor {
  return logSoftmaxOp(x);
}

const logSoftmaxOp: (x: tf.Tensor) => tf.Tensor = tf.customGrad((given, save) => {
  const input = given as tf.Tensor;
  (save as tf.GradSaveFunc)([input]);
  return {
    value: compiledOnly('LogSoftmax', { logits: input }, {})?.[0] ?? tf.logSoftmax(input),
    // The shares from their logarithms, which are there already.
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
      tf.sub(dy, tf.mul(exp(logSoftmax(saved[0] ?? input)), tf.sum(dy, -1, true))),
  };
});

/**
 * The cross-entropy of several categorical variables at once, in nats: minus Σ target · log softmax(logits), summed over
 * the variables → [rows]. `logits` holds one [rows, classes] for each; `target` [rows, Σ classes] their distributions
 * side by side, each summing to 1. No gradient flows to the target.
 */
export function crossEntropy(logits: readonly tf.Tensor[], target: tf.Tensor): tf.Tensor {
  const op = tf.customGrad((...given) => {
    const inputs = given.slice(0, -1) as tf.Tensor[];
    (given.at(-1) as tf.GradSaveFunc)([...inputs, target]);
    return {
      value: tf.neg(tf.sum(tf.mul(target, side(inputs.map(logSoftmax))), 1)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const from = saved.slice(0, -1);
        const shares = exp(side(from.map(logSoftmax)));
        const slope = tf.mul(tf.sub(shares, saved.at(-1) ?? target), tf.expandDims(dy, 1));
        return cut(
          slope,
          from.map((x) => x.shape[1] ?? 1),
          1,
        );
      },
    };
  });
  return op(...logits);
}

function side(parts: readonly tf.Tensor[]): tf.Tensor {
  const [first] = parts;
  return parts.length === 1 && first ? first : tf.concat([...parts], 1);
}

/** log Σ eˣ over the last axis, which stays with length one. */
export function logSumExp(x: tf.Tensor): tf.Tensor {
  return logSumExpOp(x);
}

const logSumExpOp: (x: tf.Tensor) => tf.Tensor = tf.customGrad((given, save) => {
  const input = given as tf.Tensor;
  (save as tf.GradSaveFunc)([input]);
  return {
    value: tf.logSumExp(input, -1, true),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, softmax(saved[0] ?? input)),
  };
});
