/**
 * Building blocks of networks, safe to differentiate twice. TensorFlow.js saves some ops' *outputs* for their
 * gradients, and the second gradient then silently lacks a term; these recompute from the saved input.
 */
import * as tf from '@tensorflow/tfjs';

/** An elementwise function whose derivative is itself made of functions safe to differentiate. */
function elementwise(
  forward: (x: tf.Tensor) => tf.Tensor,
  derivative: (x: tf.Tensor) => tf.Tensor,
): (x: tf.Tensor) => tf.Tensor {
  const op = tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([x as tf.Tensor]);
    return {
      value: forward(x as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [input] = saved;
        if (!input) throw new Error('The input was not saved.');
        return tf.mul(dy, derivative(input));
      },
    };
  });
  return (x) => op(x);
}

/** max(x, 0) */
export const relu: (x: tf.Tensor) => tf.Tensor = elementwise(tf.relu, (x) => tf.step(x));

/** x where positive, slope · x elsewhere. */
export function leakyRelu(x: tf.Tensor, slope = 0.2): tf.Tensor {
  return elementwise(
    (input) => tf.leakyRelu(input, slope),
    (input) => tf.add(tf.mul(tf.step(input), 1 - slope), slope),
  )(x);
}

/** x · weights + bias. x [rows, inputs], weights [inputs, outputs], bias [outputs]. */
export function linear(x: tf.Tensor, weights: tf.Tensor, bias?: tf.Tensor): tf.Tensor {
  const product = tf.matMul(x, weights);
  return bias ? tf.add(product, bias) : product;
}
