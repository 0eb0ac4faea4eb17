import type { Random } from '../../compute/random.ts';
import { chunkRows } from './draw-program.ts';
import type { compileDraw } from './draw-program.ts';
import type { GeneratorLayout } from './generator.ts';
import { fillLatinHypercube } from './latin-hypercube.ts';

const rounds = 4;
/** Chunks drawn to see what shares come out: 41,000 rows, fewer of tables of more than 30 columns. */
function chunksFor(width: number): number {
  return Math.max(4, Math.min(20, Math.floor(600 / width)));
}
/** Rows of a class, expected among those drawn, at which half of a difference is believed to be no accident. */
const doubt = 20;

/**
 * Moves the generator's output biases until every class of every column comes out as often as it is in the
 * training rows. Dropout and averaging leave small differences in these shares that matter most for rare
 * classes. Each round draws rows and adds the logarithm of wanted over drawn share to the bias, less where the
 * class is too rare to tell. Returns new parameters; `parameters` stays as it is.
 */
export async function calibrate(
  draw: Awaited<ReturnType<typeof compileDraw>>,
  layout: GeneratorLayout,
  parameters: Float32Array,
  shares: readonly Float64Array[],
  random: Random,
): Promise<Float32Array<ArrayBuffer>> {
  const moved = Float32Array.from(parameters);
  const width = shares.length;
  const chunks = chunksFor(width);
  const uniform = new Float32Array(chunkRows * width);
  const drawn = shares.map((column) => new Float64Array(column.length));
  for (let round = 0; round < rounds; round++) {
    draw.writeState({ parameters: moved });
    for (const column of drawn) column.fill(0);
    for (let chunk = 0; chunk < chunks; chunk++) {
      fillLatinHypercube(uniform, chunkRows, width, random);
      const { classes } = await draw.run({ uniform });
      for (let at = 0; at < classes.length; at++) drawn[at % width]![classes[at]!]! += 1;
    }
    shares.forEach((wanted, column) => {
      const bias = layout.slices[`bias${column}`];
      if (!bias) return;
      wanted.forEach((share, code) => {
        const expected = share * chunkRows * chunks;
        if (expected === 0) return;
        const trust = expected / (expected + doubt);
        moved[bias.offset + code]! += trust * Math.log((expected + 1) / (drawn[column]![code]! + 1));
      });
    });
  }
  return moved;
}
