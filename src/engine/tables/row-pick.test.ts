import { expect, it } from 'vitest';
import { RowPick } from './row-pick.ts';

/** Numbers of the rows drawn, whatever the pieces they pass by in. */
function drawn(rows: number, wanted: number, seed: number, piece = 97): number[] {
  const pick = new RowPick(rows, wanted, seed);
  const found: number[] = [];
  for (let from = 0; from < rows; from += piece) {
    for (const place of pick.next(Math.min(piece, rows - from))) found.push(from + place);
  }
  return found;
}

it('draws exactly as many as wanted, the same for the same seed, however the rows come', () => {
  for (const wanted of [0, 1, 500, 999, 1000]) expect(drawn(1000, wanted, 7)).toHaveLength(wanted);
  expect(drawn(1000, 100, 7, 1)).toEqual(drawn(1000, 100, 7, 1000));
  expect(drawn(1000, 100, 8)).not.toEqual(drawn(1000, 100, 7));
  expect(drawn(50, 80, 1)).toEqual(Array.from({ length: 50 }, (_, row) => row));
});

it('draws every row equally often', () => {
  const counts = new Uint32Array(40);
  const seeds = 8000;
  for (let seed = 0; seed < seeds; seed++) for (const row of drawn(40, 10, seed)) counts[row]!++;
  // Four standard deviations of a binomial count.
  const spread = 4 * Math.sqrt(seeds * 0.25 * 0.75);
  for (const count of counts) expect(Math.abs(count - seeds / 4)).toBeLessThan(spread * 1.2);
});
