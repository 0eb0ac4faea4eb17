/** Resizing of images [batch, height, width, channels] by linear operations, differentiable as often as one likes. */
import * as tf from '@tensorflow/tfjs';
import { linearWeights, nearestWeights, type Alignment } from '../resampling.ts';

type Weights = (from: number, to: number, alignment: Alignment) => Float32Array;
/** Where pixels lie: by their middles, as image programs and PyTorch have it. */
const usual: Alignment = { corners: false, centres: true };

/** By linear interpolation to `size` [height, width]. */
export function resizeBilinear(
  x: tf.Tensor4D,
  size: readonly [number, number],
  alignment: Alignment = usual,
): tf.Tensor4D {
  return resized(x, size, alignment, linearWeights);
}

/** By repeating or leaving out pixels. */
export function resizeNearest(
  x: tf.Tensor4D,
  size: readonly [number, number],
  alignment: Alignment = usual,
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [down, right] = [size[0] / height, size[1] / width];
  // By whole factors it is a broadcast, whichever part of a pixel its place is.
  if (Number.isInteger(down) && Number.isInteger(right) && !alignment.corners) {
    const apart = tf.reshape(x, [batch, height, 1, width, 1, channels]);
    return tf.reshape(tf.mul(apart, tf.ones([1, 1, down, 1, right, 1])), [batch, ...size, channels]);
  }
  return resized(x, size, alignment, nearestWeights);
}

function resized(
  x: tf.Tensor4D,
  size: readonly [number, number],
  alignment: Alignment,
  weightsOf: Weights,
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const weights = (from: number, to: number): tf.Tensor2D =>
    tf.tensor2d(weightsOf(from, to, alignment), [to, from]);
  const rows = tf.matMul(
    tf.reshape(tf.transpose(x, [0, 2, 3, 1]), [batch * width * channels, height]),
    weights(height, size[0]),
    false,
    true,
  );
  const turned = tf.transpose(tf.reshape(rows, [batch, width, channels, size[0]]), [0, 3, 2, 1]);
  const columns = tf.matMul(
    tf.reshape(turned, [batch * size[0] * channels, width]),
    weights(width, size[1]),
    false,
    true,
  );
  return tf.transpose(tf.reshape(columns, [batch, size[0], channels, size[1]]), [0, 1, 3, 2]);
}

/** Channels become pixels: [batch, height, width, channels · block²] → [batch, height · block, width · block, channels]. */
export function depthToSpace(x: tf.Tensor4D, block: number): tf.Tensor4D {
  const [batch, height, width, depth] = x.shape;
  const channels = depth / (block * block);
  const apart = tf.reshape(x, [batch, height, width, block, block, channels]);
  return tf.reshape(tf.transpose(apart, [0, 1, 3, 2, 4, 5]), [
    batch,
    height * block,
    width * block,
    channels,
  ]);
}
