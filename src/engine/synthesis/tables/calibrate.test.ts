import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../compute/random.ts';
import { calibrate } from './calibrate.ts';
import { chunkRows, compileDraw } from './draw-program.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from './generator.ts';
import type { GeneratorShape } from './generator.ts';
import { fillLatinHypercube } from './latin-hypercube.ts';

const wanted = [
  Float64Array.of(0.01, 0.09, 0.3, 0.6),
  Float64Array.of(0.995, 0.005),
  Float64Array.of(0.2, 0.5, 0, 0.3),
];
const classes = wanted.map(({ length }) => length);
const shape: GeneratorShape = {
  classes,
  positions: classes.map(() => undefined),
  order: drawingOrder(classes),
  hidden: 16,
  units: 8,
};
const layout = generatorLayout(shape);

/** A generator whose shares are off: every output bias moved by up to one half. */
function crooked(): Float32Array {
  const random = createRandom(4);
  const parameters = initialiseGenerator(layout, wanted, random);
  wanted.forEach(({ length }, column) => {
    const { offset = 0 } = layout.slices[`bias${column}`] ?? {};
    for (let code = 0; code < length; code++) parameters[offset + code]! += random.uniform() - 0.5;
  });
  return parameters;
}

let draw: Awaited<ReturnType<typeof compileDraw>>;
beforeAll(async () => {
  draw = await compileDraw(shape, layout, chunkRows);
});
afterAll(async () => draw.dispose());

async function sharesOf(parameters: Float32Array<ArrayBuffer>, chunks = 25): Promise<Float64Array[]> {
  draw.writeState({ parameters });
  const random = createRandom(77);
  const uniform = new Float32Array(chunkRows * classes.length);
  const shares = classes.map((count) => new Float64Array(count));
  for (let chunk = 0; chunk < chunks; chunk++) {
    fillLatinHypercube(uniform, chunkRows, classes.length, random);
    const { classes: drawn } = await draw.run({ uniform });
    drawn.forEach((code, at) => {
      shares[at % classes.length]![code]! += 1 / (chunkRows * chunks);
    });
  }
  return shares;
}

/** The greatest difference of a class's share from the one wanted, relative to the latter. */
function worst(shares: readonly Float64Array[]): number {
  return Math.max(
    ...wanted.flatMap((column, index) =>
      Array.from(column, (share, code) => (share === 0 ? 0 : Math.abs(shares[index]![code]! / share - 1))),
    ),
  );
}

describe('calibrating', () => {
  it('makes every class as frequent as among the training rows, rare ones included', async () => {
    const before = Float32Array.from(crooked());
    expect(worst(await sharesOf(before))).toBeGreaterThan(0.25);
    const after = await calibrate(draw, layout, before, wanted, createRandom(1));
    const shares = await sharesOf(after);
    expect(worst(shares)).toBeLessThan(0.15);
    wanted.forEach((column, index) => {
      column.forEach((share, code) => expect(Math.abs(shares[index]![code]! - share)).toBeLessThan(0.006));
    });
  });

  it('moves nothing but output biases, in a copy', async () => {
    const before = crooked();
    const kept = before.slice();
    const after = await calibrate(draw, layout, before, wanted, createRandom(1));
    expect(before).toEqual(kept);
    const biases = classes.map((_, column) => layout.slices[`bias${column}`]!);
    const isBias = (at: number): boolean =>
      biases.some(({ offset, size }) => at >= offset && at < offset + size);
    expect(after.every((value, at) => value === before[at] || isBias(at))).toBe(true);
    expect(after).not.toEqual(before);
  });

  it('gives the same for the same random numbers', async () => {
    const once = async (seed: number): Promise<Float32Array> =>
      calibrate(draw, layout, crooked(), wanted, createRandom(seed));
    const first = await once(6);
    expect(await once(6)).toEqual(first);
    expect(await once(7)).not.toEqual(first);
  });
});
