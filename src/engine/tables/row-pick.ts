import { createDraws } from './draws.ts';

/**
 * Draws exactly `wanted` of `rows` rows by lot while they pass by, each set of as many equally likely (selection
 * sampling: Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S). The same seed draws the same rows.
 */
export class RowPick {
  readonly #draws;
  #left: number;
  #wanted: number;

  constructor(rows: number, wanted: number, seed: number) {
    this.#draws = createDraws(seed);
    this.#left = rows;
    this.#wanted = Math.min(rows, wanted);
  }

  /** Places, among the next `count` rows, of those drawn, ascending. */
  next(count: number): number[] {
    const drawn: number[] = [];
    for (let place = 0; place < count; place++) {
      if (this.#draws.uniform() * this.#left < this.#wanted) {
        this.#wanted--;
        drawn.push(place);
      }
      this.#left--;
    }
    return drawn;
  }
}
