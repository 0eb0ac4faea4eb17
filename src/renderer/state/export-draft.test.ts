import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankDraft, isComplete, readExport, suggestName, targetKind } from './export-draft.ts';
import type { ExportDraft } from './export-draft.ts';

const key = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj';
const draft = (change: Partial<ExportDraft>): ExportDraft => ({ ...blankDraft, rows: '10', ...change });
const errorsOf = (change: Partial<ExportDraft>): string[] => {
  const reading = readExport(draft(change));
  return reading.ok ? [] : Object.keys(reading.errors);
};

describe('readExport', () => {
  it('reads a form well filled', () => {
    expect(readExport(draft({ rows: '30,000', seed: '7', format: 'parquet', where: ' ' }))).toEqual({
      ok: true,
      value: { rows: 30000, seed: 7, format: 'parquet' },
    });
    expect(readExport(draft({ where: ' age > 60 ', delimiter: ';' }))).toMatchObject({
      value: { where: 'age > 60', delimiter: ';' },
    });
  });

  it.each([
    ['rows', '0'],
    ['rows', ''],
    ['rows', '1000000001'],
    ['rows', '-5'],
    ['seed', '0.5'],
    ['seed', '-1'],
  ] as const)('refuses %s = "%s"', (field, typed) => {
    expect(errorsOf({ [field]: typed })).toEqual([field]);
  });

  it('takes keys only where all of them are right, and a passphrase without asking for it here', () => {
    expect(readExport(draft({ opener: 'recipients', recipients: `${key}\n${key}` }))).toMatchObject({
      value: { access: { by: 'recipients', recipients: [key] } },
    });
    for (const recipients of ['', `${key}\n${key}x`, 'someone@example.org'])
      expect(errorsOf({ opener: 'recipients', recipients })).toEqual(['recipients']);
    expect(readExport(draft({ opener: 'passphrase' }))).toMatchObject({
      value: { access: { by: 'passphrase' } },
    });
    // What stands in a field that is not shown does not count.
    expect(errorsOf({ opener: 'anyone', recipients: 'nonsense' })).toEqual([]);
  });

  it('mixes real rows in only where the user says to have the right to', () => {
    const mix = { mix: true, share: '20 %', mayUseRealRows: true };
    expect(readExport(draft(mix))).toMatchObject({
      value: { mixing: { share: 0.2, mayUseRealRows: true } },
    });
    expect(errorsOf({ ...mix, mayUseRealRows: false })).toEqual(['may']);
    for (const share of ['0', '100', '-3', 'half', '', '1'])
      expect(errorsOf({ ...mix, share })).toEqual(['share']);
  });
});

it('a passphrase is complete when it is long enough and twice the same', () => {
  expect(isComplete({ first: 'long enough', again: 'long enough' })).toBe(true);
  expect(isComplete({ first: 'long enough', again: 'long enoug' })).toBe(false);
  expect(isComplete({ first: 'short', again: 'short' })).toBe(false);
});

describe('suggestName', () => {
  it('is the project’s name with what it holds', () => {
    expect(suggestName('Credit clients', 'csv')).toBe('Credit clients-synthetic.csv');
    expect(suggestName('clients.csv.gz', 'parquet')).toBe('clients-synthetic.parquet');
    expect(suggestName('a/b: c?', 'model')).toBe('a-b- c-.semblance');
    expect(suggestName('...', 'csv')).toBe('table-synthetic.csv');
    expect(suggestName('clients', targetKind({ format: 'csv', delimiter: '\t' }), true)).toBe(
      'clients-synthetic.tsv.age',
    );
    expect(targetKind({ format: 'sqlite' })).toBe('sqlite');
  });

  it('is a name every system and the contract take, whatever the project is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (name) => {
        const suggested = suggestName(name, 'csv');
        expect(suggested).not.toMatch(/[<>:"/\\|?*]/);
        expect(suggested.length).toBeLessThanOrEqual(255);
      }),
    );
  });
});
