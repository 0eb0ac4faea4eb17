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

/** The optimizer's memory: both moments as vectors of the parameters' length, and the steps taken so far. */
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
  const first = beta1 === 0 ? gradient : mix(slots.first, gradient, 1 - beta1);
  const second = mix(slots.second, tf.square(gradient), 1 - beta2);
  // Both corrections are scalars: gathered into the rate and into epsilon, they cost nothing.
  const correction2 = tf.sqrt(tf.sub(1, tf.pow(beta2, step)));
  const correction1 = beta1 === 0 ? tf.scalar(1) : tf.sub(1, tf.pow(beta1, step));
  const rate = tf.div(tf.mul(learningRate, correction2), correction1);
  const change = tf.div(first, tf.add(tf.sqrt(second), tf.mul(correction2, epsilon)));
  const decayed =
    weightDecay === 0 ? parameters : tf.mul(parameters, tf.sub(1, tf.mul(learningRate, weightDecay)));
  return { parameters: tf.sub(decayed, tf.mul(change, rate)), first, second, step };
}

/** Moves `average` towards `value` by the share `1 − decay`: an exponential moving average. */
export function movingAverage(average: tf.Tensor, value: tf.Tensor, decay: number): tf.Tensor {
  return mix(average, value, 1 - decay);
}

function mix(from: tf.Tensor, to: tf.Tensor, share: number): tf.Tensor {
  return tf.add(from, tf.mul(tf.sub(to, from), share));
}
