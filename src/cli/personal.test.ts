import { expect, it } from 'vitest';
import { markedProfile } from '../shared/personal-marks.ts';
import type { ColumnProfile, TableProfile } from '../shared/table.ts';
import { Options } from './options.ts';
import { findingLines } from './personal-words.ts';
import { personalChoices, readPersonal } from './personal.ts';

function column(name: string, change: Partial<ColumnProfile> = {}): ColumnProfile {
  return { name, kind: 'category', role: 'keep', nulls: 0, distinct: 5, histogram: [], other: 0, ...change };
}
const finding = { confidence: 0.93, sampled: 40, hits: 39, named: true, withinText: false };
const profile: TableProfile = {
  format: 'csv',
  gzip: false,
  bytes: 10,
  rows: 40,
  columns: [
    column('who', { role: 'fake', personal: [{ ...finding, kind: 'full-name' }] }),
    column('age', { kind: 'integer', personal: [{ ...finding, kind: 'age' }] }),
    column('code'),
  ],
  problems: [],
};

const chosen = (...args: string[]) =>
  personalChoices(profile, readPersonal(new Options('profile', ['IN', ...args])), 'people.csv');

it('lets what names people be learned only by --keep', () => {
  expect(chosen()[0]).toMatchObject({ role: 'fake', fake: 'full-name' });
  expect(chosen('--keep', 'who,age')).toEqual([
    { name: 'who', kind: 'category', role: 'keep', learnPersonal: true },
    { name: 'age', kind: 'integer', role: 'keep' },
    { name: 'code', kind: 'category', role: 'keep' },
  ]);
});

it('takes the word of --personal before what was found', () => {
  expect(chosen('--personal', 'who=none,code=other-identifier')).toEqual([
    { name: 'who', kind: 'category', role: 'keep', marked: 'none' },
    { name: 'age', kind: 'integer', role: 'keep' },
    { name: 'code', kind: 'category', role: 'identifier', marked: 'other-identifier' },
  ]);
  expect(chosen('--personal', 'code=phone', '--keep', 'code')[2]).toMatchObject({ learnPersonal: true });
  expect(() => chosen('--personal', 'code=telephone')).toThrow(/none or one of given-name/);
  expect(() => chosen('--personal', 'codes=phone')).toThrow(/no column “codes”/);
});

it('says what becomes of each finding, and by which rule', () => {
  const choices = chosen('--personal', 'code=us-ssn', '--defaults', 'gdpr');
  const lines = findingLines(markedProfile(profile, choices), choices, 120);
  const line = (name: string) => lines.find((each) => each.startsWith(`${name} `)) ?? '';
  expect(line('who')).toMatch(/full name +93 % +39 of 40 +A, 4\(1\) +made up/);
  expect(line('age')).toMatch(/C, R26 +bands of 5, 90\+ +90 at most/);
  expect(line('code')).toMatch(/as you say +G, 4\(1\) +made up \(us-ssn\)/);
  expect(lines.join(' ')).toContain('164.514(b)(2)(i): A names; C dates but for the year');
});
