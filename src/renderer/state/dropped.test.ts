import { describe, expect, it } from 'vitest';
import { endingOf, judgeDrop } from './dropped.ts';

const file = (name: string) => ({ name, directory: false });

describe('judgeDrop', () => {
  it.each(['a.csv', 'A.CSV', 'a.csv.gz', 'a.tsv', 'a.parquet', 'a.jsonl', 'a.data', 'table'])(
    'opens %s as a table',
    (name) => {
      expect(judgeDrop([file(name)])).toEqual({ kind: 'table', index: 0 });
    },
  );

  it('takes a model for a model', () => {
    expect(judgeDrop([file('clients.semblance')])).toEqual({ kind: 'model', index: 0 });
    expect(judgeDrop([file('clients.zip')])).toEqual({ kind: 'model', index: 0 });
    expect(judgeDrop([file('clients.semblance.age')])).toEqual({ kind: 'model', index: 0 });
  });

  it.each([
    [[file('a.csv'), file('b.csv')], /one table at a time/],
    [[{ name: 'patients', directory: true }], /is a folder/],
    [[file('ledger.xlsx')], /Excel workbook/],
    [[file('scan.dcm')], /DICOM/],
    [[], /not a file/],
  ])('refuses kindly, with what to do', (items, message) => {
    const judged = judgeDrop(items);
    expect(judged.kind).toBe('refused');
    if (judged.kind === 'refused') {
      expect(judged.error.message).toMatch(message);
      expect(judged.error.fix).not.toBe('');
    }
  });
});

describe('endingOf', () => {
  it('looks through gzip and ignores hidden names without one', () => {
    expect(endingOf('/a/b.c/clients.csv.gz')).toBe('csv');
    expect(endingOf('clients')).toBe('');
    expect(endingOf('x.gz')).toBe('gz');
  });
});
