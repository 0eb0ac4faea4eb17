/** Personal data on the way from a source to a training: found, proposed for, treated. */
import type { Card } from '../../shared/card.ts';
import { AppError } from '../../shared/errors.ts';
import { isUntreated, namesPeople, proposedChoice } from '../../shared/personal-defaults.ts';
import { isQuasi } from '../../shared/personal-kinds.ts';
import { markedProfile } from '../../shared/personal-marks.ts';
import type { ColumnChoice, ColumnProfile, TableProfile } from '../../shared/table.ts';
import { fakeSettings, localeOfTable } from '../privacy/fakes/settings.ts';
import { findPersonal } from '../privacy/find-personal.ts';
import { readingChoices, treat } from '../privacy/treat/treat.ts';
import { inspect } from '../tables/inspection.ts';
import type { Inspection } from '../tables/inspection.ts';
import { loadTable } from '../tables/load.ts';
import type { LoadedTable, LoadOptions } from '../tables/load.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import type { Source } from '../tables/source.ts';

/**
 * The profile with what was found of persons, and the roles proposed for that. Columns that name people lose their
 * range and bars, which would show values, and remarks that assume they are learned.
 */
export async function withFindings(
  source: Source,
  profile: TableProfile,
  signal?: AbortSignal,
): Promise<TableProfile> {
  const inspection = await inspect(source, signal);
  const factsOf = new Map(inspection.columns.map(({ name, facts }) => [name, facts]));
  const columns = profile.columns.map((column): ColumnProfile => {
    const facts = factsOf.get(column.name);
    const personal = facts === undefined ? [] : findPersonal({ name: column.name, kind: column.kind, facts });
    if (personal.length === 0) return column;
    const found = { ...column, personal };
    if (!namesPeople(found)) return found;
    const { range, ...rest } = found;
    void range;
    return { ...rest, role: proposedChoice(found).role, histogram: [], other: 0 };
  });
  const silent = new Set(columns.filter(namesPeople).map(({ name }) => name));
  return {
    ...profile,
    columns,
    problems: profile.problems.filter(
      ({ column, severity }) => column === undefined || severity === 'error' || !silent.has(column),
    ),
  };
}

/**
 * Columns that name people are learned only where the user has said so of each. What the user has said of columns
 * counts before what was found. Throws `privacy/untreated`, naming them.
 */
export function requireTreated(profile: TableProfile, choices: readonly ColumnChoice[]): void {
  const byName = new Map(choices.map((choice) => [choice.name, choice]));
  const untreated = markedProfile(profile, choices).columns.filter((column) => {
    const choice = byName.get(column.name);
    return choice !== undefined && isUntreated(column, choice);
  });
  if (untreated.length === 0) return;
  throw AppError.of('privacy/untreated', 'untreated', {
    columns: untreated.map(({ name }) => `“${name}”`),
  });
}

/**
 * The same of a model that is there already, as its card tells it. `keep` names columns that may be written in spite of
 * it. Throws `privacy/untreated`.
 */
export function requireTreatedModel({ columns }: Pick<Card, 'columns'>, keep: readonly string[] = []): void {
  const untreated = columns.filter(({ name, kind, role, personal, generalise, kept }) => {
    if (role !== 'keep' || kind === 'text' || generalise !== undefined || kept === true) return false;
    return !keep.includes(name) && personal?.some((found) => !isQuasi(found)) === true;
  });
  if (untreated.length === 0) return;
  throw AppError.of('privacy/untreated', 'untreated_model', {
    columns: untreated.map(({ name }) => `“${name}”`),
  });
}

/**
 * Reads a table with the treatments chosen: what is generalised comes coarser, what is faked is described and not
 * read. Throws what `loadTable` throws.
 */
export async function loadTreated(
  source: Source,
  profile: TableProfile,
  choices: readonly ColumnChoice[],
  options: LoadOptions = {},
): Promise<LoadedTable> {
  const loaded = await loadTable(source, profile, readingChoices(choices), options);
  const treated = treat(loaded, choices);
  if (!choices.some(({ role }) => role === 'fake')) return treated;
  const inspection = await inspect(source, options.signal);
  return { ...treated, schema: describeFakes(treated.schema, profile, choices, inspection) };
}

function describeFakes(
  schema: readonly ColumnSchema[],
  profile: TableProfile,
  choices: readonly ColumnChoice[],
  { columns, relation }: Inspection,
): ColumnSchema[] {
  const facts = new Map(columns.map((column) => [column.name, column.facts]));
  const usual = localeOfTable(
    profile.columns.map(({ name, personal = [] }) => ({
      name,
      personal,
      sample: facts.get(name)?.sample ?? [],
    })),
  );
  const sexFrom = profile.columns.find(
    ({ name, personal }) =>
      personal?.[0]?.kind === 'sex' &&
      schema.some((column) => column.name === name && column.role === 'keep'),
  )?.name;
  return schema.map((column): ColumnSchema => {
    const known = facts.get(column.name);
    if (column.role !== 'fake' || known === undefined) return column;
    const choice = choices.find(({ name }) => name === column.name);
    const found = profile.columns.find(({ name }) => name === column.name)?.personal?.[0]?.kind;
    const kind = choice?.fake ?? found ?? 'account-number';
    const settings = fakeSettings(kind, known, relation.rows, choice?.locale ?? usual);
    const { name, nullText } = column;
    return {
      ...{ name, kind: 'category', role: 'fake', nullable: settings.nulls > 0 },
      fake: { ...settings, ...(sexFrom !== undefined && { sexFrom }) },
      ...(nullText !== undefined && { nullText }),
    };
  });
}
