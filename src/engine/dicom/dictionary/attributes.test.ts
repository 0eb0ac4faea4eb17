import { expect, it } from 'vitest';
import { attributeByKeyword, attributeOf, creatorTagOf, tagOfKeyword, vrOf } from './attributes.ts';

it('knows attributes by tag and by keyword', () => {
  expect(attributeOf(0x00100010)).toMatchObject({
    keyword: 'PatientName',
    vr: 'PN',
    vm: '1',
    retired: false,
  });
  expect(attributeByKeyword('PixelData')?.tag).toBe(0x7fe00010);
  expect(tagOfKeyword('StudyDate')).toBe(0x00080020);
  expect(() => tagOfKeyword('NoSuchThing')).toThrow(TypeError);
});

it('knows repeating groups, and attributes whose element repeats', () => {
  expect(attributeOf(0x60023000)?.keyword).toBe('OverlayData');
  expect(attributeOf(0x501e3000)?.keyword).toBe('CurveData');
  expect(attributeOf(0x60010010)).toBeUndefined();
});

it('says the value representation of what does not say it', () => {
  expect([0x00080000, 0x00290010, 0x00291001, 0x00091234, 0x7fe00010, 0x00280106].map(vrOf)).toEqual([
    'UL',
    'LO',
    'UN',
    'UN',
    'OW',
    'US',
  ]);
});

it('finds the creator of a private attribute', () => {
  expect(creatorTagOf(0x00291010)).toBe(0x00290010);
  expect(creatorTagOf(0x00290010)).toBeUndefined();
  expect(creatorTagOf(0x00100010)).toBeUndefined();
});
