import { m } from '../../shared/messages/messages.js';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { proposedChoice } from '../../shared/personal-defaults.ts';
import { profileTable } from '../tables/profile.ts';
import type { Source } from '../tables/source.ts';
import { withFindings } from './personal.ts';
import type { TaskContext } from './task.ts';

/** Looks through a whole table, for personal data as well. Throws what `profileTable` throws. */
export async function profile(source: Source, { signal, report }: TaskContext): Promise<TableProfile> {
  report({ phase: m.phases_opening_table(), progress: null });
  const found = await profileTable(source, {
    signal,
    onProgress: (progress, phase) => {
      report({ phase, progress });
    },
  });
  return withFindings(source, found, signal);
}

/** What the profile proposes for each column. */
export function proposedColumns(profile: TableProfile): ColumnChoice[] {
  return profile.columns.map(proposedChoice);
}

/**
 * The user's choices carried over to a newer profile of the table: a choice stays where its column is still there
 * and still found to be of the kind it was when the choice was made.
 */
export function carriedColumns(
  next: TableProfile,
  before: { profile: TableProfile | null; columns: readonly ColumnChoice[] },
): ColumnChoice[] {
  const kinds = new Map(before.profile?.columns.map(({ name, kind }) => [name, kind]));
  const choices = new Map(before.columns.map((choice) => [choice.name, choice]));
  return next.columns.map((column) => {
    const choice = choices.get(column.name);
    return choice && kinds.get(column.name) === column.kind ? choice : proposedChoice(column);
  });
}
