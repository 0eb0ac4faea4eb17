import type { Column, Table } from '../../tables/table.ts';

const bars = 20;

/**
 * How far two sets of rows are from each other in one column: half the sum of differences between the shares of its
 * categories, or of twentieths of its numbers (total variation, 0 to 1). Both tables have the column's categories.
 */
export function distortion(before: Column, after: Column, kept: (row: number) => boolean): number {
  const place = placeOf(before);
  const count = (column: Column, counts: (row: number) => boolean): Map<number, number> => {
    const found = new Map<number, number>();
    const rows = column.type === 'number' ? column.values.length : column.codes.length;
    for (let row = 0; row < rows; row++) {
      if (!counts(row)) continue;
      const at = place(column, row);
      found.set(at, (found.get(at) ?? 0) + 1);
    }
    return found;
  };
  const [left, right] = [count(before, () => true), count(after, kept)];
  const total = (counts: Map<number, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);
  const [n, m] = [total(left), total(right)];
  if (m === 0) return 1;
  let sum = 0;
  for (const at of new Set([...left.keys(), ...right.keys()]))
    sum += Math.abs((left.get(at) ?? 0) / n - (right.get(at) ?? 0) / m);
  return sum / 2;
}

/** The bar a cell counts to: its category, or a twentieth of the numbers of `column`; −1 is missing. */
function placeOf(column: Column): (other: Column, row: number) => number {
  if (column.type === 'category') return (other, row) => (other.type === 'category' ? other.codes[row]! : -1);
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  const edges = Array.from(
    { length: bars - 1 },
    (_, bar) => sorted[Math.floor(((bar + 1) / bars) * sorted.length)] ?? 0,
  );
  return (other, row) => {
    const value = other.type === 'number' ? other.values[row]! : NaN;
    return Number.isNaN(value) ? -1 : edges.filter((edge) => value >= edge).length;
  };
}

/** A table of its own, so that changes in it leave the other as it is. */
export function copyOf(table: Table): Table {
  return {
    rows: table.rows,
    columns: table.columns.map((column) =>
      column.type === 'number'
        ? { ...column, values: column.values.slice() }
        : { ...column, codes: column.codes.slice() },
    ),
  };
}
