import { describe, expect, it } from 'vitest';
import { beginsAsDicom, endingOf, judgeDrop } from './dropped.ts';

const file = (name: string) => ({ name, directory: false });

describe('judgeDrop', () => {
  it.each(['a.csv', 'A.CSV', 'a.csv.gz', 'a.tsv', 'a.parquet', 'a.jsonl'])('opens %s as a table', (name) => {
    expect(judgeDrop([file(name)])).toEqual({ kind: 'table', index: 0 });
  });

  it('takes a model for a model', () => {
    expect(judgeDrop([file('clients.semblance')])).toEqual({ kind: 'model', index: 0 });
    expect(judgeDrop([file('clients.semblance.age')])).toEqual({ kind: 'model', index: 0 });
  });

  it.each([
    [[{ name: 'patients', directory: true }]],
    [[file('scan.dcm')]],
    [[file('DICOMDIR')]],
    [[file('IM0001'), file('IM0002')]],
    [[file('1.2.840.113619.2'), { name: 'more', directory: true }, file('rest.zip')]],
  ])('takes %j for DICOM', (items) => {
    expect(judgeDrop(items)).toEqual({ kind: 'dicom' });
  });

  it('looks into what could be either', async () => {
    expect(judgeDrop([file('clients.zip')])).toEqual({ kind: 'zip' });
    for (const name of ['a.data', 'table', 'IM0001'])
      expect(judgeDrop([file(name)])).toEqual({ kind: 'unknown' });
    expect(await beginsAsDicom(new Blob([new Uint8Array(128), 'DICM', 'more']))).toBe(true);
    expect(await beginsAsDicom(new Blob(['a,b\n1,2\n']))).toBe(false);
  });

  it.each([
    [[file('a.csv'), file('b.csv')], /one table at a time/],
    [[file('a.csv'), { name: 'patients', directory: true }], /one table at a time/],
    [[file('ledger.xlsx')], /Excel workbook/],
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
