import * as tf from '@tensorflow/tfjs';
import { drawColumns } from './generator.ts';
import type { GeneratorParameters, GeneratorShape } from './generator.ts';
import { oneHot } from './one-hot.ts';

export interface DrawnRows {
  /** Class of each column [rows, 1], int32. */
  classes: tf.Tensor[];
  /** The same as one-hots [rows, classes]. */
  oneHot: tf.Tensor[];
  /** Probability each class had [rows, 1]. */
  probability: tf.Tensor[];
}

/**
 * Draws rows: each column's class is the inverse of its cumulative conditional distribution at a uniform number.
 * `uniform` [rows, columns] in (0, 1). The same uniforms give the same rows.
 */
export function drawRows(
  shape: GeneratorShape,
  parameters: GeneratorParameters,
  uniform: tf.Tensor,
): DrawnRows {
  const [rows = 0] = uniform.shape;
  const places = tf.split(uniform, shape.classes.length, 1);
  const drawnRows: DrawnRows = { classes: [], oneHot: [], probability: [] };
  drawColumns(shape, parameters, rows, (column, logits, vectors) => {
    const shares = tf.softmax(logits);
    // The class whose stretch of [0, 1) the uniform number falls in: as many as begin at or before it.
    const begins = tf.cumsum(shares, 1, true);
    const reached = tf.cast(tf.greaterEqual(places[column]!, begins), 'float32');
    const drawn: tf.Tensor1D = tf.cast(tf.sub(tf.sum(reached, 1), 1), 'int32');
    const one = oneHot(drawn, shape.classes[column]!);
    drawnRows.classes[column] = tf.reshape(drawn, [rows, 1]);
    drawnRows.oneHot[column] = one;
    drawnRows.probability[column] = tf.sum(tf.mul(one, shares), 1, true);
    return vectors && tf.gather(vectors, drawn);
  });
  return drawnRows;
}
