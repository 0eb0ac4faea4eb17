import * as tf from '@tensorflow/tfjs';

/**
 * What `make` computes, with no gradient to anything it is computed from: masks and positions, which do not change as
 * their inputs do, and whose operations TensorFlow.js would not differentiate.
 */
export function withoutGradient(make: () => tf.Tensor): tf.Tensor {
  return tf.customGrad(() => ({ value: make(), gradFunc: () => [] }))();
}
