/** Values of a column as text, the same for the same value wherever it comes from: what combinations are kept by. */
import type { Column } from '../table.ts';

/** Null where the value is missing. */
export function textOf(column: Column, row: number): string | null {
  if (column.type === 'category') {
    const code = column.codes[row]!;
    return code < 0 ? null : (column.categories[code] ?? null);
  }
  const value = column.values[row]!;
  return Number.isNaN(value) ? null : String(value);
}

/** One text for several values, none of which is another's. */
export function keyOf(values: readonly (string | null)[]): string {
  return JSON.stringify(values);
}

/** Numbers of the column's distinct values in the order they come, −1 where missing; null where there are more than `most`. */
export function codesOf(column: Column, most: number): { codes: Int32Array; count: number } | null {
  if (column.type === 'category') {
    const count = column.categories.length;
    return count > most ? null : { codes: column.codes, count };
  }
  const seen = new Map<number, number>();
  const codes = new Int32Array(column.values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = column.values[row]!;
    if (Number.isNaN(value)) {
      codes[row] = -1;
      continue;
    }
    let code = seen.get(value);
    if (code === undefined) {
      if (seen.size === most) return null;
      seen.set(value, (code = seen.size));
    }
    codes[row] = code;
  }
  return { codes, count: seen.size };
}
