import * as tf from '@tensorflow/tfjs';

type Elementwise = (x: tf.Tensor) => tf.Tensor;

/**
 * An elementwise function with a derivative of our own, which must itself be made of functions that are safe to
 * differentiate.
 */
function elementwise(forward: Elementwise, derivative: Elementwise): Elementwise {
  const op = tf.customGrad((x, save) => {
    const input = x as tf.Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: forward(input),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, derivative(saved[0] ?? input)),
    };
  });
  // One argument only, so that a list can be mapped over.
  return (x) => op(x);
}

/** max(x, 0) */
export const relu: Elementwise = elementwise(
  (x) => tf.relu(x),
  (x) => tf.step(x),
);

/** x where positive, `slope`·x elsewhere (Maas et al. 2013). */
export function leakyRelu(x: tf.Tensor, slope = 0.2): tf.Tensor {
  const op = elementwise(
    (input) => tf.leakyRelu(input, slope),
    (input) => tf.step(input, slope),
  );
  return op(x);
}

/** x where positive, `slope`·x elsewhere, the slope learned (He et al. 2015). Shapes broadcast. */
export function prelu(x: tf.Tensor, slope: tf.Tensor): tf.Tensor {
  return tf.sub(relu(x), tf.mul(slope, relu(tf.neg(x))));
}

export const exp: Elementwise = elementwise(
  (x) => tf.exp(x),
  (x) => exp(x),
);

/** 1 / (1 + e⁻ˣ) */
export const sigmoid: Elementwise = elementwise(
  (x) => tf.sigmoid(x),
  (x) => {
    const y = sigmoid(x);
    return tf.sub(y, tf.square(y));
  },
);

export const tanh: Elementwise = elementwise(
  (x) => tf.tanh(x),
  (x) => tf.sub(1, tf.square(tanh(x))),
);

/** log(1 + eˣ) */
export const softplus: Elementwise = elementwise(
  (x) => tf.softplus(x),
  (x) => sigmoid(x),
);

/** x where positive, eˣ − 1 elsewhere (Clevert et al. 2016). */
export const elu: Elementwise = elementwise(
  (x) => tf.elu(x),
  // e to the negative part: 1 where x is positive, and never an overflow that a mask would turn into NaN.
  (x) => exp(tf.neg(relu(tf.neg(x)))),
);

/** x·sigmoid(x) (Ramachandran et al. 2017), also called SiLU. */
export function swish(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, sigmoid(x));
}

/** The error function; its derivative is 2/√π · e^(−x²). */
export const erf: Elementwise = elementwise(
  (x) => tf.erf(x),
  (x) => tf.mul(exp(tf.neg(tf.square(x))), 2 / Math.sqrt(Math.PI)),
);

/** x·Φ(x) with the normal distribution function Φ, exactly (Hendrycks and Gimpel 2016). */
export function gelu(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(x, 0.5), tf.add(erf(tf.mul(x, Math.SQRT1_2)), 1));
}
