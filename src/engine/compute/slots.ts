/** The numbers that go into a model and come out of it. */
import * as ort from 'onnxruntime-node';
import { AppError } from '../../shared/errors.ts';

export type Numbers = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
export type NumberType = 'float32' | 'int32';

export interface Slot {
  readonly name: string;
  readonly type: NumberType;
  readonly shape: readonly number[];
}

/** A state variable: the model reads it as `slot.name` and, when it changes, writes it as `next`. */
export interface StateSlot extends Slot {
  readonly next?: string;
}

/** `data`, if it is what the slot needs. @throws AppError `compute/failed` */
export function checked(slot: Slot, data: Numbers | undefined): Numbers {
  const size = sizeOf(slot);
  const right = slot.type === 'float32' ? data instanceof Float32Array : data instanceof Int32Array;
  if (data === undefined || !right || data.length !== size) {
    const wanted = { name: slot.name, size, type: slot.type };
    throw data === undefined
      ? AppError.of('compute/failed', 'compute_nothing_given', wanted)
      : AppError.of('compute/failed', 'compute_wrong_given', {
          ...wanted,
          length: data.length,
          given: data.constructor.name,
        });
  }
  return data;
}

export function tensor(slot: Slot, data: Numbers): ort.Tensor {
  return data instanceof Float32Array
    ? new ort.Tensor('float32', data, slot.shape)
    : new ort.Tensor('int32', data, slot.shape);
}

export function zeros(slot: Slot): Numbers {
  return slot.type === 'float32' ? new Float32Array(sizeOf(slot)) : new Int32Array(sizeOf(slot));
}

function sizeOf(slot: Slot): number {
  return slot.shape.reduce((product, dimension) => product * dimension, 1);
}
