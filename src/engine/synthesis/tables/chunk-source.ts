import { openCompiled } from '../../compute/compile.ts';
import { createRandom } from '../../compute/random.ts';
import type { RandomState } from '../../compute/random.ts';
import { AppError } from '../../../shared/errors.ts';
import { drawnClasses } from './drawn-classes.ts';
import { fillLatinHypercube } from './latin-hypercube.ts';
import { oneThread } from './threads.ts';

/** Draws a generator's rows, a chunk at a time. Each chunk is a function of its random state alone. */
export interface ChunkSource {
  /** Rows of a chunk. */
  readonly rows: number;
  /** Chunks worth asking for before the first has come. */
  readonly ahead: number;
  /** The class of each column in each row, [rows, columns], of uniform numbers that begin at this state. */
  draw(state: RandomState): Promise<Int32Array<ArrayBuffer>>;
  dispose(): Promise<void>;
}

/**
 * Draws in this thread. Throws `model/invalid` when the generator does not draw `width` columns, or cannot be read.
 */
export async function openChunkSource(generator: Uint8Array, width: number): Promise<ChunkSource> {
  const program = await openCompiled(generator, { threads: oneThread });
  const shape = program.inputs.uniform?.shape;
  if (shape?.length !== 2 || shape[1] !== width || program.outputs.classes?.dtype !== 'int32') {
    await program.dispose();
    throw AppError.of('model/invalid', 'generator_does_not_fit', {});
  }
  const rows = shape[0] ?? 1;
  const random = createRandom(0);
  const uniform = new Float32Array(rows * width);
  return {
    rows,
    ahead: 1,
    draw: async (state) => {
      random.restore(state);
      fillLatinHypercube(uniform, rows, width, random);
      return (await drawnClasses(program, uniform)).slice();
    },
    dispose: () => program.dispose(),
  };
}
