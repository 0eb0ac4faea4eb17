import * as tf from '@tensorflow/tfjs';

/** Rows with a one at their class: `codes` int32 [rows] → float32 [rows, classes]. */
export function oneHot(codes: tf.Tensor1D, classes: number): tf.Tensor {
  // TensorFlow.js refuses a single class.
  return classes === 1 ? tf.ones([codes.size, 1]) : tf.cast(tf.oneHot(codes, classes), 'float32');
}
