/**
 * Pooling and depthwise convolution of images [batch, height, width, channels], made of `unfold` and so differentiable
 * as often as one likes. TensorFlow.js cannot differentiate its own twice, and takes the mean's gradient at padded edges
 * wrongly.
 */
import * as tf from '@tensorflow/tfjs';
import { area, pixelCounts } from '../windows.ts';
import { withoutGradient } from './without-gradient.ts';
import { oneHots } from './one-hots.ts';
import type { Sliding } from './convolution.ts';
import { unfold, windowsOver } from './sliding.ts';

type Size = readonly [number, number];

/** The mean of each window; windows touch unless strides say otherwise, and padding does not count. */
export function averagePool(x: tf.Tensor4D, size: Size, sliding: Sliding = {}): tf.Tensor4D {
  const windows = windowsOver(x, size, { strides: size, ...sliding });
  const sums = tf.sum(unfold(x, windows), 2);
  const shares = pixelCounts(windows).map((count) => 1 / count);
  const mean = tf.mul(sums, tf.tensor2d(shares, [shares.length, 1]));
  return tf.reshape(mean, [windows.batch, ...windows.output, windows.channels]);
}

/** Lower than any pixel, and a number still. */
const lowest = -3.4e38;

/** The largest of each window, the first of equals; windows touch unless strides say otherwise. */
export function maxPool(x: tf.Tensor4D, size: Size, sliding: Sliding = {}): tf.Tensor4D {
  const windows = windowsOver(x, size, { strides: size, ...sliding });
  const seen = unfold(x, windows, lowest);
  const largest = tf.sum(tf.mul(seen, largestTaps(seen)), 2);
  return tf.reshape(largest, [windows.batch, ...windows.output, windows.channels]);
}

/** 1 for the tap that sees the largest, 0 for the others. */
function largestTaps(seen: tf.Tensor4D): tf.Tensor {
  return withoutGradient(() => tf.transpose(oneHots(tf.argMax(seen, 2), seen.shape[2]), [0, 1, 3, 2]));
}

/**
 * Each channel with filters of its own: [height, width, channels, multiplier] → [batch, height, width, channels ·
 * multiplier].
 */
export function depthwiseConv2d(x: tf.Tensor4D, filter: tf.Tensor4D, sliding: Sliding = {}): tf.Tensor4D {
  const [height, width, channels, multiplier] = filter.shape;
  const windows = windowsOver(x, [height, width], sliding);
  const seen = tf.reshape(unfold(x, windows), [
    windows.batch,
    area(windows.output),
    height * width,
    channels,
    1,
  ]);
  const sums = tf.sum(tf.mul(seen, tf.reshape(filter, [height * width, channels, multiplier])), 2);
  return tf.reshape(sums, [windows.batch, ...windows.output, channels * multiplier]);
}
