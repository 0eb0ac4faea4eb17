import type { RuleFinding } from '../../../shared/rules.ts';
import type { Column, Table } from '../table.ts';
import { columnIn, finding, holds, leastSurprised } from './found.ts';
import type { Search } from './found.ts';
import { codesOf } from './values.ts';

/** Columns that are missing in the same rows, in groups. */
export function findTogether({ table, sample }: Search): RuleFinding[] {
  const groups = new Map<string, string[]>();
  for (const column of sample.columns) {
    const mask = missingIn(column);
    const count = mask.reduce((sum, each) => sum + each, 0);
    if (count < leastSurprised || sample.rows - count < leastSurprised) continue;
    const key = hash(mask);
    groups.set(key, [...(groups.get(key) ?? []), column.name]);
  }
  return [...groups.values()]
    .filter((names) => names.length > 1)
    .flatMap((names) => {
      const broken = mixed(table, names);
      return holds(table.rows, broken)
        ? [finding({ type: 'together', columns: names }, table.rows, broken)]
        : [];
    });
}

function missingIn(column: Column): Uint8Array {
  return column.type === 'number'
    ? Uint8Array.from(column.values, (value) => (Number.isNaN(value) ? 1 : 0))
    : Uint8Array.from(column.codes, (code) => (code < 0 ? 1 : 0));
}

function hash(mask: Uint8Array): string {
  let [a, b] = [0x811c9dc5, 0];
  for (const bit of mask) {
    a = Math.imul(a ^ (bit + 1), 0x01000193);
    b = (Math.imul(b, 31) + bit + 7) | 0;
  }
  return `${a},${b}`;
}

function mixed(table: Table, names: readonly string[]): number {
  const masks = names.flatMap((name) => {
    const column = columnIn(table, name);
    return column ? [missingIn(column)] : [];
  });
  const [first] = masks;
  let count = 0;
  for (let row = 0; row < table.rows; row++) if (masks.some((mask) => mask[row] !== first?.[row])) count++;
  return count;
}

/** Values of a list, at most; a column of more is measured rather than coded. */
const mostListed = 12;

/**
 * Numbers that are codes: few, and not one after the other. Categories need no such rule: a model makes none that the
 * table does not have.
 */
export function findLists({ table, sample, schema }: Search): RuleFinding[] {
  return schema.flatMap(({ name, kind, role }) => {
    const column = columnIn(table, name);
    const sampled = columnIn(sample, name);
    if (role !== 'keep' || (kind !== 'integer' && kind !== 'decimal') || column?.type !== 'number') return [];
    if (!sampled || !codesOf(sampled, mostListed)) return [];
    const coded = codesOf(column, mostListed);
    if (!coded || coded.count < 3) return [];
    const counts = new Map<number, number>();
    for (const value of column.values)
      if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const values = [...counts.keys()].sort((a, b) => a - b);
    const consecutive = values.every((value, at) => at === 0 || value === values[at - 1]! + 1);
    const rows = [...counts.values()].reduce((a, b) => a + b, 0);
    // A value that is somebody’s alone is not written down.
    if (consecutive || rows < 100 || [...counts.values()].some((count) => count < 5)) return [];
    return [finding({ type: 'list', column: name, values: values.map(String) }, rows, 0)];
  });
}
