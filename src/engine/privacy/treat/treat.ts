/** Treatments between reading a table and learning from it: pure functions of the table and the choices. */
import type { Generalisation } from '../../../shared/personal.ts';
import type { ColumnChoice } from '../../../shared/table.ts';
import type { LoadedTable } from '../../tables/load.ts';
import { generalise } from './generalise.ts';

/** Treatments that work on the text of a value, whatever kind the column is of. */
const onTexts: ReadonlySet<Generalisation['how']> = new Set<Generalisation['how']>([
  'zip3',
  'postcode-area',
  'network',
]);

/** The choices as the table must be read for them: what is cut by its text is read as text. */
export function readingChoices(choices: readonly ColumnChoice[]): ColumnChoice[] {
  return choices.map((choice) => {
    const how = choice.role === 'keep' ? choice.generalise : undefined;
    if (how === undefined) return choice;
    const measured = choice.kind === 'integer' || choice.kind === 'decimal' || choice.kind === 'datetime';
    return onTexts.has(how.how) || !measured ? { ...choice, kind: 'category' } : choice;
  });
}

/**
 * The table with its columns generalised as chosen; `loaded` must have been read with `readingChoices`. What is dropped,
 * faked or made anew is not in the table to begin with.
 */
export function treat(
  loaded: LoadedTable,
  choices: readonly Pick<ColumnChoice, 'name' | 'generalise'>[],
): LoadedTable {
  const wanted = new Map(choices.map(({ name, generalise: how }) => [name, how]));
  const schema = [...loaded.schema];
  const columns = loaded.table.columns.map((column) => {
    const how = wanted.get(column.name);
    const at = schema.findIndex(({ name }) => name === column.name);
    const before = schema[at];
    if (how === undefined || before?.role !== 'keep') return column;
    const coarse = generalise(column, before, how);
    schema[at] = { ...coarse.schema, readAs: before.kind };
    return coarse.column;
  });
  return { ...loaded, table: { rows: loaded.table.rows, columns }, schema };
}
