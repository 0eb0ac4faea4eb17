import * as tf from '@tensorflow/tfjs';

/** `tf.split`, but for a single part, of which TensorFlow.js cannot take the gradient. */
export function cut(x: tf.Tensor, lengths: readonly number[], axis: number): tf.Tensor[] {
  return lengths.length === 1 ? [x] : tf.split(x, [...lengths], axis);
}
