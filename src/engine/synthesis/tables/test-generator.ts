/** A generator of two columns that has learned nothing, for tests. */
import { createRandom } from '../../compute/random.ts';
import { chunkRows, compileDraw } from './draw-program.ts';
import { classCount } from './encoding.ts';
import type { TableEncoding } from './encoding.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from './generator.ts';

/** The categories of both columns. */
export const names = ['p', 'q', 'r', 's'];

export const encoding: TableEncoding = {
  columns: ['a', 'b'].map((name) => ({ type: 'category', name, own: names, buckets: [], nulls: false })),
};

/** The generator as it stands in a model's file. */
export async function untrainedGenerator(): Promise<Uint8Array> {
  const classes = encoding.columns.map(classCount);
  const positions = [undefined, undefined];
  const shape = { classes, positions, order: drawingOrder(classes), hidden: 16, units: 8 };
  const layout = generatorLayout(shape);
  const program = await compileDraw(shape, layout, chunkRows);
  program.writeState({ parameters: initialiseGenerator(layout, [], createRandom(2)) });
  const generator = await program.toOnnx({ constants: ['parameters'] });
  await program.dispose();
  return generator;
}
