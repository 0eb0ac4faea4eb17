/** Operations that choose or count: linear wherever they have a derivative. */
import * as tf from '@tensorflow/tfjs';
import { withoutGradient } from './without-gradient.ts';
import { oneHots } from './one-hots.ts';
import { summedTo } from './summed-to.ts';

/** The larger of two; where they are equal the gradient is the first's. Shapes broadcast. */
export function maximum(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return chosen(tf.maximum, tf.greaterEqual, a, b);
}

/** The smaller of two; where they are equal the gradient is the first's. Shapes broadcast. */
export function minimum(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return chosen(tf.minimum, tf.lessEqual, a, b);
}

type Pairwise = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

function chosen(choose: Pairwise, isFirst: Pairwise, a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const op = tf.customGrad((...given) => {
    const [first, second, save] = given as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([first, second]);
    return {
      value: choose(first, second),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x = first, y = second] = saved;
        const mask = withoutGradient(() => tf.cast(isFirst(x, y), 'float32'));
        const part = tf.mul(dy, mask);
        return [summedTo(part, x.shape), summedTo(tf.sub(dy, part), y.shape)];
      },
    };
  });
  return op(a, b);
}

/** (a − b)². Shapes broadcast. */
export function squaredDifference(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.square(tf.sub(a, b));
}

export interface Running {
  /** Without the element itself. */
  readonly exclusive?: boolean;
  /** From the end. */
  readonly reverse?: boolean;
}

/** Sums of all elements up to each along an axis. Its gradient is the same from the other end. */
export function cumsum(
  x: tf.Tensor,
  axis: number,
  { exclusive = false, reverse = false }: Running = {},
): tf.Tensor {
  const op = tf.customGrad((given) => ({
    value: tf.cumsum(given as tf.Tensor, axis, exclusive, reverse),
    gradFunc: (dy: tf.Tensor) => cumsum(dy, axis, { exclusive, reverse: !reverse }),
  }));
  return op(x);
}

/** The `count` largest along the last axis, largest first, and where they are (int32). No gradient flows to the latter. */
export function topK(x: tf.Tensor, count: number): { values: tf.Tensor; indices: tf.Tensor } {
  const length = x.shape.at(-1) ?? 1;
  const indices = withoutGradient(() => tf.topk(x, count).indices);
  const places = withoutGradient(() => oneHots(indices, length));
  const values = tf.sum(tf.mul(tf.expandDims(x, -2), places), -1);
  return { values, indices };
}
