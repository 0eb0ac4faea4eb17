/**
 * Convolutions of images [batch, height, width, channels] whose derivatives of any order are convolutions again: each
 * of the three operations below is linear in both arguments and has the other two as its gradients. TensorFlow.js
 * itself has no gradient for that of a filter.
 */
import * as tf from '@tensorflow/tfjs';

/** How a window slides: by one pixel at a time and over whole windows only, unless said otherwise. */
export interface Sliding {
  readonly strides?: number | readonly [number, number];
  /** `same`: as many windows as pixels, divided by the stride. */
  readonly pad?: 'same' | 'valid';
}

type Image = [number, number, number, number];

interface Geometry {
  readonly strides: [number, number];
  readonly pad: 'same' | 'valid';
  readonly image: Image;
  readonly filter: Image;
}

export function stridesOf({ strides = 1 }: Sliding): [number, number] {
  return typeof strides === 'number' ? [strides, strides] : [strides[0], strides[1]];
}

/** x [batch, height, width, inputs] with a filter [height, width, inputs, outputs]. */
export function conv2d(x: tf.Tensor4D, filter: tf.Tensor4D, sliding: Sliding = {}): tf.Tensor4D {
  const geometry = {
    strides: stridesOf(sliding),
    pad: sliding.pad ?? 'valid',
    image: x.shape,
    filter: filter.shape,
  };
  return convolve(x, filter, geometry);
}

/**
 * The transpose of `conv2d`, which makes images larger: y [batch, height, width, outputs] with a filter [height, width,
 * inputs, outputs] to images of `size` [height, width] and as many channels as the filter has inputs.
 */
export function conv2dTranspose(
  y: tf.Tensor4D,
  filter: tf.Tensor4D,
  size: readonly [number, number],
  sliding: Sliding = {},
): tf.Tensor4D {
  const image: Image = [y.shape[0], size[0], size[1], filter.shape[2]];
  return spread(y, filter, {
    strides: stridesOf(sliding),
    pad: sliding.pad ?? 'valid',
    image,
    filter: filter.shape,
  });
}

type Bilinear = (a: tf.Tensor4D, b: tf.Tensor4D, geometry: Geometry) => tf.Tensor4D;

/** An operation that is linear in both arguments, with the gradients of each. */
function bilinear(forward: Bilinear, ofFirst: Bilinear, ofSecond: Bilinear): Bilinear {
  return (a, b, geometry) => {
    const op = tf.customGrad((...given) => {
      const [first, second, save] = given as [tf.Tensor4D, tf.Tensor4D, tf.GradSaveFunc];
      save([first, second]);
      return {
        value: forward(first, second, geometry),
        gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
          const [x = first, y = second] = saved as tf.Tensor4D[];
          // The order of arguments is that of the operation named.
          return [ofFirst(dy as tf.Tensor4D, y, geometry), ofSecond(dy as tf.Tensor4D, x, geometry)];
        },
      };
    });
    return op(a, b);
  };
}

const convolve: Bilinear = bilinear(
  (x, filter, { strides, pad }) => tf.conv2d(x, filter, strides, pad),
  (dy, filter, geometry) => spread(dy, filter, geometry),
  (dy, x, geometry) => correlate(x, dy, geometry),
);

const spread: Bilinear = bilinear(
  (y, filter, { strides, pad, image }) => tf.conv2dTranspose(y, filter, image, strides, pad),
  (ddx, filter, geometry) => convolve(ddx, filter, geometry),
  (ddx, y, geometry) => correlate(ddx, y, geometry),
);

/** The gradient of a filter: images and outputs to what each tap saw of both. */
const correlate: Bilinear = bilinear(
  (x, dy, { strides, pad, filter }) =>
    tf
      .engine()
      .runKernel(
        'Conv2DBackpropFilter',
        { x, dy },
        { strides, pad, dataFormat: 'NHWC', filterShape: filter },
      ),
  (ddw, dy, geometry) => spread(dy, ddw, geometry),
  (ddw, x, geometry) => convolve(x, ddw, geometry),
);
