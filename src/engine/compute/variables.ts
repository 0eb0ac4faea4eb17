/** The state variables that programs read and change. */
import type * as ort from 'onnxruntime-node';
import type { DeviceMemory } from './device-memory.ts';
import { checked, tensor, zeros } from './slots.ts';
import type { Numbers, Slot, StateSlot } from './slots.ts';

interface Variable {
  readonly slot: Slot;
  current: ort.Tensor;
  /** Written by the next run; there once a program on the CPU changes the variable. */
  spare?: ort.Tensor;
  /** What a variable on a device holds, once it was asked for. */
  copy?: Numbers;
}

/**
 * The state of one program, or of several that take turns on the same variables. What a program on the CPU changes is
 * kept twice: one copy is read while the other is written, and after the run they change places. What one changes that
 * keeps its state on a device stays there: each run makes new tensors on it, and those before are let go. Either way
 * nothing is copied until somebody reads.
 */
export class Variables {
  readonly #variables = new Map<string, Variable>();

  /** Adds the variables that are not there yet, as zeros. @throws AppError for one that is there in another shape. */
  declare(slots: readonly StateSlot[], onDevice = false): void {
    for (const slot of slots) {
      const variable = this.#variables.get(slot.name) ?? { slot, current: tensor(slot, zeros(slot)) };
      if (variable.current.location === 'cpu') checked(slot, numbersOf(variable));
      if (slot.next !== undefined && !onDevice) variable.spare ??= tensor(slot, zeros(slot));
      this.#variables.set(slot.name, variable);
    }
  }

  /** What a run reads and where it writes, by the names the model has for them; null: to new memory of the device. */
  bind(
    slots: readonly StateSlot[],
    onDevice = false,
  ): {
    feeds: Record<string, ort.Tensor>;
    fetches: Record<string, ort.Tensor | null>;
  } {
    const feeds: Record<string, ort.Tensor> = {};
    const fetches: Record<string, ort.Tensor | null> = {};
    for (const { name, next } of slots) {
      const { current, spare } = this.#get(name);
      feeds[name] = current;
      if (next === undefined) continue;
      if (onDevice) fetches[next] = null;
      else if (spare) fetches[next] = spare;
    }
    return { feeds, fetches };
  }

  /** After a run: what it has written is the state from now on. */
  advance(slots: readonly StateSlot[], results?: Readonly<Record<string, ort.Tensor | undefined>>): void {
    for (const { name, next } of slots) {
      const variable = this.#get(name);
      if (next === undefined) continue;
      const result = results?.[next];
      if (result) {
        this.#replace(variable, result);
      } else if (variable.spare) {
        [variable.current, variable.spare] = [variable.spare, variable.current];
      }
    }
  }

  /** Copies of the variables named. */
  async read(slots: readonly Slot[], memory?: DeviceMemory): Promise<Record<string, Numbers>> {
    const away = slots
      .map(({ name }) => this.#get(name))
      .filter(({ current, copy }) => current.location !== 'cpu' && !copy);
    if (away.length > 0) {
      if (!memory) throw new Error('The state is on a device that this program does not use.');
      const found = await memory.read(away.map(({ slot, current }) => ({ slot, tensor: current })));
      for (const variable of away) {
        const copy = found[variable.slot.name];
        if (copy) variable.copy = copy;
      }
    }
    return Object.fromEntries(slots.map(({ name }) => [name, numbersOf(this.#get(name)).slice()]));
  }

  /** Overwrites the variables given. @throws AppError `compute/failed` for a wrong length or type. */
  write(slots: readonly Slot[], values: Readonly<Record<string, Numbers | undefined>>): void {
    for (const slot of slots) {
      const value = values[slot.name];
      if (!value) continue;
      const variable = this.#get(slot.name);
      if (variable.current.location === 'cpu') numbersOf(variable).set(checked(slot, value));
      else this.#replace(variable, tensor(slot, checked(slot, value).slice()));
    }
  }

  /** Takes what is on a device back to the CPU, before the program that holds it there goes. */
  async leave(slots: readonly Slot[], memory: DeviceMemory): Promise<void> {
    const values = await this.read(slots, memory);
    for (const slot of slots) {
      const variable = this.#get(slot.name);
      if (variable.current.location !== 'cpu')
        this.#replace(variable, tensor(slot, checked(slot, values[slot.name])));
    }
  }

  /** Lets go of what is on a device, whatever it holds. */
  abandon(slots: readonly Slot[]): void {
    for (const slot of slots) {
      const variable = this.#get(slot.name);
      if (variable.current.location !== 'cpu') this.#replace(variable, tensor(slot, zeros(slot)));
    }
  }

  #replace(variable: Variable, by: ort.Tensor): void {
    if (variable.current.location !== 'cpu') variable.current.dispose();
    variable.current = by;
    delete variable.copy;
  }

  #get(name: string): Variable {
    const variable = this.#variables.get(name);
    if (!variable) throw new Error(`There is no state variable ${name}.`);
    return variable;
  }
}

function numbersOf({ slot, current, copy }: Variable): Numbers {
  const data = current.location === 'cpu' ? current.data : copy;
  // The runtime's types do not know that the arrays given to it come back.
  if (data instanceof Float32Array || data instanceof Int32Array) return data as Numbers;
  throw new Error(`The state ${slot.name} holds no numbers.`);
}
