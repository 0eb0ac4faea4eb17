import { expect, it } from 'vitest';
import { type Edit } from '../write/edits.ts';
import { newDicomFile } from '../write/new-file.ts';
import { patientOf, patientWithin } from './patient.ts';

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

it('within a file is of the same issuer where no other is named', () => {
  const subject = { id: 'A1', issuer: 'South' };
  expect(patientWithin(dataSet([id]), subject)).toEqual(subject);
  expect(patientWithin(dataSet([id, issuer]), subject)).toEqual({ id: 'A1', issuer: 'North' });
  expect(patientWithin(dataSet([]), subject)).toEqual(subject);
});
