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

/**
 * A softmax over each group of adjacent columns: logits [rows, Σ sizes] → the same shape, every group summing
 * to 1. The maximum is subtracted group by group, so no group can underflow because of another. Adjacent groups
 * of equal size are computed together: order the groups by size where there are hundreds.
 */
export function segmentSoftmax(logits: tf.Tensor, sizes: readonly number[]): tf.Tensor {
  const op = tf.customGrad((given, save) => {
    const input = given as tf.Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: forward(input, sizes),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const y = segmentSoftmax(saved[0] ?? input, sizes);
        const weighted = tf.mul(dy, y);
        return tf.sub(weighted, tf.mul(y, spread(weighted, sizes)));
      },
    };
  });
  return op(logits);
}

function forward(logits: tf.Tensor, sizes: readonly number[]): tf.Tensor {
  const [rows = 1] = logits.shape;
  const runs = runsOf(sizes);
  const parts = cut(
    logits,
    runs.map(({ size, count }) => size * count),
    1,
  );
  return tf.concat(
    parts.map((part, index) => {
      const { size, count } = runs[index] ?? { size: 1, count: 1 };
      return tf.reshape(tf.softmax(tf.reshape(part, [rows, count, size])), [rows, count * size]);
    }),
    1,
  );
}

/** Stretches of adjacent groups of the same size. */
function runsOf(sizes: readonly number[]): { size: number; count: number }[] {
  const runs: { size: number; count: number }[] = [];
  for (const size of sizes) {
    const last = runs.at(-1);
    if (last?.size === size) last.count++;
    else runs.push({ size, count: 1 });
  }
  return runs;
}

/** The sum of each group of columns: x [rows, Σ sizes] → [rows, groups]. */
export function segmentSum(x: tf.Tensor, sizes: readonly number[]): tf.Tensor {
  const sums = blocksOf(x, sizes).map(({ part, membership }) => tf.matMul(part, membership));
  return sums.length === 1 && sums[0] ? sums[0] : tf.concat(sums, 1);
}

/** The sum of each group in every one of its columns. */
function spread(x: tf.Tensor, sizes: readonly number[]): tf.Tensor {
  const sums = blocksOf(x, sizes).map(({ part, membership }) =>
    tf.matMul(tf.matMul(part, membership), membership, false, true),
  );
  return sums.length === 1 && sums[0] ? sums[0] : tf.concat(sums, 1);
}

/** Columns to a block: products with a membership matrix beat many small sums until they grow too wide. */
const blockWidth = 384;

interface Block {
  readonly part: tf.Tensor;
  /** [columns, groups], 1 where the column belongs to the group. */
  readonly membership: tf.Tensor2D;
}

function blocksOf(x: tf.Tensor, sizes: readonly number[]): Block[] {
  const blocks: number[][] = [];
  let width = Infinity;
  for (const size of sizes) {
    const last = blocks.at(-1);
    if (last && width + size <= blockWidth) {
      last.push(size);
      width += size;
    } else {
      blocks.push([size]);
      width = size;
    }
  }
  const widths = blocks.map((block) => block.reduce((sum, size) => sum + size, 0));
  const parts = cut(x, widths, 1);
  return blocks.flatMap((block, index) => {
    const part = parts[index];
    return part ? [{ part, membership: membershipOf(block, widths[index] ?? 0) }] : [];
  });
}

function membershipOf(sizes: readonly number[], width: number): tf.Tensor2D {
  const matrix = new Float32Array(width * sizes.length);
  let column = 0;
  sizes.forEach((size, group) => {
    for (let index = 0; index < size; index++) matrix[column++ * sizes.length + group] = 1;
  });
  return tf.tensor2d(matrix, [width, sizes.length]);
}
