import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readDicomFile } from '../read/part10.ts';
import { type Edit } from '../write/edits.ts';
import { writeDicom } from '../write/part10.ts';
import { checkFile } from './check-file.ts';

const read = (file: string) => readDicomFile(readFileSync(`test/fixtures/dicom/${file}`));
const kinds = (file: string) => [...new Set(checkFile(read(file)).map(({ kind }) => kind))];
const afterEdits = (edits: readonly Edit[], options = {}) =>
  checkFile(readDicomFile(writeDicom(read('MR_small_bigendian.dcm'), edits, options)));

it('finds nothing in files that are sound', () => {
  for (const file of ['MR_small_implicit.dcm', 'MR_small_bigendian.dcm', 'MR_small_RLE.dcm', 'chrH31.dcm']) {
    expect(kinds(file)).toEqual([]);
  }
});

it('finds what is missing or wrong around the data set', () => {
  expect(kinds('ExplVR_BigEndNoMeta.dcm')).toEqual(expect.arrayContaining(['no-preamble', 'no-meta']));
  expect(kinds('no_meta_group_length.dcm')).toContain('meta-length');
  expect(kinds('meta_missing_tsyntax.dcm')).toEqual(expect.arrayContaining(['no-meta', 'missing']));
});

it('finds a file meta group that contradicts the data set', () => {
  expect(checkFile(read('rtplan.dcm'))).toEqual([{ kind: 'meta-differs', path: [0x00020003] }]);
});

it('finds what is wrong with elements, and where', () => {
  expect(afterEdits([{ kind: 'set', tag: 0x00080018, value: '1.02.x' }])).toEqual([
    { kind: 'malformed-uid', path: [0x00020003] },
    { kind: 'malformed-uid', path: [0x00080018] },
  ]);
  expect(afterEdits([{ kind: 'remove', tag: 0x0020000e }])).toEqual([
    { kind: 'missing', path: [0x0020000e] },
  ]);
  const inner: Edit = { kind: 'set', tag: 0x00100010, vr: 'US', value: [1] };
  expect(afterEdits([{ kind: 'setItems', tag: 0x00081140, items: [[inner]] }])).toEqual([
    { kind: 'other-vr', path: [0x00081140, 0x00100010] },
  ]);
});
