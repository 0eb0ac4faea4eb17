import type { Card } from '../../shared/card.ts';
import { canFake, namesPeople } from '../../shared/personal-defaults.ts';
import { saidOf } from '../../shared/personal-marks.ts';
import type { ColumnChoice, ColumnKind, ColumnProfile, ColumnRole } from '../../shared/table.ts';

const rolesByKind: Record<ColumnKind, readonly ColumnRole[]> = {
  category: ['keep', 'identifier', 'drop'],
  integer: ['keep', 'identifier', 'drop'],
  decimal: ['keep', 'drop'],
  boolean: ['keep', 'drop'],
  datetime: ['keep', 'drop'],
  // Neither can be learned: an identifier is made anew, free text has no distribution to learn.
  identifier: ['identifier', 'drop'],
  text: ['drop', 'identifier'],
};

/** What may become of a column of this kind, the usual choice first; made-up values where their kind is known. */
export function rolesOf(kind: ColumnKind, personal: ColumnProfile['personal'] = []): readonly ColumnRole[] {
  const found = personal[0]?.kind;
  return found !== undefined && canFake(found) ? [...rolesByKind[kind], 'fake'] : rolesByKind[kind];
}

/** The choices with one column's kind changed; its role follows where it no longer fits. */
export function withKind(choices: readonly ColumnChoice[], name: string, kind: ColumnKind): ColumnChoice[] {
  return choices.map((choice) => {
    if (choice.name !== name) return choice;
    const roles = rolesOf(kind);
    const role = choice.role === 'fake' || roles.includes(choice.role) ? choice.role : (roles[0] ?? 'drop');
    // A treatment was chosen for the kind the column had.
    const { generalise, ...rest } = choice;
    void generalise;
    return { ...rest, kind, role };
  });
}

/** The choices with one column's role changed: learned as it is, or made up as what was found in it. */
export function withRole(
  choices: readonly ColumnChoice[],
  { name, personal }: Pick<ColumnProfile, 'name' | 'personal'>,
  role: ColumnRole,
): ColumnChoice[] {
  const found = personal?.[0]?.kind;
  return choices.map((choice) => {
    if (choice.name !== name) return choice;
    const { kind } = choice;
    return {
      ...{ name, kind, role, ...saidOf(choice) },
      ...(role === 'fake' && found !== undefined && { fake: found }),
      // Whoever chooses this of all has said so.
      ...(role === 'keep' && namesPeople({ personal }) && { learnPersonal: true }),
    };
  });
}

/** The choices with some of them replaced; what was said of a column beside its treatment stays. */
export function withChoices(
  choices: readonly ColumnChoice[],
  changed: readonly ColumnChoice[],
): ColumnChoice[] {
  const byName = new Map(changed.map((choice) => [choice.name, choice]));
  return choices.map((choice) => {
    const next = byName.get(choice.name);
    return next === undefined ? choice : { ...saidOf(choice), ...next };
  });
}

/** Columns the model would learn from. */
export function learned(choices: readonly ColumnChoice[]): ColumnChoice[] {
  return choices.filter(
    (choice) =>
      choice.role === 'keep' && (choice.generalise !== undefined || rolesOf(choice.kind).includes('keep')),
  );
}

/** Whether a column may hold what points at a person, so that its values stay hidden until asked for. */
export function isPersonal(kind: ColumnKind, personal: ColumnProfile['personal'] = []): boolean {
  const names = personal.length > 0 && namesPeople({ personal: [...personal] });
  return names || kind === 'identifier' || kind === 'text';
}

/** Whether something is known of the values of a column that is shown only when the user asks for it. */
export function hasPersonalFigures(
  { histogram, range, personal }: Pick<ColumnProfile, 'histogram' | 'range' | 'personal'>,
  kind: ColumnKind,
): boolean {
  return isPersonal(kind, personal) && (histogram.length > 0 || range !== undefined);
}

/** Names of columns whose kind or role is no longer what the model was trained with. */
export function changedSince(card: Pick<Card, 'columns'>, choices: readonly ColumnChoice[]): string[] {
  const trained = new Map(card.columns.map((column) => [column.name, column]));
  return choices
    .filter((choice) => {
      const then = trained.get(choice.name);
      if (then === undefined) return choice.role !== 'drop';
      if (then.role !== choice.role) return true;
      if (choice.role === 'fake') return then.fake !== choice.fake;
      if (JSON.stringify(then.generalise) !== JSON.stringify(choice.generalise)) return true;
      return choice.role !== 'drop' && choice.generalise === undefined && then.kind !== choice.kind;
    })
    .map((choice) => choice.name);
}
