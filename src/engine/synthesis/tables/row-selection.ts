import type { Table } from '../../tables/table.ts';
import { takeRows } from '../../tables/table.ts';
import type { Verdicts } from '../rules/keeper.ts';
import { fingerprint } from './row-hashes.ts';
import type { RowHashes } from './row-hashes.ts';

/** The mark of a row that keeps all rules and, after mending, does not satisfy the condition. */
export const offCondition = -2;

/**
 * Chooses the rows that come out, in the order they are drawn, and counts the others: those that break a rule, and copies
 * of training rows. At most `spare` copies and two more for every row kept are thrown away, others stay: where most of
 * what is drawn must be thrown away there is nothing better to draw.
 */
export class RowSelection {
  replaced = 0;
  remaining = 0;
  common = 0;
  /** By rule: rows kept that were mended, and rows thrown away. */
  readonly mended: number[];
  readonly broken: number[];
  readonly #avoid: RowHashes | undefined;
  readonly #spare: number;
  #kept = 0;

  constructor(avoid: RowHashes | undefined, spare: number, rules: number) {
    this.#avoid = avoid;
    this.#spare = spare;
    this.mended = Array<number>(rules).fill(0);
    this.broken = Array<number>(rules).fill(0);
  }

  /** At most `wanted` rows of the chunk. */
  take(table: Table, wanted: number, verdicts: Verdicts | undefined): Table {
    const prints = this.#avoid && fingerprint(table);
    const kept: number[] = [];
    for (let row = 0; row < table.rows && kept.length < wanted; row++) {
      const breaks = verdicts?.broken[row] ?? -1;
      if (breaks !== -1) {
        if (breaks !== offCondition) this.broken[breaks]!++;
        continue;
      }
      if (this.#avoid && prints && !this.#allows(this.#avoid, prints.low[row]!, prints.high[row]!)) continue;
      this.#kept++;
      kept.push(row);
      verdicts?.mended.forEach((rows, rule) => (this.mended[rule]! += rows[row]!));
    }
    return kept.length === table.rows ? table : takeRows(table, Uint32Array.from(kept));
  }

  #allows(avoid: RowHashes, low: number, high: number): boolean {
    if (avoid.has(low, high)) {
      if (this.replaced < this.#spare + 2 * this.#kept) {
        this.replaced++;
        return false;
      }
      this.remaining++;
    } else if (avoid.isCommon(low, high)) this.common++;
    return true;
  }
}
