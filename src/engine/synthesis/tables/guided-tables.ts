import { createRandom } from '../../compute/random.ts';
import { AppError } from '../../../shared/errors.ts';
import { satisfied, type Condition } from '../../tables/conditions/condition.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import { takeRows, type Column, type Table } from '../../tables/table.ts';
import { writtenValues } from '../../tables/written-value.ts';
import type { Decoder } from './decode.ts';
import type { GuidedChunk, GuidedDraw } from './guided-draw.ts';

/** Chunks in a row without a single row, after which it is no accident. */
const fruitless = 50;

/** Chunks of rows that satisfy the condition, each looked at once more as it will be written. */
export async function* guidedTables(
  guide: GuidedDraw,
  decoder: Decoder,
  condition: Condition,
  schema: readonly ColumnSchema[],
  seed: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Table> {
  const places = createRandom(seed + 2 ** 32);
  const written = writtenValues(schema);
  let without = 0;
  for await (const chunk of guide.chunks(seed, signal)) {
    const table = decoder.decode(chunk.classes, chunk.rows, places);
    const uniforms = new Float32Array(chunk.rows);
    for (const [step, { column }] of chunk.cells.entries()) {
      places.fillUniform(uniforms);
      drawInCells(guide, chunk, step, table.columns[column], uniforms);
    }
    const sound = satisfied(condition, table, written);
    const rows = Uint32Array.from([...sound.keys()].filter((row) => sound[row] === 1));
    without = rows.length === 0 ? without + 1 : 0;
    if (without === fruitless) {
      throw AppError.of('condition/impossible', 'condition_too_fine', {});
    }
    yield rows.length === table.rows ? table : takeRows(table, rows);
  }
}

/** Where a row's cell is only a part of its class, its value is drawn within that part. */
function drawInCells(
  guide: GuidedDraw,
  chunk: GuidedChunk,
  step: number,
  column: Column | undefined,
  uniforms: Float32Array,
): void {
  const cells = guide.plan.columns[step]?.cells;
  const ofRow = chunk.cells[step]?.ofRow;
  if (!cells || !ofRow || !column) return;
  const target = column.type === 'number' ? column.values : column.codes;
  for (let row = 0; row < chunk.rows; row++) {
    const draw = cells[ofRow[row]!]?.draw;
    if (draw) target[row] = draw(uniforms[row]!);
  }
}
