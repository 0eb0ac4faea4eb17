/** What the user says of a column, in place of what was found in it. */
import { isQuasi } from './personal-kinds.ts';
import type { AnonymityPart } from './personal.ts';
import type { ColumnChoice, ColumnProfile, TableProfile } from './table.ts';

/**
 * The column with the finding the user has put in place of its own: sure, and of no values looked at. One that names
 * people has no range and no bars, which would show values.
 */
export function asMarked(
  column: ColumnProfile,
  choice: Pick<ColumnChoice, 'marked'> | undefined,
): ColumnProfile {
  const marked = choice?.marked;
  if (marked === undefined) return column;
  const { personal, ...rest } = column;
  // The role proposed may have been one for personal data.
  if (marked === 'none') return personal === undefined ? column : { ...rest, role: plainRole(column.kind) };
  const finding = { kind: marked, confidence: 1, sampled: 0, hits: 0, named: false, withinText: false };
  if (isQuasi(marked)) return { ...rest, role: plainRole(column.kind), personal: [finding] };
  const { range, ...silent } = rest;
  void range;
  return { ...silent, personal: [finding], histogram: [], other: 0 };
}

function plainRole(kind: ColumnProfile['kind']): ColumnProfile['role'] {
  if (kind === 'text') return 'drop';
  return kind === 'identifier' ? 'identifier' : 'keep';
}

/** The profile with all that the user has said of its columns. */
export function markedProfile(profile: TableProfile, choices: readonly ColumnChoice[]): TableProfile {
  const byName = new Map(choices.map((choice) => [choice.name, choice]));
  return { ...profile, columns: profile.columns.map((column) => asMarked(column, byName.get(column.name))) };
}

/** A column's part in figures like k-anonymity: what the user says, else by the kind of personal data in it. */
export function anonymityPartOf(
  column: Pick<ColumnProfile, 'personal'>,
  choice: Pick<ColumnChoice, 'anonymity'> | undefined,
): AnonymityPart {
  if (choice?.anonymity !== undefined) return choice.anonymity;
  const found = column.personal?.[0];
  return found !== undefined && !found.withinText && isQuasi(found.kind) ? 'quasi' : 'none';
}

/** What the user has said of a column beside its treatment: it stays when the treatment changes. */
export function saidOf({ marked, anonymity }: ColumnChoice): Pick<ColumnChoice, 'marked' | 'anonymity'> {
  return { ...(marked !== undefined && { marked }), ...(anonymity !== undefined && { anonymity }) };
}
