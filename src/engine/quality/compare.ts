import { m } from '../../shared/messages/messages.js';
import type { ColumnComparison } from '../../shared/training.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import type { CategoryColumn, Column, NumberColumn, Table } from '../tables/table.ts';
import { alignColumns, requireContent } from './align.ts';
import { countCategories } from './bins.ts';
import { dateBars } from './date-bars.ts';
import { maxBars, minNamed, numberBars } from './number-bars.ts';

/** What is needed of a column's schema to label its bars. */
export type LabelSource = Pick<ColumnSchema, 'name' | 'kind' | 'decimals'>;

/** Counts of one column on fixed bars; the last two are other values and no value. */
interface ColumnBars {
  labels: string[];
  real: Float64Array;
  count(column: Column): Float64Array;
}

export interface Comparer {
  /** Shares of the same bars in both tables, per column of the holdout. */
  compare(synthetic: Table): ColumnComparison[];
}

/**
 * Prepares real-against-synthetic histograms with at most 20 bars a column. Bars come from the holdout alone and
 * stay the same from one call to the next. No label shows a value that fewer than 10 rows have: rarer categories
 * are put together, and numbers and dates are labelled by round edges.
 * Throws `table/too-few-rows` and `table/no-usable-column` on an empty holdout.
 */
export function createComparer(holdout: Table, schema: readonly LabelSource[]): Comparer {
  requireContent(holdout);
  const sources = new Map(schema.map((each) => [each.name, each]));
  const bars = holdout.columns.map((column) =>
    column.type === 'number' ? barsOfNumbers(column, sources.get(column.name)) : barsOfCategories(column),
  );
  return {
    compare(synthetic) {
      const columns = alignColumns(holdout.columns, synthetic);
      return bars.map((each, index) => {
        const { name } = holdout.columns[index]!;
        return toComparison(name, each, holdout.rows, each.count(columns[index]!), synthetic.rows);
      });
    },
  };
}

/** `createComparer` for a single comparison. */
export function compareColumns(
  holdout: Table,
  synthetic: Table,
  schema: readonly LabelSource[],
): ColumnComparison[] {
  return createComparer(holdout, schema).compare(synthetic);
}

function toComparison(
  name: string,
  { labels, real }: ColumnBars,
  realRows: number,
  counts: Float64Array,
  rows: number,
): ColumnComparison {
  // “Other” and “no value” appear only where there are any, on either side.
  const shown = [...labels.keys()].filter(
    (bar) => bar < labels.length - 2 || (real[bar] ?? 0) > 0 || (counts[bar] ?? 0) > 0,
  );
  return {
    name,
    labels: shown.map((bar) => labels[bar] ?? ''),
    real: shown.map((bar) => (real[bar] ?? 0) / realRows),
    synthetic: shown.map((bar) => (rows > 0 ? (counts[bar] ?? 0) / rows : 0)),
  };
}

function barsOfNumbers(column: NumberColumn, source: LabelSource | undefined): ColumnBars {
  const sorted = column.values.filter((value) => Number.isFinite(value)).sort();
  const decimals = source?.kind === 'integer' ? 0 : (source?.decimals ?? inferDecimals(sorted));
  const none = { edges: [], labels: [] };
  const isDate = source?.kind === 'datetime';
  const { edges, labels } =
    sorted.length === 0 ? none : isDate ? dateBars(sorted) : numberBars(sorted, decimals);
  const count = (other: Column): Float64Array => {
    const counts = new Float64Array(edges.length + 2);
    if (other.type !== 'number') return counts;
    for (const value of other.values) {
      if (Number.isNaN(value)) counts[edges.length + 1]!++;
      else if (edges.length === 0) counts[0]!++;
      else counts[barOf(edges, value)]!++;
    }
    return counts;
  };
  return { labels: [...labels, m.parts_other_values(), m.parts_no_value()], real: count(column), count };
}

function inferDecimals(sorted: Float64Array): number {
  return sorted.every((value) => Number.isInteger(value)) ? 0 : 6;
}

function barOf(edges: readonly number[], value: number): number {
  let bar = 0;
  while (bar + 1 < edges.length && edges[bar + 1]! <= value) bar++;
  return bar;
}

function barsOfCategories(column: CategoryColumn): ColumnBars {
  const names = [...countCategories(column)]
    .filter(([, count]) => count >= minNamed)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, maxBars)
    .map(([name]) => name);
  const barOfName = new Map(names.map((name, bar) => [name, bar]));
  const count = (other: Column): Float64Array => {
    const counts = new Float64Array(names.length + 2);
    if (other.type !== 'category') return counts;
    const lookup = other.categories.map((name) => barOfName.get(name) ?? names.length);
    for (const code of other.codes) counts[code < 0 ? names.length + 1 : lookup[code]!]!++;
    return counts;
  };
  return { labels: [...names, m.parts_other_values(), m.parts_no_value()], real: count(column), count };
}
