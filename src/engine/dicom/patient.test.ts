import { expect, it } from 'vitest';
import { type Edit } from './write/edits.ts';
import { newDicomFile } from './write/new-file.ts';
import { issuerOf, patientOf, patientWithin } from './patient.ts';

const dataSet = (edits: readonly Edit[]) =>
  newDicomFile([
    { kind: 'set', tag: 0x00080018, vr: 'UI', value: '1.2.3' },
    { kind: 'set', tag: 0x0020000d, vr: 'UI', value: '1.2' },
    ...edits,
  ]).dataSet;
const id: Edit = { kind: 'set', tag: 0x00100020, vr: 'LO', value: 'A1' };
const issuer: Edit = { kind: 'set', tag: 0x00100021, vr: 'LO', value: 'North' };

it('is told by the ID and whoever gave it; without one, by the study', () => {
  expect(patientOf(dataSet([id]))).toEqual({ id: 'A1', issuer: '' });
  expect(patientOf(dataSet([id, issuer]))).toEqual({ id: 'A1', issuer: 'North' });
  expect(patientOf(dataSet([issuer]))).toEqual({ id: '\0study 1.2', issuer: '' });
});

it('has an issuer by name or by qualifiers, as HL7 writes it', () => {
  const qualifiers = (...items: Edit[][]): Edit => ({ kind: 'setItems', tag: 0x00100024, items });
  const universal: Edit[] = [
    { kind: 'set', tag: 0x00400032, vr: 'UT', value: '1.2.3' },
    { kind: 'set', tag: 0x00400033, vr: 'CS', value: 'ISO' },
  ];
  for (const [edits, expected] of [
    [[issuer, qualifiers(universal)], 'North&1.2.3&ISO'],
    [[qualifiers(universal)], '&1.2.3&ISO'],
    [[issuer, qualifiers([])], 'North'],
    [[issuer, qualifiers()], 'North'],
    [[qualifiers()], ''],
  ] as const)
    expect(issuerOf(dataSet([id, ...edits]))).toBe(expected);
});

it('within a file is of the same issuer where no other is named', () => {
  const subject = { id: 'A1', issuer: 'South' };
  expect(patientWithin(dataSet([id]), subject)).toEqual(subject);
  expect(patientWithin(dataSet([id, issuer]), subject)).toEqual({ id: 'A1', issuer: 'North' });
  expect(patientWithin(dataSet([]), subject)).toEqual(subject);
});
