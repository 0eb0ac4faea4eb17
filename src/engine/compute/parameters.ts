/**
 * The parameters of a network as named slices of one flat vector: optimizers, averages, checkpoints and
 * rollbacks are then a few operations however many layers there are.
 */
import * as tf from '@tensorflow/tfjs';
import { cut } from './nn/cut.ts';
import type { Random } from './random.ts';

/**
 * How a parameter begins: `he` and `glorot` draw from a normal distribution with variance 2/inputs (He et al.
 * 2015) and 2/(inputs + outputs) (Glorot and Bengio 2010), the last axis being the outputs; a number fills.
 */
export type Initialiser =
  'he' | 'glorot' | 'zeros' | 'ones' | { readonly normal: number } | { readonly fill: number };

export interface ParameterSpec {
  readonly shape: readonly number[];
  readonly start: Initialiser;
}

export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

export interface ParameterLayout<P extends ParameterSpecs> {
  readonly specs: P;
  /** Length of the flat vector. */
  readonly size: number;
  /** Where each parameter lies in the flat vector. */
  readonly slices: { readonly [name in keyof P]: { readonly offset: number; readonly size: number } };
}

export type Parameters<P extends ParameterSpecs> = { readonly [name in keyof P]: tf.Tensor };

/** Lays parameters out one after the other, in the order given. */
export function layoutOf<const P extends ParameterSpecs>(specs: P): ParameterLayout<P> {
  let size = 0;
  const slices: Record<string, { offset: number; size: number }> = {};
  for (const [name, { shape }] of Object.entries(specs)) {
    const length = shape.reduce((product, dimension) => product * dimension, 1);
    slices[name] = { offset: size, size: length };
    size += length;
  }
  return { specs, size, slices: slices as ParameterLayout<P>['slices'] };
}

/** The parameters by name and shape, in the order in which they lie in the flat vector. */
export function partsOf({
  specs,
}: ParameterLayout<ParameterSpecs>): { name: string; shape: readonly number[] }[] {
  return Object.entries(specs).map(([name, { shape }]) => ({ name, shape }));
}

/** Fresh parameters, as a flat vector. */
export function initialise(
  layout: ParameterLayout<ParameterSpecs>,
  random: Random,
): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(layout.size);
  for (const [name, spec] of Object.entries(layout.specs)) {
    const slice = layout.slices[name];
    if (!slice) continue;
    fill(flat.subarray(slice.offset, slice.offset + slice.size), spec, random);
  }
  return flat;
}

function fill(target: Float32Array, { shape, start }: ParameterSpec, random: Random): void {
  if (start === 'zeros') return;
  if (start === 'ones') {
    target.fill(1);
    return;
  }
  if (typeof start === 'object' && 'fill' in start) {
    target.fill(start.fill);
    return;
  }
  const outputs = shape.at(-1) ?? 1;
  const inputs = shape.slice(0, -1).reduce((product, dimension) => product * dimension, 1);
  const deviation =
    start === 'he'
      ? Math.sqrt(2 / inputs)
      : start === 'glorot'
        ? Math.sqrt(2 / (inputs + outputs))
        : start.normal;
  random.fillNormal(target);
  for (let index = 0; index < target.length; index++) target[index] = target[index]! * deviation;
}

/** The parameters as tensors of their own shapes, cut from the flat vector. */
export function unpack<P extends ParameterSpecs>(layout: ParameterLayout<P>, flat: tf.Tensor): Parameters<P> {
  const names = Object.keys(layout.specs);
  const parts = cut(
    flat,
    names.map((name) => layout.slices[name]?.size ?? 0),
    0,
  );
  const tensors: Record<string, tf.Tensor> = {};
  names.forEach((name, index) => {
    const part = parts[index];
    const spec = layout.specs[name];
    if (part && spec) tensors[name] = tf.reshape(part, [...spec.shape]);
  });
  return tensors as Parameters<P>;
}

/**
 * The value of `loss` and its gradient as a flat vector. `loss` is given the unpacked parameters. Each
 * parameter's gradient is taken on its own and the flat one put together at the end: differentiating through
 * the cutting would add a padded vector of full length for every parameter.
 */
export function valueAndGradient<P extends ParameterSpecs>(
  layout: ParameterLayout<P>,
  flat: tf.Tensor,
  loss: (parameters: Parameters<P>) => tf.Scalar,
): { value: tf.Scalar; gradient: tf.Tensor1D } {
  const names = Object.keys(layout.specs);
  const tensors = unpack(layout, flat) as Readonly<Record<string, tf.Tensor>>;
  const list = names.flatMap((name) => tensors[name] ?? []);
  const evaluate = tf.valueAndGrads((...cut: tf.Tensor[]) =>
    loss(Object.fromEntries(names.map((name, index) => [name, cut[index]])) as Parameters<P>),
  );
  const { value, grads } = evaluate(list);
  const gradient = tf.concat1d(grads.map((grad) => tf.reshape(grad, [grad.size])));
  return { value: value, gradient };
}
