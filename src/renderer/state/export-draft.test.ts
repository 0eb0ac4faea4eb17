import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExport, suggestName } from './export-draft.ts';

describe('readExport', () => {
  it('reads a form well filled', () => {
    expect(readExport({ rows: '30,000', seed: '7', format: 'parquet', where: ' ' })).toEqual({
      ok: true,
      value: { rows: 30000, seed: 7, format: 'parquet' },
    });
    expect(readExport({ rows: '5', seed: '7', format: 'csv', where: ' age > 60 ' })).toMatchObject({
      value: { where: 'age > 60' },
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
    const reading = readExport({ rows: '10', seed: '1', format: 'csv', where: '', [field]: typed });
    expect(reading.ok).toBe(false);
    if (!reading.ok) expect(Object.keys(reading.errors)).toEqual([field]);
  });
});

describe('suggestName', () => {
  it('is the project’s name with what it holds', () => {
    expect(suggestName('Credit clients', 'csv')).toBe('Credit clients-synthetic.csv');
    expect(suggestName('clients.csv.gz', 'parquet')).toBe('clients-synthetic.parquet');
    expect(suggestName('a/b: c?', 'model')).toBe('a-b- c-.semblance');
    expect(suggestName('...', 'csv')).toBe('table-synthetic.csv');
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
