/** The state variables that programs read and change. */
import * as ort from 'onnxruntime-node';
import { checked, tensor, zeros } from './slots.ts';
import type { Numbers, Slot, StateSlot } from './slots.ts';

interface Variable {
  readonly slot: Slot;
  current: ort.Tensor;
  /** Written by the next run; there once a program changes the variable. */
  spare?: ort.Tensor;
}

/**
 * The state of one program, or of several that take turns on the same variables. What a program changes is kept
 * twice: one copy is read while the other is written, and after the run they change places. Nothing is copied.
 */
export class Variables {
  readonly #variables = new Map<string, Variable>();

  /** Adds the variables that are not there yet, as zeros. @throws AppError for one that is there in another shape. */
  declare(slots: readonly StateSlot[]): void {
    for (const slot of slots) {
      const variable = this.#variables.get(slot.name) ?? { slot, current: tensor(slot, zeros(slot)) };
      checked(slot, this.#data(variable));
      if (slot.next !== undefined) variable.spare ??= tensor(slot, zeros(slot));
      this.#variables.set(slot.name, variable);
    }
  }

  /** What a run reads and where it writes, by the names the model has for them. */
  bind(slots: readonly StateSlot[]): {
    feeds: Record<string, ort.Tensor>;
    fetches: Record<string, ort.Tensor>;
  } {
    const feeds: Record<string, ort.Tensor> = {};
    const fetches: Record<string, ort.Tensor> = {};
    for (const { name, next } of slots) {
      const { current, spare } = this.#get(name);
      feeds[name] = current;
      if (next !== undefined && spare) fetches[next] = spare;
    }
    return { feeds, fetches };
  }

  /** After a run: what it has written is the state from now on. */
  advance(slots: readonly StateSlot[]): void {
    for (const { name, next } of slots) {
      const variable = this.#get(name);
      if (next === undefined || !variable.spare) continue;
      [variable.current, variable.spare] = [variable.spare, variable.current];
    }
  }

  /** Copies of the variables named. */
  read(slots: readonly Slot[]): Record<string, Numbers> {
    return Object.fromEntries(slots.map(({ name }) => [name, this.#data(this.#get(name)).slice()]));
  }

  /** Overwrites the variables given. @throws AppError `compute/failed` for a wrong length or type. */
  write(slots: readonly Slot[], values: Readonly<Record<string, Numbers | undefined>>): void {
    for (const slot of slots) {
      const value = values[slot.name];
      if (value) this.#data(this.#get(slot.name)).set(checked(slot, value));
    }
  }

  #get(name: string): Variable {
    const variable = this.#variables.get(name);
    if (!variable) throw new Error(`There is no state variable ${name}.`);
    return variable;
  }

  #data({ slot, current }: Variable): Numbers {
    const { data } = current;
    if (data instanceof Float32Array || data instanceof Int32Array) return data as Numbers;
    throw new Error(`The state ${slot.name} holds no numbers.`);
  }
}
