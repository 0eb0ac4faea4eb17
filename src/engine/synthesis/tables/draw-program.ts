import * as tf from '@tensorflow/tfjs';
import { compile } from '../../compute/compile.ts';
import type { Compiled, CompileOptions } from '../../compute/compile.ts';
import { unpack } from '../../compute/parameters.ts';
import { drawColumns } from './generator.ts';
import type { GeneratorLayout, GeneratorShape } from './generator.ts';

/** State and inputs of the program that draws rows; also those of `generator.onnx`. */
export interface DrawState extends Record<string, { shape: readonly number[] }> {
  parameters: { shape: readonly number[] };
}
export interface DrawInputs extends Record<string, { shape: readonly number[] }> {
  uniform: { shape: readonly number[] };
}
export type DrawOutputs = 'classes' | 'probability';

/** Rows drawn by one run. */
export const chunkRows = 2048;

/**
 * Compiles the generator for drawing `rows` rows at a time: `uniform` [rows, columns] in (0, 1) becomes `classes`
 * [rows, columns] (int32, by the inverse of each column's conditional distribution) with the `probability` of
 * each class drawn. The same uniforms give the same rows.
 */
export async function compileDraw(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  rows: number,
): Promise<Compiled<DrawState, DrawInputs, DrawOutputs>> {
  const columns = shape.classes.length;
  const options: CompileOptions<DrawState, DrawInputs> = {
    state: { parameters: { shape: [layout.size] } },
    inputs: { uniform: { shape: [rows, columns] } },
  };
  return compile((state, inputs) => {
    const uniform = tf.split(inputs.uniform, columns, 1);
    const classes: tf.Tensor[] = [];
    const probability: tf.Tensor[] = [];
    drawColumns(shape, unpack(layout, state.parameters), rows, (column, logits, vectors) => {
      const shares = tf.softmax(logits);
      // The class whose stretch of [0, 1) the uniform number falls in: as many as begin at or before it.
      const begins = tf.cumsum(shares, 1, true);
      const reached = tf.cast(tf.greaterEqual(uniform[column]!, begins), 'float32');
      const drawn = tf.cast(tf.sub(tf.sum(reached, 1), 1), 'int32');
      const one = tf.cast(tf.oneHot(drawn as tf.Tensor1D, shape.classes[column]!), 'float32');
      classes[column] = tf.reshape(drawn, [rows, 1]);
      probability[column] = tf.sum(tf.mul(one, shares), 1, true);
      return vectors && tf.gather(vectors, drawn);
    });
    return { outputs: { classes: tf.concat(classes, 1), probability: tf.concat(probability, 1) } };
  }, options);
}
