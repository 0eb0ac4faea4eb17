import { describe, expect, it } from 'vitest';
import { columnKind, type ColumnChoice } from '../../shared/table.ts';
import { kinds } from '../words/columns.ts';
import { changedSince, learned, rolesOf, withKind, withRole } from './columns.ts';

const choices: ColumnChoice[] = [
  { name: 'id', kind: 'identifier', role: 'identifier' },
  { name: 'age', kind: 'integer', role: 'keep' },
  { name: 'note', kind: 'text', role: 'drop' },
];

describe('roles follow kinds', () => {
  it('lets no kind without a role', () => {
    expect(kinds).toEqual(columnKind.options);
    for (const kind of kinds) expect(rolesOf(kind).length).toBeGreaterThan(0);
  });

  it('changes only the named column', () => {
    const next = withKind(choices, 'age', 'category');
    expect(next).toEqual([choices[0], { name: 'age', kind: 'category', role: 'keep' }, choices[2]]);
    expect(choices[1]).toEqual({ name: 'age', kind: 'integer', role: 'keep' });
  });

  it('moves a role that no longer fits', () => {
    expect(withKind(choices, 'age', 'text')[1]).toEqual({ name: 'age', kind: 'text', role: 'drop' });
    expect(withKind(choices, 'id', 'integer')[0]).toEqual({
      name: 'id',
      kind: 'integer',
      role: 'identifier',
    });
  });

  it('counts as learned only what can be', () => {
    expect(learned(choices).map((choice) => choice.name)).toEqual(['age']);
    expect(learned(withRole(choices, { name: 'age' }, 'drop'))).toEqual([]);
    expect(learned([{ name: 'note', kind: 'text', role: 'keep' }])).toEqual([]);
  });
});

describe('changedSince', () => {
  const card = { columns: choices };

  it('is empty while nothing changed', () => {
    expect(changedSince(card, choices)).toEqual([]);
  });

  it('names columns learned otherwise, and not those left out all along', () => {
    expect(changedSince(card, withKind(choices, 'age', 'category'))).toEqual(['age']);
    expect(changedSince(card, withKind(choices, 'note', 'category'))).toEqual([]);
    expect(changedSince({ columns: choices.slice(0, 2) }, choices)).toEqual([]);
    expect(changedSince({ columns: choices.slice(1) }, choices)).toEqual(['id']);
  });
});
