import { AppError } from '../../../shared/errors.ts';
import { fewestRows } from '../../../shared/fewest-rows.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { Table } from '../../tables/table.ts';
import { fitCategories } from './category-classes.ts';
import type { TableEncoding } from './encoding.ts';
import { fitNumbers } from './number-classes.ts';

/** Of the fewest rows of a table, at most half are set aside for scoring. */
const fewestTrainingRows = fewestRows / 2;

/** Classes of all columns together, so that a table of hundreds of columns still trains in minutes. */
const classBudget = 6000;

/**
 * Fits the classes of every column of the training table.
 *
 * Throws `table/too-few-rows` under 10 rows and `table/no-usable-column` where there is no column, or none
 * holds a single value.
 */
export function fitEncoding(table: Table, schema: readonly ColumnSchema[]): TableEncoding {
  if (table.columns.length === 0) throw noColumn();
  if (table.rows < fewestTrainingRows) {
    throw AppError.of('table/too-few-rows', 'too_few_training_rows', {
      rows: table.rows,
      least: fewestTrainingRows,
    });
  }
  const share = Math.floor(classBudget / table.columns.length);
  const numberCap = Math.min(100, Math.max(12, share));
  const categoryCap = Math.min(200, Math.max(16, share));
  const columns = table.columns.map((column) =>
    column.type === 'number'
      ? fitNumbers(
          column,
          schema.find(({ name }) => name === column.name),
          numberCap,
        )
      : fitCategories(column, categoryCap),
  );
  const empty = columns.every((column) =>
    column.type === 'number' ? column.heavy.length + column.bins.length === 0 : column.own.length === 0,
  );
  if (empty) throw noColumn();
  return { columns };
}

function noColumn(): AppError {
  return AppError.of('table/no-usable-column', 'nothing_to_learn', {});
}
