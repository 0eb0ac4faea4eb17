import { AppError } from '../../shared/errors.ts';
import type { Column, Table } from '../tables/table.ts';

/**
 * The columns of `table` in the order of `reference`, matched by name.
 * Throws `table/unknown-column` where one is missing or is a number in one table and a category in the other.
 */
export function alignColumns(
  reference: readonly { name: string; type: Column['type'] }[],
  table: Table,
): Column[] {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  return reference.map(({ name, type }) => {
    const column = byName.get(name);
    if (!column) {
      throw AppError.of('table/unknown-column', 'column_missing_in_one', { column: name });
    }
    if (column.type !== type) {
      throw AppError.of('table/unknown-column', 'column_of_two_kinds', { column: name });
    }
    return column;
  });
}

/** Throws `table/too-few-rows` for a table without rows, `table/no-usable-column` for one without columns. */
export function requireContent(table: Table): void {
  if (table.columns.length === 0) {
    throw AppError.of('table/no-usable-column', 'nothing_to_measure', {});
  }
  if (table.rows === 0) {
    throw AppError.of('table/too-few-rows', 'no_rows_to_measure', {});
  }
}

/** How many rows columns have; 0 for none. */
export function rowsOf([first]: readonly Column[]): number {
  return first?.type === 'number' ? first.values.length : (first?.codes.length ?? 0);
}
