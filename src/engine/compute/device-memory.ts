/**
 * Reads what is in a device's memory. The runtime's binding for Node has no call for that ("download" is not
 * implemented), but it copies whatever a model gives out to where it is asked for: so a model is run that gives out what
 * it is given.
 */
import * as ort from 'onnxruntime-node';
import { Graph } from './graph.ts';
import { encodeModel, type NamedValue } from './onnx.ts';
import { tensor, zeros } from './slots.ts';
import type { Numbers, Slot } from './slots.ts';

/** A value on the device. */
export interface OnDevice {
  readonly slot: Slot;
  readonly tensor: ort.Tensor;
}

export class DeviceMemory {
  readonly #open: (model: Uint8Array) => Promise<ort.InferenceSession>;
  /** One session for each combination of values that was read together. */
  readonly #sessions = new Map<string, Promise<ort.InferenceSession>>();

  /** @param open Opens a model on the device, its outputs on the CPU. */
  constructor(open: (model: Uint8Array) => Promise<ort.InferenceSession>) {
    this.#open = open;
  }

  /** Copies of the values, by the names of their slots. */
  async read(values: readonly OnDevice[]): Promise<Record<string, Numbers>> {
    const slots = values.map(({ slot }) => slot);
    const session = await this.#session(slots);
    const feeds: Record<string, ort.Tensor> = {};
    const fetches: Record<string, ort.Tensor> = {};
    const copies: Record<string, Numbers> = {};
    values.forEach(({ slot, tensor: value }, index) => {
      const copy = zeros(slot);
      feeds[inputName(index)] = value;
      fetches[outputName(index)] = tensor(slot, copy);
      copies[slot.name] = copy;
    });
    await session.run(feeds, fetches);
    return copies;
  }

  async release(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    // One that could not be opened has nothing to release.
    await Promise.allSettled(sessions.map(async (session) => (await session).release()));
  }

  #session(slots: readonly Slot[]): Promise<ort.InferenceSession> {
    const key = slots.map(({ type, shape }) => `${type} ${shape.join()}`).join(';');
    const known = this.#sessions.get(key);
    if (known) return known;
    const session = this.#open(copyModel(slots));
    this.#sessions.set(key, session);
    session.catch(() => this.#sessions.delete(key));
    return session;
  }
}

function inputName(index: number): string {
  return `value${index}`;
}

function outputName(index: number): string {
  return `copy${index}`;
}

/** Gives out what it is given. */
function copyModel(slots: readonly Slot[]): Uint8Array {
  const graph = new Graph();
  const inputs = slots.map(({ type, shape }, index): NamedValue => ({
    name: inputName(index),
    value: graph.input(inputName(index), type, shape),
  }));
  const outputs = inputs.map(({ value }, index): NamedValue => ({ name: outputName(index), value }));
  return encodeModel({ inputs, outputs });
}
