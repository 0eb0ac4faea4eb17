import type { Graph, Value } from '../graph.ts';

/** The attributes TensorFlow.js hands to a kernel; which ones there are depends on the kernel. */
export type KernelAttributes = Readonly<Record<string, unknown>>;

/** Turns one kernel call into graph values: one for each output. */
export type Lowering = (
  graph: Graph,
  inputs: Readonly<Record<string, Value>>,
  attributes: KernelAttributes,
) => Value | Value[];

export type Lowerings = Readonly<Record<string, Lowering>>;

/** The input of that name. */
export function need(inputs: Readonly<Record<string, Value>>, name: string): Value {
  const value = inputs[name];
  if (!value) throw new Error(`The kernel was called without its input ${name}.`);
  return value;
}

export function numberOf(attributes: KernelAttributes, name: string, otherwise?: number): number {
  const value = attributes[name] ?? otherwise;
  if (typeof value !== 'number') throw new Error(`The attribute ${name} is not a number.`);
  return value;
}

export function flagOf(attributes: KernelAttributes, name: string): boolean {
  return attributes[name] === true;
}

export function numbersOf(attributes: KernelAttributes, name: string): number[] {
  const value = attributes[name];
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) return value.map(Number);
  throw new Error(`The attribute ${name} is not a list of numbers.`);
}

/** Inputs passed as a list: TensorFlow.js names them 0, 1, 2… */
export function listOf(inputs: Readonly<Record<string, Value>>): Value[] {
  return Object.keys(inputs)
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => need(inputs, name));
}

/** An axis counted from the end when negative. */
export function axisIn(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
