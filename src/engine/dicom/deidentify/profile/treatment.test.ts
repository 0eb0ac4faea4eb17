import { describe, expect, it } from 'vitest';
import { type Vr } from '../../vr.ts';
import { attributeType } from './attribute-types.ts';
import { basicChoices, Profile } from './profile.ts';
import { isSafePrivate } from './safe-private.ts';
import { codeUnder, profileRow, profileRows, type ProfileRow } from './table.ts';
import { treatmentOf } from './treatment.ts';

function row(tag: number): ProfileRow {
  const found = profileRow(tag);
  if (!found) throw new Error('No such row.');
  return found;
}

const ctImage = '1.2.840.10008.5.1.4.1.1.2';

describe('the profile', () => {
  it('has every row of the table', () => {
    expect(profileRows().size).toBe(621);
    expect(row(0x00080050).basic).toBe('Z');
  });

  it('lets options override it, full dates above shifted ones', () => {
    const studyDate = row(0x00080020);
    expect(codeUnder(studyDate, new Set())).toBe(studyDate.basic);
    expect(codeUnder(studyDate, new Set(['retain-long-modified-dates']))).toBe('C');
    expect(codeUnder(studyDate, new Set(['retain-long-modified-dates', 'retain-long-full-dates']))).toBe('K');
    // Kept as a fact of the device, cleaned as a date: cleaned.
    expect(
      codeUnder(row(0x0018700c), new Set(['retain-device-identity', 'retain-long-modified-dates'])),
    ).toBe('C');
  });

  it('resolves compound codes by the type in the IOD', () => {
    expect(attributeType(ctImage, 0x00100020, undefined)).toBe('2');
    expect(attributeType('1.2.3', 0x00100020, undefined)).toBe('unknown');
    expect(treatmentOf('Z/D', '2')).toBe('empty');
    expect(treatmentOf('X/Z/D', '1C')).toBe('dummy');
    expect(treatmentOf('X/Z/D', '2C')).toBe('empty');
    expect(treatmentOf('X/Z/D', '3')).toBe('remove');
    expect(treatmentOf('X/D', 'unknown')).toBe('dummy');
    expect(treatmentOf('X/Z/U*', '3')).toBe('uids-inside');
    expect(treatmentOf('X/Z/U*', '1C')).toBe('uids-inside');
  });

  it('never empties or removes what must have a value', () => {
    for (const code of ['X', 'Z', 'X/Z', 'Z/D', 'X/D', 'X/Z/D'] as const)
      for (const type of ['1', '1C'] as const) expect(treatmentOf(code, type)).toBe('dummy');
  });

  it('leaves a date and time of the study, which media must name', () => {
    const profile = new Profile(basicChoices);
    expect(profile.handling(0x00080020, ctImage, undefined)).toBe('dummy');
    expect(profile.handling(0x00080030, ctImage, undefined)).toBe('dummy');
    expect(profile.handling(0x00080090, ctImage, undefined)).toBe('empty');
  });

  it('keeps private attributes only by creator, element and a VR without text', () => {
    const safe = (tag: number, vr: Vr, creator: string, value = '0.5 ') =>
      isSafePrivate(tag, vr, creator, Buffer.from(value));
    expect(safe(0x70531000, 'DS', 'Philips PET Private Group')).toBe(true);
    expect(safe(0x70531000, 'UN', 'Philips PET Private Group')).toBe(true);
    expect(safe(0x70531000, 'DS', 'Philips PET Private Group', 'Smith ')).toBe(false);
    expect(safe(0x70531000, 'LO', 'Philips PET Private Group')).toBe(false);
    expect(safe(0x70531000, 'DS', 'Somebody else')).toBe(false);
    expect(safe(0x70531001, 'DS', 'Philips PET Private Group')).toBe(false);
    expect(safe(0x00431027, 'SH', 'GEMS_PARM_01', '1.375:1 ')).toBe(true);
    expect(safe(0x00431027, 'SH', 'GEMS_PARM_01', 'Smith ')).toBe(false);
  });
});
