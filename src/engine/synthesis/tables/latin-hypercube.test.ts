import { expect, it } from 'vitest';
import { createRandom } from '../../compute/random.ts';
import { fillLatinHypercube } from './latin-hypercube.ts';

const rows = 512;
const width = 3;

function filled(seed: number): Float32Array {
  const target = new Float32Array(rows * width);
  fillLatinHypercube(target, rows, width, createRandom(seed));
  return target;
}

it('puts one number of every column into each stretch, inside (0, 1)', () => {
  const numbers = filled(1);
  for (let column = 0; column < width; column++) {
    const stretches = new Set<number>();
    for (let row = 0; row < rows; row++) {
      const value = numbers[row * width + column]!;
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1);
      stretches.add(Math.floor(value * rows));
    }
    expect(stretches.size).toBe(rows);
  }
});

it('orders columns independently of one another', () => {
  const numbers = filled(2);
  let sum = 0;
  for (let row = 0; row < rows; row++)
    sum += (numbers[row * width]! - 0.5) * (numbers[row * width + 1]! - 0.5);
  expect(Math.abs((12 * sum) / rows)).toBeLessThan(4 / Math.sqrt(rows));
});

it('is the same for the same seed only', () => {
  expect(filled(3)).toEqual(filled(3));
  expect(filled(3)).not.toEqual(filled(4));
});
