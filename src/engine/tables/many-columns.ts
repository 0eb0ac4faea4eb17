/** Tables of more columns than can be learned together in minutes. */
import { m } from '../../shared/messages/messages.js';
import type { ColumnProfile, Problem } from '../../shared/table.ts';

/** As many columns start learning within a minute on two cores; the time grows with the square of their number. */
export const columnsProposed = 300;

/** Keeps the first columns that can be learned and proposes to leave out the others, with a word about it. */
export function proposeFewer(columns: readonly ColumnProfile[]): {
  columns: ColumnProfile[];
  problems: Problem[];
} {
  let kept = 0;
  const proposed = columns.map((column): ColumnProfile => {
    if (column.role !== 'keep' || ++kept <= columnsProposed) return column;
    return { ...column, role: 'drop' };
  });
  if (kept <= columnsProposed) return { columns: proposed, problems: [] };
  return {
    columns: proposed,
    problems: [
      {
        severity: 'warning',
        message: m.problems_many_columns({ count: kept.toLocaleString('en-GB'), most: columnsProposed }),
        fix: m.problems_many_columns_fix(),
      },
    ],
  };
}
