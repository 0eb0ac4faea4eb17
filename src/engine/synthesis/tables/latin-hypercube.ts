import type { Random } from '../../compute/random.ts';

/**
 * Fills `target` [rows, width] with uniform numbers of a Latin hypercube: in every column, each of `rows` equal
 * stretches of (0, 1) holds exactly one number, in random order (McKay, Beckman and Conover 1979). Every row on
 * its own is as random as ever, but the rows of a chunk together meet the model's shares more closely than
 * independent ones would.
 */
export function fillLatinHypercube(target: Float32Array, rows: number, width: number, random: Random): void {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  random.fillUniform(target);
  for (let column = 0; column < width; column++) {
    random.shuffle(order);
    for (let row = 0; row < rows; row++) {
      const at = row * width + column;
      target[at] = (order[row]! + target[at]!) / rows;
    }
  }
  // In single precision the last stretch may round up to 1, which no class reaches.
  for (let at = 0; at < target.length; at++) if (target[at]! >= 1) target[at] = 1 - 2 ** -24;
}
