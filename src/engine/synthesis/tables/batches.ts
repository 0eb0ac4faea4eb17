import type { Random } from '../../compute/random.ts';
import type { Codes } from './codes.ts';

/** Endless batches of training rows, each pass over the table in a new order. */
export interface Batches {
  /** Passes completed. */
  readonly epoch: number;
  /** Fills `target` [batch, columns] with the classes of the next rows. */
  next(target: Int32Array): void;
  save(): BatchesState;
  restore(state: BatchesState): void;
}

/** Where a pass stands: the order of its rows, and how many of them have been given out. */
export interface BatchesState {
  order: Uint32Array<ArrayBuffer>;
  at: number;
  epoch: number;
}

/** Rows of `codes` laid out row by row, for copying whole rows. */
export function rowMajor(codes: Codes): Uint16Array {
  const width = codes.columns.length;
  const rows = new Uint16Array(codes.rows * width);
  codes.columns.forEach((column, index) => {
    for (let row = 0; row < codes.rows; row++) rows[row * width + index] = column[row]!;
  });
  return rows;
}

/**
 * Batches of the rows listed in `members` out of `rows` (row by row, `width` classes each). A batch that reaches
 * past the end of a pass goes on with the next.
 */
export function createBatches(
  rows: Uint16Array,
  width: number,
  members: Uint32Array,
  random: Random,
): Batches {
  const order = members.slice();
  random.shuffle(order);
  let at = 0;
  let epoch = 0;
  return {
    get epoch() {
      return epoch;
    },
    next: (target) => {
      for (let to = 0; to < target.length; to += width) {
        if (at === order.length) {
          random.shuffle(order);
          at = 0;
          epoch++;
        }
        const from = order[at++]! * width;
        for (let column = 0; column < width; column++) target[to + column] = rows[from + column]!;
      }
    },
    save: () => ({ order: Uint32Array.from(order), at, epoch }),
    restore: (state) => {
      order.set(state.order);
      ({ at, epoch } = state);
    },
  };
}
