import * as tf from '@tensorflow/tfjs';
import { adam, movingAverage } from '../../compute/adam.ts';
import { compile } from '../../compute/compile.ts';
import type { Compiled, CompileOptions, DeviceName, Program, Spec } from '../../compute/compile.ts';
import { dropoutMask } from '../../compute/nn.ts';
import { unpack, valueAndGradient } from '../../compute/parameters.ts';
import type { GeneratorLayout, GeneratorShape } from './generator.ts';
import type { TableRecipe } from './recipes.ts';
import { givenColumns, rowLoss } from './likelihood.ts';

/** Whole numbers, such as classes. */
export interface WholeSpec extends Spec {
  readonly dtype: 'int32';
}
export type LearnState = Record<'parameters' | 'average' | 'first' | 'second' | 'step', Spec>;
export type LearnInputs = Record<'codes', WholeSpec> & Record<'thinning' | 'rate' | 'decay', Spec>;

export interface LearnSettings {
  readonly batch: number;
  readonly dropout: number;
  readonly weightDecay: number;
  /** As many as are worth while unless given; the results are the same to the bit. */
  readonly threads?: number;
  /** The CPU unless given. */
  readonly device?: DeviceName;
}

/**
 * Compiles one learning step on a batch of real rows: `codes` [batch, columns], `thinning` uniform
 * [batch, hidden] for the dropout (one mask for all columns of a row: Gal and Ghahramani 2016), the learning
 * `rate`, and the `decay` of the moving average of the parameters.
 */
export async function compileLearn(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  settings: LearnSettings,
): Promise<Compiled<LearnState, LearnInputs, 'loss'>> {
  return compile(learnProgram(shape, layout, settings), learnOptions(shape, layout, settings));
}

/** The variables and inputs of that step. */
export function learnOptions(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  settings: LearnSettings,
): CompileOptions<LearnState, LearnInputs> {
  const vector = { shape: [layout.size] };
  return {
    state: { parameters: vector, average: vector, first: vector, second: vector, step: { shape: [] } },
    inputs: {
      codes: { shape: [settings.batch, shape.classes.length], dtype: 'int32' },
      thinning: { shape: [settings.batch, shape.hidden] },
      rate: { shape: [] },
      decay: { shape: [] },
    },
    ...(settings.threads !== undefined && { threads: settings.threads }),
    ...(settings.device !== undefined && { device: settings.device }),
    recipe: { kind: 'learn', shape, settings } satisfies TableRecipe,
  };
}

/** That step as a program. */
export function learnProgram(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  settings: LearnSettings,
): Program<LearnState, LearnInputs, 'loss'> {
  return (state, inputs) => {
    const real = givenColumns(inputs.codes, shape.classes);
    const thinning = { mask: dropoutMask(inputs.thinning, settings.dropout), rate: settings.dropout };
    const { value, gradient } = valueAndGradient(layout, state.parameters, (parameters) =>
      tf.mean(rowLoss(shape, parameters, real, thinning)),
    );
    const next = adam(state.parameters, gradient, state, inputs.rate, {
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-8,
      weightDecay: settings.weightDecay,
    });
    const { parameters, first, second, step } = next;
    const average = movingAverage(state.average, parameters, inputs.decay);
    return { state: { parameters, average, first, second, step }, outputs: { loss: value } };
  };
}

export type GuardState = Record<'parameters', Spec>;
export type GuardInputs = Record<'codes', WholeSpec>;

/** Compiles the loss of each of `rows` real rows: `codes` [rows, columns] → `loss` [rows]. */
export async function compileGuard(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  rows: number,
): Promise<Compiled<GuardState, GuardInputs, 'loss'>> {
  const options: CompileOptions<GuardState, GuardInputs> = {
    state: { parameters: { shape: [layout.size] } },
    inputs: { codes: { shape: [rows, shape.classes.length], dtype: 'int32' } },
  };
  return compile(
    (state, inputs) => ({
      outputs: {
        loss: rowLoss(shape, unpack(layout, state.parameters), givenColumns(inputs.codes, shape.classes)),
      },
    }),
    options,
  );
}
