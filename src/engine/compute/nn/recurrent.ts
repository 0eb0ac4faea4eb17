/** Single steps of recurrent networks; a program writes as many as its sequences are long. */
import * as tf from '@tensorflow/tfjs';
import { sigmoid, tanh } from './activations.ts';

/** Weights of a recurrent step: of the input [inputs, gates · units], of the state [units, gates · units], a bias. */
export interface RecurrentWeights {
  readonly input: tf.Tensor2D;
  readonly state: tf.Tensor2D;
  /** [gates · units] */
  readonly bias: tf.Tensor1D;
}

/**
 * The next state [rows, units] of a gated recurrent unit (Cho et al. 2014), its gates in the order update, reset,
 * candidate: h' = z·h + (1 − z)·tanh(x·W + (r·h)·U + b).
 */
export function gruStep(x: tf.Tensor2D, state: tf.Tensor2D, weights: RecurrentWeights): tf.Tensor2D {
  const units = state.shape[1];
  const given = tf.add(tf.matMul(x, weights.input), weights.bias);
  const [gatesGiven, candidateGiven] = tf.split(given, [2 * units, units], 1);
  const [forGates, forCandidate] = tf.split(weights.state, [2 * units, units], 1);
  if (!gatesGiven || !candidateGiven || !forGates || !forCandidate)
    throw new Error('The split lacks a part.');
  const gates = sigmoid(tf.add(gatesGiven, tf.matMul(state, forGates)));
  const [update, reset] = tf.split(gates, 2, 1);
  if (!update || !reset) throw new Error('The split lacks a part.');
  const candidate = tanh(tf.add(candidateGiven, tf.matMul(tf.mul(reset, state), forCandidate)));
  return tf.add(candidate, tf.mul(update, tf.sub(state, candidate)));
}

export interface LstmState {
  /** [rows, units] */
  readonly hidden: tf.Tensor2D;
  readonly cell: tf.Tensor2D;
}

/**
 * One step of a long short-term memory (Hochreiter and Schmidhuber 1997; with the forget gate of Gers et al. 2000), its
 * gates in the order input, forget, candidate, output.
 */
export function lstmStep(x: tf.Tensor2D, { hidden, cell }: LstmState, weights: RecurrentWeights): LstmState {
  const given = tf.add(tf.add(tf.matMul(x, weights.input), tf.matMul(hidden, weights.state)), weights.bias);
  const [input, forget, candidate, output] = tf.split(given, 4, 1);
  if (!input || !forget || !candidate || !output) throw new Error('The split lacks a part.');
  const next: tf.Tensor2D = tf.add(tf.mul(sigmoid(forget), cell), tf.mul(sigmoid(input), tanh(candidate)));
  return { cell: next, hidden: tf.mul(sigmoid(output), tanh(next)) };
}
