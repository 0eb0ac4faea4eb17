/** The state variables of programs that run op by op, where these keep them: on a backend of TensorFlow.js. */
import * as tf from '@tensorflow/tfjs';
import { checked, zeros } from '../slots.ts';
import type { Numbers, Slot } from '../slots.ts';

/** The state of one program, or of several that take turns on the same variables. All calls are made on the backend. */
export class TensorVariables {
  readonly #tensors = new Map<string, tf.Tensor>();

  /** Adds the variables that are not there yet, as zeros. @throws AppError for one that is there in another shape. */
  declare(slots: readonly Slot[]): void {
    for (const slot of slots) {
      const there = this.#tensors.get(slot.name);
      if (there) checked(slot, numbersOf(there));
      else this.#tensors.set(slot.name, tensorOf(slot, zeros(slot)));
    }
  }

  get(name: string): tf.Tensor {
    const tensor = this.#tensors.get(name);
    if (!tensor) throw new Error(`There is no state variable ${name}.`);
    return tensor;
  }

  /** From now on the variable is `tensor`, which belongs to this. */
  set(name: string, tensor: tf.Tensor): void {
    this.get(name).dispose();
    this.#tensors.set(name, tensor);
  }

  /** Copies of the variables named. */
  read(slots: readonly Slot[]): Record<string, Numbers> {
    return Object.fromEntries(slots.map(({ name }) => [name, numbersOf(this.get(name)).slice()]));
  }

  /** Overwrites the variables given. @throws AppError `compute/failed` for a wrong length or type. */
  write(slots: readonly Slot[], values: Readonly<Record<string, Numbers | undefined>>): void {
    for (const slot of slots) {
      const value = values[slot.name];
      // The backend takes the numbers when they are first used: by then they may be others.
      if (value) this.set(slot.name, tensorOf(slot, checked(slot, value).slice()));
    }
  }

  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }
}

export function tensorOf(slot: Slot, data: Numbers): tf.Tensor {
  return tf.tensor(data, [...slot.shape], slot.type);
}

/** What a tensor of numbers holds; not a copy. */
export function numbersOf(tensor: tf.Tensor): Numbers {
  const data = tensor.dataSync();
  if (data instanceof Float32Array || data instanceof Int32Array) return data as Numbers;
  throw new Error(`A tensor of ${tensor.dtype} where numbers were expected.`);
}
