import * as tf from '@tensorflow/tfjs';
import { softmax } from './softmax.ts';

/**
 * Scaled dot-product attention (Vaswani et al. 2017): queries [batch, n, width], keys [batch, m, width], values
 * [batch, m, outputs] → [batch, n, outputs]. `mask`, which broadcasts to [batch, n, m], is added to the scores: 0 where a
 * query may look, a large negative number where it may not.
 */
export function attention(
  queries: tf.Tensor3D,
  keys: tf.Tensor3D,
  values: tf.Tensor3D,
  mask?: tf.Tensor,
): tf.Tensor3D {
  const scores = tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(queries.shape[2]));
  const shares = softmax(mask ? tf.add(scores, mask) : scores);
  return tf.matMul<tf.Tensor3D>(shares, values);
}
