import { AppError } from '../shared/errors.ts';
import type { TableProfile } from '../shared/table.ts';
import { inspect } from '../engine/tables/inspection.ts';
import type { Source } from '../engine/tables/source.ts';

/** Values shown of a column. */
const most = 5;

/** A few values of the columns the user has asked to see (`--show`). Throws `table/unknown-column`. */
export async function shownValues(
  source: Source,
  profile: TableProfile,
  columns: readonly string[],
  signal: AbortSignal,
): Promise<{ column: string; values: string[] }[]> {
  if (columns.length === 0) return [];
  const inspection = await inspect(source, signal);
  return columns.map((column) => {
    const facts = inspection.columns.find(({ name }) => name === column)?.facts;
    if (!facts || !profile.columns.some(({ name }) => name === column))
      throw new AppError(
        'table/unknown-column',
        `“${source.name}” has no column “${column}”.`,
        'Choose among the columns of the table.',
      );
    return { column, values: [...new Set(facts.sample)].slice(0, most) };
  });
}
