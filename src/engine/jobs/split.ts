import { AppError, partOf } from '../../shared/errors.ts';
import { fewestRows } from '../../shared/fewest-rows.ts';
import { createRandom } from '../compute/random.ts';

export interface Split {
  /** Row numbers, ascending. */
  training: Uint32Array;
  holdout: Uint32Array;
}

/** Throws `table/too-few-rows` under 20 rows. */
export function requireRows(rows: number): void {
  if (rows >= fewestRows) return;
  const has = partOf('units_rows', { count: rows });
  throw AppError.of('table/too-few-rows', 'too_few_rows', { rows: has, least: fewestRows });
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

/** Rows set aside from which on one half of them watches the training and the other scores its result. */
const enoughToHalve = 400;

/** The rows set aside, by what they are for; row numbers of the table, ascending. */
export interface Holdout {
  /** Seen by the training: they tell how good it is by now, and which of its states is kept. */
  watching: Uint32Array;
  /** Seen by the scores alone. */
  scoring: Uint32Array;
  /** Whether the two have no row in common. */
  apart: boolean;
}

/**
 * Shares the rows set aside out at random: a state chosen by its quality on some rows looks better on these than it
 * is. Of fewer than 400, halves would say too little: there all rows do both.
 */
export function shareHoldout(holdout: Uint32Array, seed: number): Holdout {
  if (holdout.length < enoughToHalve) return { watching: holdout, scoring: holdout, apart: false };
  const order = holdout.slice();
  createRandom(seed + 0x2_0000_0000).shuffle(order);
  const half = order.length >> 1;
  return { watching: order.slice(0, half).sort(), scoring: order.slice(half).sort(), apart: true };
}
