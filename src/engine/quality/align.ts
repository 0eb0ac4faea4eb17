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
      throw new AppError(
        'table/unknown-column',
        `The column “${name}” is missing from one of the tables compared.`,
        'Compare tables with the same columns.',
      );
    }
    if (column.type !== type) {
      throw new AppError(
        'table/unknown-column',
        `The column “${name}” holds numbers in one table and categories in another.`,
        'Compare tables whose columns are of the same kind.',
      );
    }
    return column;
  });
}

/** Throws `table/too-few-rows` for a table without rows, `table/no-usable-column` for one without columns. */
export function requireContent(table: Table): void {
  if (table.columns.length === 0) {
    throw new AppError(
      'table/no-usable-column',
      'There is no column to measure.',
      'Keep at least one column that holds categories, numbers or dates.',
    );
  }
  if (table.rows === 0) {
    throw new AppError(
      'table/too-few-rows',
      'A table without rows cannot be measured.',
      'Use a table with at least one row.',
    );
  }
}

/** How many rows columns have; 0 for none. */
export function rowsOf([first]: readonly Column[]): number {
  return first?.type === 'number' ? first.values.length : (first?.codes.length ?? 0);
}
