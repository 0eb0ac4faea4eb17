/** Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019) on one flat vector. */
import * as tf from '@tensorflow/tfjs';

export interface AdamSettings {
  /** Decay of the mean of gradients; 0 leaves it out. */
  readonly beta1: number;
  /** Decay of the mean of squared gradients. */
  readonly beta2: number;
  readonly epsilon: number;
  /** Share of each parameter taken away a step, times the learning rate. */
  readonly weightDecay?: number;
}

/**
 * The optimizer's memory: sums of gradients and of their squares, decayed by beta1 and beta2 at every step (the
 * moments of the paper times 1/(1 − beta): that saves two passes over the vectors), and the steps taken so far.
 */
export interface AdamSlots {
  readonly first: tf.Tensor;
  readonly second: tf.Tensor;
  /** A scalar. */
  readonly step: tf.Tensor;
}

export interface AdamResult extends AdamSlots {
  readonly parameters: tf.Tensor;
}

/** One step down the gradient. `learningRate` is a scalar tensor, so that it can change between steps. */
export function adam(
  parameters: tf.Tensor,
  gradient: tf.Tensor,
  slots: AdamSlots,
  learningRate: tf.Tensor,
  settings: AdamSettings,
): AdamResult {
  const { beta1, beta2, epsilon, weightDecay = 0 } = settings;
  const step = tf.add(slots.step, 1);
  const first = beta1 === 0 ? gradient : tf.add(tf.mul(slots.first, beta1), gradient);
  const second = tf.add(tf.mul(slots.second, beta2), tf.square(gradient));
  // All that is the same for every parameter is gathered into two scalars, the rate and epsilon.
  const scale1 = beta1 === 0 ? tf.scalar(1) : tf.div(1 - beta1, tf.sub(1, tf.pow(beta1, step)));
  const scale2 = tf.sqrt(tf.div(1 - beta2, tf.sub(1, tf.pow(beta2, step))));
  const rate = tf.mul(learningRate, tf.div(scale1, scale2));
  const change = tf.div(first, tf.add(tf.sqrt(second), tf.div(epsilon, scale2)));
  const decayed =
    weightDecay === 0 ? parameters : tf.mul(parameters, tf.sub(1, tf.mul(learningRate, weightDecay)));
  return { parameters: tf.sub(decayed, tf.mul(change, rate)), first, second, step };
}

/** Moves `average` towards `value` by the share `1 − decay`: an exponential moving average. */
export function movingAverage(average: tf.Tensor, value: tf.Tensor, decay: number | tf.Tensor): tf.Tensor {
  return tf.add(average, tf.mul(tf.sub(value, average), tf.sub(1, decay)));
}
