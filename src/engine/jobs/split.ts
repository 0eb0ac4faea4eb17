import { AppError } from '../../shared/errors.ts';
import { createRandom } from '../compute/random.ts';

/**
 * The fewest rows worth learning from. With fewer, whatever is learned is those rows, and a score on a holdout of
 * a handful says nothing.
 */
export const fewestRows = 20;

export interface Split {
  /** Row numbers, ascending. */
  training: Uint32Array;
  holdout: Uint32Array;
}

/** Throws `table/too-few-rows` under 20 rows. */
export function requireRows(rows: number): void {
  if (rows >= fewestRows) return;
  const has = rows === 0 ? 'no rows' : `${rows} ${rows === 1 ? 'row' : 'rows'} only`;
  throw new AppError(
    'table/too-few-rows',
    `The table has ${has}; at least ${fewestRows} are needed.`,
    'Use a larger table. With so few rows, synthetic ones could only repeat them.',
  );
}

/**
 * Draws the rows set aside for scoring: `share` of them, at least 5 and never more than half; the same seed gives
 * the same rows. Throws `table/too-few-rows` under 20 rows.
 */
export function splitRows(rows: number, share: number, seed: number): Split {
  requireRows(rows);
  const aside = Math.min(Math.floor(rows / 2), Math.max(5, Math.round(rows * share)));
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  // Not the stream the training draws from.
  createRandom(seed + 0x1_0000_0000).shuffle(order);
  return { training: order.slice(aside).sort(), holdout: order.slice(0, aside).sort() };
}
