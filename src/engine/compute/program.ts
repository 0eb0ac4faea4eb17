/** What a program is: a pure function on tensors, with the shapes of what it works on. */
import type * as tf from '@tensorflow/tfjs';
import { AppError } from '../../shared/errors.ts';
import type { NumberType } from './slots.ts';

export interface Spec {
  readonly shape: readonly number[];
  /** float32 unless said otherwise. */
  readonly dtype?: NumberType;
}
export type Specs = Readonly<Record<string, Spec>>;

/** The array type that belongs to a spec. */
export type ArrayOf<S extends Spec> = S['dtype'] extends 'int32'
  ? Int32Array<ArrayBuffer>
  : Float32Array<ArrayBuffer>;

export type TensorsOf<S extends Specs> = { readonly [name in keyof S]: tf.Tensor };
export type ArraysOf<S extends Specs> = { [name in keyof S]: ArrayOf<S[name]> };

export interface ProgramResult<S extends Specs, O extends string> {
  /** The state that changes, after the step. What is absent stays as it is. */
  readonly state?: { readonly [name in keyof S]?: tf.Tensor };
  readonly outputs: Readonly<Record<O, tf.Tensor>>;
}

/** One step: pure, deterministic, and never looks at a value. Anything random is one of its inputs. */
export type Program<S extends Specs, I extends Specs, O extends string> = (
  state: TensorsOf<S>,
  inputs: TensorsOf<I>,
) => ProgramResult<S, O>;

/**
 * A program without its types: given its state and inputs in order, the outputs and the changed state by the names the
 * model has for them.
 */
export type Body = (tensors: readonly tf.Tensor[]) => ReadonlyMap<string, tf.Tensor>;

/** A program without its types, for who knows the names of its state and inputs: see {@link Body}. */
export function bodyOf<const S extends Specs, const I extends Specs, O extends string>(
  program: Program<S, I, O>,
  options: { readonly state: S; readonly inputs: I },
): Body {
  const names = { state: Object.keys(options.state), inputs: Object.keys(options.inputs) };
  return (tensors) => {
    const byName = (from: readonly string[], offset: number): Record<string, tf.Tensor> =>
      Object.fromEntries(
        from.flatMap((name, index) => {
          const tensor = tensors[index + offset];
          return tensor ? [[name, tensor]] : [];
        }),
      );
    const result = program(
      byName(names.state, 0) as TensorsOf<S>,
      byName(names.inputs, names.state.length) as TensorsOf<I>,
    );
    const named = new Map<string, tf.Tensor>();
    for (const [name, tensor] of Object.entries<tf.Tensor | undefined>(result.state ?? {})) {
      if (tensor) named.set(nextName(name), tensor);
    }
    for (const [name, tensor] of Object.entries<tf.Tensor>(result.outputs)) {
      if (named.has(name) || name in options.state || name in options.inputs) throw nameTaken(name);
      named.set(name, tensor);
    }
    return named;
  };
}

/** The name that a state variable has among a program's outputs. */
export function nextName(name: string): string {
  return `next_${name}`;
}

function nameTaken(name: string): AppError {
  return AppError.of('compute/unsupported', 'compile_name_taken', { name });
}
