import * as tf from '@tensorflow/tfjs';
import { drawColumns } from './generator.ts';
import type { GeneratorParameters, GeneratorShape } from './generator.ts';

/**
 * Draws rows: each column's class is the inverse of its cumulative conditional distribution at a uniform number.
 * `uniform` [rows, columns] in (0, 1). The same uniforms give the same rows. Returns the class of each column in
 * every row, int32 [rows].
 */
export function drawRows(
  shape: GeneratorShape,
  parameters: GeneratorParameters,
  uniform: tf.Tensor,
): tf.Tensor1D[] {
  const places = tf.split(uniform, shape.classes.length, 1);
  const classes: tf.Tensor1D[] = [];
  drawColumns(shape, parameters, (column, logits, vectors) => {
    const shares = tf.softmax(logits);
    // The class whose stretch of [0, 1) the uniform number falls in: as many as begin at or before it.
    const begins = tf.cumsum(shares, 1, true);
    const reached = tf.cast(tf.greaterEqual(places[column]!, begins), 'float32');
    const drawn: tf.Tensor1D = tf.cast(tf.sub(tf.sum(reached, 1), 1), 'int32');
    classes[column] = drawn;
    return vectors && tf.gather(vectors, drawn);
  });
  return classes;
}
