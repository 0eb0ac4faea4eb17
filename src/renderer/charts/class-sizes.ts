import type { Anonymity } from '../../shared/personal.ts';

/** Shares of the rows by the size of their class; of no rows, zeros. */
export function sharesOf({ rows, sizes }: Pick<Anonymity, 'rows' | 'sizes'>): number[] {
  return sizes.map((bar) => (rows === 0 ? 0 : bar.rows / rows));
}
