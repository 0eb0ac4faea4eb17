/**
 * Rules between the columns of a table, found in it. What is proposed holds in at least 999 of 1,000 rows it speaks of,
 * and would not hold by chance: of rows put together at random at least one in twenty would break it.
 */
import type { RuleFinding } from '../../../shared/rules.ts';
import type { ColumnSchema } from '../schema.ts';
import { takeRows, type Table } from '../table.ts';
import { findDependencies } from './find-dependencies.ts';
import { findFormulas } from './find-formulas.ts';
import { findLists, findTogether } from './find-missing.ts';
import { findOrders } from './find-orders.ts';
import { columnsOf, parseFormula } from './formula.ts';
import type { Search } from './found.ts';

/** Rows that tell what is worth a look at all rows. */
const sampleRows = 10_000;
/** More than anyone reads: the strongest stay. */
const mostFindings = 40;

/**
 * Finds rules, the strongest kinds first. What follows from another is left out. A million rows of fifty columns take
 * some seconds.
 */
export function discoverRules(table: Table, schema: readonly ColumnSchema[]): RuleFinding[] {
  const search: Search = { table, sample: sampleOf(table), schema };
  const formulas = findFormulas(search);
  const covered = formulas.map(({ rule }) =>
    rule.type === 'formula' ? [rule.column, ...columnsOf(parseFormula(rule.expression))] : [],
  );
  // A total is greater than its parts, and equal columns determine each other: no news.
  const isNews = (columns: readonly string[]): boolean =>
    !covered.some((known) => columns.every((name) => known.includes(name)));
  const dependencies = findDependencies(search).filter(({ rule }) =>
    rule.type === 'determines'
      ? isNews([rule.from, rule.to])
      : rule.type !== 'combination' || isNews(rule.columns),
  );
  const orders = findOrders(search).filter(
    ({ rule }) => rule.type !== 'order' || isNews([rule.low, rule.high]),
  );
  return [...formulas, ...orders, ...dependencies, ...findTogether(search), ...findLists(search)].slice(
    0,
    mostFindings,
  );
}

/** Rows spread over the whole table by steps of the golden ratio, which keep no time with anything in it. */
function sampleOf(table: Table): Table {
  if (table.rows <= sampleRows) return table;
  const rows = Uint32Array.from({ length: sampleRows }, (_, at) =>
    Math.floor(((at * 0.6180339887498949) % 1) * table.rows),
  );
  return takeRows(table, rows);
}
