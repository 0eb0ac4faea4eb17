import type { Random } from '../../compute/random.ts';
import type { Table } from '../../tables/table.ts';
import { createDecoder } from './decode.ts';
import { chunkRows } from './draw-program.ts';
import type { compileDraw } from './draw-program.ts';
import { drawnClasses } from './drawn-classes.ts';
import type { TableEncoding } from './encoding.ts';
import { joinTables } from './join-tables.ts';
import { fillLatinHypercube } from './latin-hypercube.ts';

/** `wanted` rows of the program's model as one table, for a look during training. */
export async function drawTable(
  program: Awaited<ReturnType<typeof compileDraw>>,
  encoding: TableEncoding,
  wanted: number,
  random: Random,
): Promise<Table> {
  const width = encoding.columns.length;
  const decoder = createDecoder(encoding);
  const uniform = new Float32Array(chunkRows * width);
  const chunks: Table[] = [];
  for (let from = 0; from < wanted; from += chunkRows) {
    fillLatinHypercube(uniform, chunkRows, width, random);
    const classes = await drawnClasses(program, uniform);
    chunks.push(decoder.decode(classes, Math.min(chunkRows, wanted - from), random));
  }
  return joinTables(chunks);
}
