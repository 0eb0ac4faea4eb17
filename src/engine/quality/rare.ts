import type { Scores } from '../../shared/scores.ts';
import type { Column } from '../tables/table.ts';
import { rowsOf } from './align.ts';
import { countCategories } from './bins.ts';

/** A class is rare below this share of the training rows … */
const rareBelow = 0.05;
/** … and counted from this many rows on: the share of a handful of rows says nothing. */
const minRows = 20;
/** Most frequent rare classes looked at in a column. */
const maxClasses = 50;

/** Shares of rare classes among training and among synthetic rows, per column the more frequent first. */
export function rareShares(training: readonly Column[], synthetic: readonly Column[]): Scores['rare'] {
  const rows = rowsOf(training);
  const generated = rowsOf(synthetic);
  return training.flatMap((column, index) => {
    const other = synthetic[index];
    if (column.type !== 'category' || other?.type !== 'category') return [];
    const found = countCategories(other);
    return [...countCategories(column)]
      .filter(([, count]) => count >= minRows && count / rows < rareBelow)
      .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
      .slice(0, maxClasses)
      .map(([name, count]) => ({
        column: column.name,
        real: count / rows,
        synthetic: (found.get(name) ?? 0) / generated,
      }));
  });
}
