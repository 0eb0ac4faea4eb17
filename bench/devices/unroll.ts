import * as tf from '@tensorflow/tfjs';
import type { Program, Specs } from '../../src/engine/compute/compile.ts';

/** The inputs of `count` steps at once: each with a leading axis of that length. */
export function stackedInputs<I extends Specs>(inputs: I, count: number): I {
  const stacked = { ...inputs };
  for (const name in inputs) {
    const spec: I[typeof name] = inputs[name];
    stacked[name] = { ...spec, shape: [count, ...spec.shape] };
  }
  return stacked;
}

/**
 * `count` steps of a program as one, so that its state is copied to a device and back once for all of them. Inputs are
 * those of `stackedInputs`; outputs are stacked the same way.
 */
export function unrolled<S extends Specs, I extends Specs, O extends string>(
  program: Program<S, I, O>,
  count: number,
): Program<S, I, O> {
  return (state, inputs) => {
    let current = state;
    const told: Partial<Record<O, tf.Tensor[]>> = {};
    let outputs: Record<O, tf.Tensor> | undefined;
    for (let step = 0; step < count; step++) {
      const own: { -readonly [name in keyof I]: tf.Tensor } = { ...inputs };
      for (const name in inputs) own[name] = at(inputs[name], step);
      const result = program(current, own);
      current = { ...current, ...result.state };
      outputs = { ...result.outputs };
      for (const name in outputs) (told[name] ??= []).push(outputs[name]);
    }
    if (!outputs) throw new RangeError('A program of no steps.');
    for (const name in outputs) outputs[name] = tf.stack(told[name] ?? []);
    return { state: current, outputs };
  };
}

/** The slice of a stack, without its leading axis. */
function at(stacked: tf.Tensor, index: number): tf.Tensor {
  const [, ...shape] = stacked.shape;
  return tf.reshape(tf.slice(stacked, [index, ...shape.map(() => 0)], [1, ...shape]), shape);
}
