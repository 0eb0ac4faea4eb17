import { AppError } from '../../../shared/errors.ts';
import { m } from '../../../shared/messages/messages.js';

/** Batches of fewer rows than this are not tried: learning would take longer than anyone waits. */
const fewestInBatch = 16;

/** Bytes that a step may keep for its batch, as far as can be told beforehand. */
const stepBytes = 1e9;
/** What a step keeps of each column of each row, in layers as wide as the running sum: measured on 240 columns. */
const layersKept = 15;

/**
 * The rows of a batch that wide tables have memory for, at most `wanted`: a step keeps what every column has computed
 * for every row.
 */
export function fittingBatch(wanted: number, columns: number, hidden: number): number {
  const perRow = columns * hidden * layersKept * Float32Array.BYTES_PER_ELEMENT;
  return Math.min(wanted, Math.max(2 * fewestInBatch, Math.floor(stepBytes / perRow)));
}

/** Whether memory ran out: in the runtime, which says so by its code, or in JavaScript. */
export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'compute/out-of-memory';
  return error instanceof RangeError && /allocation failed/i.test(error.message);
}

/** Half a batch. Throws `compute/out-of-memory`, for people, where that would be too few rows to go on with. */
export function halvedBatch(batch: number): number {
  const half = Math.floor(batch / 2);
  if (half >= fewestInBatch) return half;
  throw AppError.of('compute/out-of-memory', 'out_of_memory', { rows: batch });
}

/** What is told of it while training and on the card. */
export function smallerBatchNote(batch: number): string {
  return m.notes_memory_short({ batch });
}
