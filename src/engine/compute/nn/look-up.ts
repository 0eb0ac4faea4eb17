import * as tf from '@tensorflow/tfjs';

/**
 * The row of `table` [classes, width] for each class of `codes` int32 [rows] → [rows, width]. The gradient is a product
 * with the one-hots of the codes, as that of a gather would be a scatter, which adds in an order of its own.
 */
export function lookUp(table: tf.Tensor, codes: tf.Tensor1D, oneHots: tf.Tensor): tf.Tensor {
  const op = tf.customGrad((given, save) => {
    (save as tf.GradSaveFunc)([oneHots]);
    return {
      value: tf.gather(given as tf.Tensor, codes),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.matMul(saved[0] ?? oneHots, dy, true, false),
    };
  });
  return op(table);
}
