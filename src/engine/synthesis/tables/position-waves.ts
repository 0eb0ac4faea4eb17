import * as tf from '@tensorflow/tfjs';

/** Cosines a position is described by. */
export const waves = 32;

/**
 * Positions as smooth functions [classes, waves]: neighbouring classes are described alike, so what is learned of
 * one tells of the others. Fast cosines weigh less, which prefers smooth functions to jagged ones.
 */
export function describePositions(positions: Float32Array): tf.Tensor2D {
  const values = new Float32Array(positions.length * waves);
  positions.forEach((position, code) => {
    if (Number.isNaN(position)) return;
    for (let wave = 0; wave < waves; wave++) {
      values[code * waves + wave] = Math.cos(Math.PI * (wave + 1) * position) / (1 + wave / 8);
    }
  });
  return tf.tensor2d(values, [positions.length, waves]);
}
