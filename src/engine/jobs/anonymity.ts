/** k-anonymity and its like of a source, before and after the treatments chosen. */
import { AppError } from '../../shared/errors.ts';
import type { AnonymityReport } from '../../shared/personal.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { anonymityOf } from '../quality/anonymity.ts';
import { loadTable } from '../tables/load.ts';
import type { Source } from '../tables/source.ts';
import { loadTreated } from './personal.ts';

export interface AnonymityParams {
  source: Source;
  profile: TableProfile;
  choices: readonly ColumnChoice[];
  /** Columns others may know of a person. */
  quasi: readonly string[];
  /** Columns nobody should be able to tell of a person. */
  sensitive: readonly string[];
}

/**
 * Reads only the columns asked for. Afterwards columns that are left out, faked or made anew no longer link a row to
 * anybody: they are not counted. Throws `table/unknown-column` and what reading throws.
 */
export async function measureAnonymity(
  { source, profile, choices, quasi, sensitive }: AnonymityParams,
  signal?: AbortSignal,
): Promise<AnonymityReport> {
  const wanted = new Set([...quasi, ...sensitive]);
  const unknown = [...wanted].find((name) => !profile.columns.some((column) => column.name === name));
  if (unknown !== undefined)
    throw new AppError(
      'table/unknown-column',
      `“${source.name}” has no column “${unknown}”.`,
      'Choose among the columns of the table.',
    );
  const options = signal ? { signal } : {};
  const plain = profile.columns
    .filter(({ name }) => wanted.has(name))
    .map(({ name, kind }): ColumnChoice => ({ name, role: 'keep', kind: readable(kind) }));
  const before = await loadTable(source, profile, plain, options);
  const after = await loadTreated(
    source,
    profile,
    choices
      .filter(({ name, role }) => wanted.has(name) && role === 'keep')
      .map((choice) => ({ ...choice, kind: readable(choice.kind) })),
    options,
  );
  const left = new Set(after.table.columns.map(({ name }) => name));
  return {
    before: anonymityOf(before.table, quasi, sensitive),
    after: anonymityOf(
      { ...after.table, rows: before.table.rows },
      quasi.filter((name) => left.has(name)),
      sensitive.filter((name) => left.has(name)),
    ),
  };
}

/** Every value of an identifier or text counts here. */
function readable(kind: ColumnChoice['kind']): ColumnChoice['kind'] {
  return kind === 'identifier' || kind === 'text' ? 'category' : kind;
}
