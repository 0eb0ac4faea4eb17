import * as tf from '@tensorflow/tfjs';
import { area, outside, pixelsOfWindows, windowsOf, windowsOfPixels, type Windows } from '../windows.ts';
import { stridesOf, type Sliding } from './convolution.ts';

/** The windows of a size sliding over images. */
export function windowsOver(x: tf.Tensor4D, size: readonly [number, number], sliding: Sliding): Windows {
  return windowsOf(
    tf.backend_util.computePool2DInfo(x.shape, [...size], stridesOf(sliding), 1, sliding.pad ?? 'valid'),
  );
}

/**
 * What each window sees of x [batch, height, width, channels], `fill` beyond its edges → [batch, windows, taps,
 * channels]. Linear but for the fill, with `fold` as its gradient, whose gradient it is.
 */
export function unfold(x: tf.Tensor4D, windows: Windows, fill = 0): tf.Tensor4D {
  const op = tf.customGrad((given) => {
    const { batch, input, output, size, channels } = windows;
    const rows: tf.Tensor3D = tf.reshape(given as tf.Tensor, [batch, area(input), channels]);
    const seen = pick(rows, pixelsOfWindows(windows), fill);
    return {
      value: tf.reshape(seen, [batch, area(output), area(size), channels]),
      gradFunc: (dy: tf.Tensor) => fold(dy as tf.Tensor4D, windows),
    };
  });
  return op(x) as tf.Tensor4D;
}

/** For each pixel the sum over the windows that see it: [batch, windows, taps, channels] → images. */
export function fold(seen: tf.Tensor4D, windows: Windows): tf.Tensor4D {
  const op = tf.customGrad((given) => {
    const { batch, input, output, size, channels } = windows;
    const { length, places } = windowsOfPixels(windows);
    const rows: tf.Tensor3D = tf.reshape(given as tf.Tensor, [batch, area(output) * area(size), channels]);
    const readers = tf.reshape(pick(rows, places, 0), [batch, area(input), length, channels]);
    return {
      value: tf.reshape(tf.sum(readers, 2), [batch, ...input, channels]),
      gradFunc: (dy: tf.Tensor) => unfold(dy as tf.Tensor4D, windows),
    };
  });
  return op(seen) as tf.Tensor4D;
}

/** Rows of x [batch, rows, channels] by number, `outside` giving rows of `fill`. */
function pick(x: tf.Tensor3D, rows: Int32Array, fill: number): tf.Tensor3D {
  const [batch, length, channels] = x.shape;
  if (!rows.includes(outside)) return tf.gather(x, tf.tensor1d(rows, 'int32'), 1);
  const edge: tf.Tensor3D = tf.fill([batch, 1, channels], fill);
  const padded = tf.concat([x, edge], 1);
  const indices = rows.map((row) => (row === outside ? length : row));
  return tf.gather(padded, tf.tensor1d(indices, 'int32'), 1);
}
