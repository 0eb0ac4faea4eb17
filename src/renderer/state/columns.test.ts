import { describe, expect, it } from 'vitest';
import { columnKind, type ColumnChoice, type ColumnProfile } from '../../shared/table.ts';
import { kinds } from '../words/columns.ts';
import {
  changedSince,
  hasPersonalFigures,
  learned,
  rolesOf,
  withChoices,
  withKind,
  withRole,
} from './columns.ts';

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

describe('personal data', () => {
  const finding = { confidence: 0.9, sampled: 9, hits: 9, named: true, withinText: false };
  const personal: ColumnProfile['personal'] = [{ ...finding, kind: 'full-name' }];
  const said: ColumnChoice = {
    name: 'id',
    kind: 'category',
    role: 'fake',
    fake: 'full-name',
    anonymity: 'none',
  };

  it('is learned as it is only where that is chosen of the column itself', () => {
    expect(withRole([said], { name: 'id', personal }, 'keep')).toEqual([
      { name: 'id', kind: 'category', role: 'keep', anonymity: 'none', learnPersonal: true },
    ]);
    expect(withRole([said], { name: 'id' }, 'keep')[0]).not.toHaveProperty('learnPersonal');
    expect(withRole([said], { name: 'id', personal }, 'fake')).toEqual([said]);
    // A kind that can only be learned is no such choice.
    expect(withKind([{ name: 'id', kind: 'identifier', role: 'identifier' }], 'id', 'decimal')).toEqual([
      { name: 'id', kind: 'decimal', role: 'keep' },
    ]);
  });

  it('stays what the user has said it is whatever becomes of it', () => {
    const marked: ColumnChoice = { name: 'id', kind: 'category', role: 'keep', marked: 'age' };
    const dropped: ColumnChoice = { name: 'id', kind: 'category', role: 'drop' };
    expect(withChoices([marked], [dropped])).toEqual([{ ...dropped, marked: 'age' }]);
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

it('asks to be shown only where there is something to show', () => {
  const bar = { label: '1', count: 1 };
  expect(hasPersonalFigures({ histogram: [bar] }, 'text')).toBe(true);
  expect(hasPersonalFigures({ histogram: [], range: { min: '1', max: '2' } }, 'identifier')).toBe(true);
  expect(hasPersonalFigures({ histogram: [] }, 'text')).toBe(false);
  expect(hasPersonalFigures({ histogram: [bar] }, 'integer')).toBe(false);
});
