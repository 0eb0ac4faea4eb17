/** One column of a condition drawn for many rows: only what leaves the condition possible (see guided-draw.ts). */
import type { Random } from '../../compute/random.ts';
import type { ConditionPlan } from './condition-plan.ts';

/** Rows whose columns are drawn one after the other; all three change as they are. */
export interface RowsUnderWay {
  /** [rows, columns]: what the generator turns into classes. */
  readonly uniform: Float32Array;
  /** [rows]: the probability that what was drawn is what the condition allows. */
  readonly weights: Float64Array;
  /** [rows, tests]: how the tests of the condition have come out so far; -1: not yet. */
  readonly known: Int8Array;
}

export class CellChooser {
  readonly #plan: ConditionPlan;
  readonly #classes: readonly number[];
  readonly #masks: Map<string, Uint8Array>[];

  /** @param classes Of each column of the model. */
  constructor(plan: ConditionPlan, classes: readonly number[]) {
    this.#plan = plan;
    this.#classes = classes;
    this.#masks = plan.columns.map(() => new Map<string, Uint8Array>());
  }

  /**
   * Draws a cell of one column for every row, in proportion to the model's shares of those allowed.
   *
   * @param step Which column of the condition, in the order they are drawn.
   * @param begins [rows, classes], or [1, classes] for rows that are alike: the cumulative conditional distribution
   *   before each class.
   * @returns The cell of each row and its class.
   */
  choose(
    step: number,
    begins: ArrayLike<number>,
    { uniform, weights, known }: RowsUnderWay,
    random: Random,
  ): { cells: Uint32Array; classes: Int32Array } {
    const { column, cells, tests } = this.#plan.columns[step]!;
    const count = this.#classes[column]!;
    const width = this.#classes.length;
    const all = this.#plan.tests;
    const chosen = new Uint32Array(weights.length);
    const classes = new Int32Array(weights.length);
    const cumulative = new Float64Array(cells.length);
    for (let row = 0; row < weights.length; row++) {
      const draw = random.uniform();
      if (weights[row] === 0) continue;
      const answers = known.subarray(row * all, (row + 1) * all);
      const mask = this.#mask(step, answers);
      const from = begins.length === count ? 0 : row * count;
      let total = 0;
      for (let at = 0; at < cells.length; at++) {
        if (mask[at]) {
          const { class: code, share } = cells[at]!;
          const end = code + 1 < count ? begins[from + code + 1]! : 1;
          total += Math.max(0, Math.min(1, end) - begins[from + code]!) * share;
        }
        cumulative[at] = total;
      }
      weights[row] = weights[row]! * Math.min(1, total);
      if (total === 0) continue;
      const target = draw * total;
      let at = 0;
      while (cumulative[at]! <= target && at < cells.length - 1) at++;
      const cell = cells[at]!;
      chosen[row] = at;
      classes[row] = cell.class;
      const begin = begins[from + cell.class]!;
      const end = cell.class + 1 < count ? begins[from + cell.class + 1]! : 1;
      uniform[row * width + column] = between(begin, Math.min(1, end));
      tests.forEach((test, index) => (answers[test] = cell.answers[index] ? 1 : 0));
    }
    return { cells: chosen, classes };
  }

  /** Rows that have answered alike may go on alike. */
  #mask(step: number, known: Int8Array): Uint8Array {
    const key = String.fromCharCode(...known.map((answer) => answer + 1));
    const masks = this.#masks[step]!;
    let mask = masks.get(key);
    if (!mask) {
      mask = this.#plan.allowed(step, known);
      masks.set(key, mask);
    }
    return mask;
  }
}

/** A single-precision number of [begin, end), in its middle where there is one. */
function between(begin: number, end: number): number {
  const middle = Math.fround((begin + end) / 2);
  return middle < end ? middle : begin;
}
