import * as tf from '@tensorflow/tfjs';
import { compile } from '../../compute/compile.ts';
import type { Compiled, CompileOptions, Spec } from '../../compute/compile.ts';
import { unpack } from '../../compute/parameters.ts';
import { drawRows } from './draw.ts';
import type { GeneratorLayout, GeneratorShape } from './generator.ts';

export type DrawState = Record<'parameters', Spec>;
export type DrawInputs = Record<'uniform', Spec>;
export type DrawOutputs = 'classes';

/** For whoever opens a generator's file. */
export const generatorDocumentation =
  'The generator of a table: uniform random numbers in (0, 1), one for each row and column, become the number of the class ' +
  'of each. schema.json says what values a class stands for. Parameters are called by what they do and the column they ' +
  'belong to, counted from 0 as in schema.json.';

/** Rows drawn by one run. */
export const chunkRows = 2048;

/**
 * Compiles the generator for drawing `rows` rows at a time: `uniform` [rows, columns] in (0, 1) becomes `classes`
 * [rows, columns], int32. With its parameters baked in this is the `generator.onnx` of a model file.
 * The same to the bit with any number of `threads`, which is chosen while running unless given.
 */
export async function compileDraw(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  rows: number,
  threads?: number,
): Promise<Compiled<DrawState, DrawInputs, DrawOutputs>> {
  const options: CompileOptions<DrawState, DrawInputs> = {
    state: { parameters: { shape: [layout.size] } },
    inputs: { uniform: { shape: [rows, shape.classes.length] } },
    ...(threads !== undefined && { threads }),
  };
  return compile((state, inputs) => {
    const classes = drawRows(shape, unpack(layout, state.parameters), inputs.uniform);
    return { outputs: { classes: tf.stack(classes, 1) } };
  }, options);
}
