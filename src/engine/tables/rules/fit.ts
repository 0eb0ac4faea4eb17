import type { FittedRule, Rule } from '../../../shared/rules.ts';
import type { Column, Table } from '../table.ts';
import { keyOf, textOf } from './values.ts';

/** Rows, at least, that must share a combination before it is kept: what fewer share is somebody's. */
export const fewestSubjects = 5;
const mostCombinations = 50_000;

/** Whether the rule can only be held with the combinations of a table. */
export function needsTable(rule: Rule): boolean {
  return rule.type === 'determines' || rule.type === 'combination';
}

/**
 * Adds to a rule what it needs of the table: of the combinations of values that at least five rows share, how many rows
 * have them; of a column that determines another, the most frequent value for each of its own. Rarer ones are left out.
 */
export function fitRule(rule: Rule, table: Table): FittedRule {
  if (!needsTable(rule)) return { rule };
  const names =
    rule.type === 'determines' ? [rule.from, rule.to] : rule.type === 'combination' ? rule.columns : [];
  const columns = names.flatMap((name): Column[] => table.columns.filter((column) => column.name === name));
  if (columns.length < names.length) return { rule };
  const counts = new Map<string, { values: (string | null)[]; count: number }>();
  for (let row = 0; row < table.rows; row++) {
    const values = columns.map((column) => textOf(column, row));
    const key = keyOf(values);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { values, count: 1 });
  }
  const enough = [...counts.values()]
    .filter(({ count }) => count >= fewestSubjects)
    .sort((a, b) => b.count - a.count || (keyOf(a.values) < keyOf(b.values) ? -1 : 1));
  if (rule.type === 'combination') return { rule, combinations: enough.slice(0, mostCombinations) };
  const first = new Map<string, (typeof enough)[number]>();
  for (const pair of enough) {
    const [from = null] = pair.values;
    if (from !== null && !first.has(from)) first.set(from, pair);
  }
  return { rule, combinations: [...first.values()].slice(0, mostCombinations) };
}
