import type { Card } from '../../shared/card.ts';
import type { ColumnChoice, ColumnKind, ColumnRole } from '../../shared/table.ts';

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

/** What may become of a column of this kind, the usual choice first. */
export function rolesOf(kind: ColumnKind): readonly ColumnRole[] {
  return rolesByKind[kind];
}

/** The choices with one column's kind changed; its role follows where it no longer fits. */
export function withKind(choices: readonly ColumnChoice[], name: string, kind: ColumnKind): ColumnChoice[] {
  return choices.map((choice) => {
    if (choice.name !== name) return choice;
    const roles = rolesOf(kind);
    const role = roles.includes(choice.role) ? choice.role : (roles[0] ?? 'drop');
    return { ...choice, kind, role };
  });
}

/** The choices with one column's role changed. */
export function withRole(choices: readonly ColumnChoice[], name: string, role: ColumnRole): ColumnChoice[] {
  return choices.map((choice) => (choice.name === name ? { ...choice, role } : choice));
}

/** Columns the model would learn from. */
export function learned(choices: readonly ColumnChoice[]): ColumnChoice[] {
  return choices.filter((choice) => choice.role === 'keep' && rolesOf(choice.kind).includes('keep'));
}

/** Whether a column may hold what points at a person, so that its values stay hidden until asked for. */
export function isPersonal(kind: ColumnKind): boolean {
  return kind === 'identifier' || kind === 'text';
}

/** Names of columns whose kind or role is no longer what the model was trained with. */
export function changedSince(card: Pick<Card, 'columns'>, choices: readonly ColumnChoice[]): string[] {
  const trained = new Map(card.columns.map((column) => [column.name, column]));
  return choices
    .filter((choice) => {
      const then = trained.get(choice.name);
      if (then === undefined) return choice.role !== 'drop';
      return then.role !== choice.role || (choice.role !== 'drop' && then.kind !== choice.kind);
    })
    .map((choice) => choice.name);
}
