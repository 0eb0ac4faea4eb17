import * as tf from '@tensorflow/tfjs';
import { crossEntropy, logSoftmax, lookUp } from '../../compute/nn.ts';
import type { Thinning } from '../../compute/nn.ts';
import { drawColumns } from './generator.ts';
import type { GeneratorParameters, GeneratorShape } from './generator.ts';
import { oneHot } from './one-hot.ts';

/** One column of some rows: the class of each, int32 [rows], and the same as one-hots [rows, classes]. */
export interface GivenColumn {
  readonly codes: tf.Tensor1D;
  readonly oneHots: tf.Tensor;
}

/** The columns of `codes` [rows, columns], int32. */
export function givenColumns(codes: tf.Tensor, classes: readonly number[]): GivenColumn[] {
  return tf.split(codes, classes.length, 1).map((column, index) => {
    const flat: tf.Tensor1D = tf.reshape(column, [column.size]);
    return { codes: flat, oneHots: oneHot(flat, classes[index]!) };
  });
}

/**
 * Minus the logarithm of the probability the generator gives to the rows `given`: one number a row [rows], in nats.
 * Every column is predicted from the values of those before it.
 */
export function rowLoss(
  shape: GeneratorShape,
  parameters: GeneratorParameters,
  given: readonly GivenColumn[],
  thinning?: Thinning,
): tf.Tensor {
  const losses: tf.Tensor[] = [];
  drawColumns(
    shape,
    parameters,
    (column, logits, vectors) => {
      const { codes, oneHots } = given[column]!;
      losses.push(logits.shape[0] === 1 ? alike(logits, oneHots) : crossEntropy([logits], oneHots));
      return vectors && lookUp(vectors, codes, oneHots);
    },
    thinning,
  );
  return tf.addN(losses);
}

/** The cross-entropy of rows that all have the same logits [1, classes]. */
function alike(logits: tf.Tensor, oneHots: tf.Tensor): tf.Tensor {
  return tf.neg(tf.reshape(tf.matMul(oneHots, logSoftmax(logits), false, true), [-1]));
}
