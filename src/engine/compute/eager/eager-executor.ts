/**
 * Runs a program as it is written, op by op, on a backend of TensorFlow.js: each step calls the program anew, forward and
 * backward, and every op of it is computed at once. The inputs, and with them all chance, are those of the graph's.
 */
import * as tf from '@tensorflow/tfjs';
import { setImmediate as turn } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import { deviceFailed } from '../executor.ts';
import type { Executor } from '../executor.ts';
import type { Body } from '../program.ts';
import { checked, zeros } from '../slots.ts';
import type { Numbers, Slot, StateSlot } from '../slots.ts';
import { backendName, loadTensorFlow } from './tensorflow.ts';
import { numbersOf, tensorOf, type TensorVariables } from './tensor-variables.ts';

export class EagerExecutor implements Executor {
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
  readonly #body: Body;
  readonly #backend: string;
  readonly #state: readonly StateSlot[];
  readonly #variables: TensorVariables;
  readonly #results: Record<string, Numbers>;
  #busy = false;
  #disposed = false;

  /**
   * @param backend Of TensorFlow.js: its native library unless given.
   * @throws AppError `compute/device-failed` where the library cannot be loaded.
   */
  constructor(
    body: Body,
    slots: { inputs: readonly Slot[]; state: readonly StateSlot[]; outputs: readonly Slot[] },
    variables: TensorVariables,
    backend = backendName,
  ) {
    this.inputs = slots.inputs;
    this.outputs = slots.outputs;
    this.#body = body;
    this.#backend = backend;
    this.#state = slots.state;
    this.#variables = variables;
    this.#results = Object.fromEntries(slots.outputs.map((slot) => [slot.name, zeros(slot)]));
    this.#on(() => {
      this.#variables.declare(slots.state);
    });
  }

  async run(inputs: Readonly<Record<string, Numbers>>): Promise<Record<string, Numbers>> {
    if (this.#busy || this.#disposed) {
      throw AppError.of('compute/failed', this.#disposed ? 'compute_disposed' : 'compute_running', {});
    }
    const given = this.inputs.map((slot) => ({ slot, data: checked(slot, inputs[slot.name]) }));
    this.#busy = true;
    try {
      // A step keeps this thread to itself; between two of them whoever waits has their turn.
      await turn();
      this.#on(() => {
        this.#step(given);
      });
    } finally {
      this.#busy = false;
    }
    return this.#results;
  }

  #step(given: readonly { slot: Slot; data: Numbers }[]): void {
    tf.engine().startScope();
    try {
      const state = this.#state.map(({ name }) => this.#variables.get(name));
      const made = this.#body([...state, ...given.map(({ slot, data }) => tensorOf(slot, data))]);
      for (const { name } of this.outputs) {
        const tensor = made.get(name);
        if (tensor) this.#results[name]?.set(numbersOf(tensor));
      }
      // All before any: one may be what another was.
      const next = this.#state.flatMap((slot) => {
        const tensor = slot.next === undefined ? undefined : made.get(slot.next);
        return tensor ? [{ name: slot.name, tensor: tf.keep(tf.clone(tensor)) }] : [];
      });
      for (const { name, tensor } of next) this.#variables.set(name, tensor);
    } finally {
      tf.engine().endScope();
    }
  }

  async readState(): Promise<Record<string, Numbers>> {
    return this.#on(() => this.#variables.read(this.#state));
  }

  writeState(values: Readonly<Record<string, Numbers | undefined>>): void {
    this.#on(() => {
      this.#variables.write(this.#state, values);
    });
  }

  async dispose(): Promise<void> {
    // The variables may be others' as well.
    this.#disposed = true;
  }

  endProfiling(): void {
    // Nothing is written of single ops.
  }

  /** Does something on the backend, and leaves TensorFlow.js on the one it was on. */
  #on<T>(act: () => T): T {
    const previous = tf.getBackend();
    try {
      if (this.#backend === backendName) loadTensorFlow();
      // Backends made synchronously are taken before the promise is returned.
      void tf.setBackend(this.#backend);
      return act();
    } catch (error) {
      throw error instanceof AppError ? error : deviceFailed('tensorflow', error);
    } finally {
      void tf.setBackend(previous || 'cpu');
    }
  }
}
