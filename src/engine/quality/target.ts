import type { Column, Table } from '../tables/table.ts';
import { countCategories } from './bins.ts';

/** Names people give the column they want to predict. */
const telling = [
  /^(target|label|class|outcome|response|y)$/i,
  /(^|[_\s.-])(target|label|class|outcome|income|default|churn(ed)?|surviv(ed|al)|fraud)([_\s.-]|$)/i,
  /^(has|is|was)[_\s.-]/i,
];
const maxClasses = 20;
/** Fewest rows of the second most frequent class. */
const minRows = 10;

/**
 * The column most likely meant to be predicted, by name, or undefined where none is fit. The rule: the last column
 * of few classes (2 to 20, the second of them with at least 10 rows) with a telling name (target, label, class,
 * outcome; then those containing such a word, income, default, churn, survived or fraud; then has_…, is_…,
 * was_…); else the last column of few classes; else the last column of numbers that vary.
 */
export function chooseTarget(table: Table): string | undefined {
  if (table.columns.length < 2) return undefined;
  const last = (fits: (column: Column) => boolean): string | undefined => table.columns.findLast(fits)?.name;
  for (const pattern of telling) {
    const found = last((column) => pattern.test(column.name) && hasFewClasses(column));
    if (found !== undefined) return found;
  }
  return last((column) => column.type === 'category' && hasFewClasses(column)) ?? last(varies);
}

function hasFewClasses(column: Column): boolean {
  const counts = [...classCounts(column).values()].sort((a, b) => b - a);
  return counts.length >= 2 && counts.length <= maxClasses && (counts[1] ?? 0) >= minRows;
}

/** Rows of each class; of a column of numbers, up to one value more than would make it one of classes. */
function classCounts(column: Column): Map<string | number, number> {
  if (column.type === 'category') return countCategories(column);
  const counts = new Map<number, number>();
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > maxClasses) break;
  }
  return counts;
}

function varies(column: Column): boolean {
  return column.type === 'number' && classCounts(column).size > 2;
}
