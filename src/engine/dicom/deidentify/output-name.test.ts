import { describe, expect, it } from 'vitest';
import { newDicomFile } from '../write/new-file.ts';
import { mediaNaming, templateNaming } from './output-name.ts';

const output = (patient: string, instance: string) => {
  const file = newDicomFile([
    { kind: 'set', tag: 0x00080018, vr: 'UI', value: instance },
    { kind: 'set', tag: 0x00080060, vr: 'CS', value: 'MR' },
    { kind: 'set', tag: 0x00100020, vr: 'LO', value: patient },
    { kind: 'set', tag: 0x00200013, vr: 'IS', value: '7' },
  ]);
  return { file, bytes: file.source, patient };
};

describe('names by a template', () => {
  it('are of what the output says, whatever that is', () => {
    const naming = templateNaming('{modality}/{patient} x/{number}-{instance}.dcm');
    expect(naming(output('P1', '2.25.1'))).toBe('MR/P1 x/0007-2.25.1.dcm');
    expect(naming(output('../../etc', '2.25.1'))).toBe('MR/__.._etc x/0007-2.25.1.dcm');
    expect(templateNaming('{patient}/{instance}')(output('NUL', '2.25.1'))).toBe('_NUL/2.25.1');
  });

  it('of files without a UID come from their bytes', () => {
    expect(templateNaming('{instance}')(output('P1', ''))).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each(['', '/a/{instance}', '../{instance}', 'a//{instance}', 'C:\\{instance}', '{instance}/'])(
    'refuses “%s”, which leads elsewhere',
    (template) => {
      expect(() => templateNaming(template)).toThrow('such as {patient}/');
    },
  );

  it('refuses parts there are not, and one name for all', () => {
    expect(() => templateNaming('{name}/{instance}')).toThrow('{name}');
    expect(() => templateNaming('{patient}.dcm')).toThrow('one name');
  });
});

it('names for media are those of PS3.10, and the same for the same', () => {
  const name = mediaNaming(output('P1', '2.25.1'));
  expect(name).toMatch(/^DICOM(?:\/[A-Z2-7]{8}){4}$/);
  expect(mediaNaming(output('P1', '2.25.1'))).toBe(name);
  expect(mediaNaming(output('P1', '2.25.2')).slice(0, -9)).toBe(name.slice(0, -9));
  expect(mediaNaming(output('P1', '2.25.2'))).not.toBe(name);
});
