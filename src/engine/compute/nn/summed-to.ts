import * as tf from '@tensorflow/tfjs';

/** The sum over the axes along which a tensor of `shape` was broadcast: the gradient of the broadcast. */
export function summedTo(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const lead = x.rank - shape.length;
  const axes = x.shape.flatMap((length, axis) =>
    axis < lead || (shape[axis - lead] === 1 && length !== 1) ? [axis] : [],
  );
  return axes.length === 0 ? x : tf.reshape(tf.sum(x, axes), [...shape]);
}
