/** k-anonymity and its like of a source, before and after the treatments chosen. */
import { AppError } from '../../shared/errors.ts';
import type { Anonymity, AnonymityReport } from '../../shared/personal.ts';
import { anonymityPartOf, markedProfile } from '../../shared/personal-marks.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { anonymityOf } from '../quality/anonymity.ts';
import { loadTable } from '../tables/load.ts';
import { rowsThatFit } from '../tables/memory.ts';
import type { Source } from '../tables/source.ts';
import { loadTreated } from './personal.ts';

export interface AnonymityColumns {
  /** Columns others may know of a person. */
  quasi: readonly string[];
  /** Columns nobody should be able to tell of a person. */
  sensitive: readonly string[];
}

export interface AnonymityParams extends AnonymityColumns {
  source: Source;
  profile: TableProfile;
  choices: readonly ColumnChoice[];
}

/** Which columns those are: as the user says, else by the personal data in them. */
export function anonymityColumns(profile: TableProfile, choices: readonly ColumnChoice[]): AnonymityColumns {
  const byName = new Map(choices.map((choice) => [choice.name, choice]));
  const named = (part: 'quasi' | 'sensitive'): string[] =>
    markedProfile(profile, choices)
      .columns.filter((column) => anonymityPartOf(column, byName.get(column.name)) === part)
      .map(({ name }) => name);
  return { quasi: named('quasi'), sensitive: named('sensitive') };
}

/** Both of them. Throws `table/unknown-column` and what reading throws. */
export async function measureAnonymity(
  params: AnonymityParams,
  signal?: AbortSignal,
): Promise<AnonymityReport> {
  const before = await anonymityBefore(params, signal);
  return anonymityAfter(params, before, signal);
}

/** How the source is before any treatment: it stays so while treatments change. */
export interface AnonymityBefore {
  before: Anonymity;
  /** Rows of the source, and the most that were read of them. */
  sourceRows: number;
  mostRows: number;
}

/** Of the source as it is. Reads only the columns asked for. Throws as `measureAnonymity`. */
export async function anonymityBefore(
  { source, profile, quasi, sensitive }: Omit<AnonymityParams, 'choices'>,
  signal?: AbortSignal,
): Promise<AnonymityBefore> {
  const wanted = wantedColumns(source.name, profile, quasi, sensitive);
  const plain = profile.columns
    .filter(({ name }) => wanted.has(name))
    .map(({ name, kind }): ColumnChoice => ({ name, role: 'keep', kind: readable(kind) }));
  const mostRows = rowsThatFit({ numbers: 2 * plain.length, categories: 0 });
  const { table, sourceRows } = await loadTable(source, profile, plain, { signal, mostRows });
  return { before: await anonymityOf(table, quasi, sensitive, signal), sourceRows, mostRows };
}

/**
 * And of what is learned from, the very rows `measured` is of. Columns that are left out, faked or made anew no longer
 * link a row to anybody: they are not counted. Throws as `measureAnonymity`.
 */
export async function anonymityAfter(
  { source, profile, choices, quasi, sensitive }: AnonymityParams,
  { before, sourceRows, mostRows }: AnonymityBefore,
  signal?: AbortSignal,
): Promise<AnonymityReport> {
  const wanted = wantedColumns(source.name, profile, quasi, sensitive);
  const kept = choices
    .filter(({ name, role }) => wanted.has(name) && role === 'keep')
    .map((choice) => ({ ...choice, kind: readable(choice.kind) }));
  const { table } = await loadTreated(source, profile, kept, { signal, mostRows });
  const left = new Set(table.columns.map(({ name }) => name));
  const after = await anonymityOf(
    { ...table, rows: before.rows },
    quasi.filter((name) => left.has(name)),
    sensitive.filter((name) => left.has(name)),
    signal,
  );
  return { before, after, ...(before.rows < sourceRows && { sourceRows }) };
}

function wantedColumns(
  table: string,
  profile: TableProfile,
  quasi: readonly string[],
  sensitive: readonly string[],
): Set<string> {
  const wanted = new Set([...quasi, ...sensitive]);
  const unknown = [...wanted].find((name) => !profile.columns.some((column) => column.name === name));
  if (unknown === undefined) return wanted;
  throw AppError.of('table/unknown-column', 'table_has_no_column', { table, column: unknown });
}

/** Every value of an identifier or text counts here. */
function readable(kind: ColumnChoice['kind']): ColumnChoice['kind'] {
  return kind === 'identifier' || kind === 'text' ? 'category' : kind;
}
