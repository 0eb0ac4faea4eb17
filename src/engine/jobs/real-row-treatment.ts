/** Real rows leave the machine only as the columns were decided on: what was left out or made anew stays so. */
import { AppError } from '../../shared/errors.ts';
import type { ColumnSchema } from '../tables/schema.ts';

/**
 * What each part of a column's schema is about. `spelling`: how values are written, real ones included. `treatment`:
 * values are not written as they are in the source, so real rows would have to be treated alike. A new part of the
 * schema has to be given its meaning here; a treatment is refused until real rows get it too.
 *
 * Columns that are dropped are in no schema; identifiers (`role`, `pattern`, `identifier`) are made anew for real
 * rows as for synthetic ones; free text stays empty in both.
 */
const meaning: Readonly<Record<keyof ColumnSchema, 'spelling' | 'treatment'>> = {
  name: 'spelling',
  kind: 'spelling',
  role: 'spelling',
  nullable: 'spelling',
  decimals: 'spelling',
  minDecimals: 'spelling',
  significant: 'spelling',
  decimalMark: 'spelling',
  group: 'spelling',
  prefix: 'spelling',
  suffix: 'spelling',
  signAfterPrefix: 'spelling',
  spellings: 'spelling',
  format: 'spelling',
  pattern: 'spelling',
  identifier: 'spelling',
  // Made-up values are put in after mixing, into every row.
  fake: 'spelling',
  generalise: 'treatment',
  nullText: 'spelling',
  storage: 'spelling',
};

/** Throws output/unfit, naming the columns, where values are treated in a way that real rows do not get yet. */
export function requireTreatable(schema: readonly ColumnSchema[]): void {
  const treated = schema.filter((column) =>
    Object.entries(meaning).some(
      ([part, about]) =>
        about === 'treatment' &&
        Object.entries(column).some(([key, value]) => key === part && value !== undefined),
    ),
  );
  if (treated.length === 0) return;
  throw AppError.of('output/unfit', 'real_rows_treated', {
    columns: treated.map(({ name }) => `“${name}”`).join(', '),
  });
}
