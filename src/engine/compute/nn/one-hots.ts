import * as tf from '@tensorflow/tfjs';

/** Zeros but for a one at each index, along a new last axis: `tf.oneHot`, but for a length of one as well. */
export function oneHots(indices: tf.Tensor, length: number): tf.Tensor {
  return tf.cast(tf.equal(tf.expandDims(indices, -1), tf.range(0, length, 1, 'int32')), 'float32');
}
