import * as tf from '@tensorflow/tfjs';
import { logSoftmax } from '../../compute/nn.ts';
import { drawColumns } from './generator.ts';
import type { GeneratorParameters, GeneratorShape } from './generator.ts';
import { oneHot } from './one-hot.ts';

/** The class of one column in every row, as a one-hot [rows, classes]. `codes` [rows, columns], int32. */
export function oneHotColumns(codes: tf.Tensor, classes: readonly number[]): tf.Tensor[] {
  return tf.split(codes, classes.length, 1).map((column, index) => {
    const flat: tf.Tensor1D = tf.reshape(column, [column.size]);
    return oneHot(flat, classes[index]!);
  });
}

/**
 * Minus the logarithm of the probability the generator gives to real rows: one number a row [rows], in nats.
 * `real` holds the one-hot of each column. Every column is predicted from the real values of those before it.
 */
export function rowLoss(
  shape: GeneratorShape,
  parameters: GeneratorParameters,
  real: readonly tf.Tensor[],
  thin?: (hidden: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const rows = real[0]?.shape[0] ?? 0;
  const losses: tf.Tensor[] = [];
  drawColumns(
    shape,
    parameters,
    rows,
    (column, logits, vectors) => {
      const given = real[column]!;
      losses.push(tf.sum(tf.mul(given, logSoftmax(logits)), 1));
      return vectors && tf.matMul(given, vectors);
    },
    thin,
  );
  return tf.neg(tf.addN(losses));
}
