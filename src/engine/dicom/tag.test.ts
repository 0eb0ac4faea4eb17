import fc from 'fast-check';
import { expect, it } from 'vitest';
import { elementOf, formatTag, groupOf, isPrivate, isPrivateCreator, parseTag, tagOf } from './tag.ts';

it('writes tags as the standard does and reads them back', () => {
  expect(formatTag(0x7fe00010)).toBe('(7FE0,0010)');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), (tag) => {
      expect(parseTag(formatTag(tag))).toBe(tag);
      expect(tagOf(groupOf(tag), elementOf(tag))).toBe(tag);
    }),
  );
});

it('reads tags with and without brackets, and nothing else', () => {
  expect(['0010,0010', '00100010', '(0010,0010)'].map(parseTag)).toEqual([0x100010, 0x100010, 0x100010]);
  expect(['(0010,0010', '0010', '0010,00zz', ''].map(parseTag)).toEqual([...'____'].map(() => undefined));
});

it('knows private attributes by their odd group', () => {
  expect([0x00100010, 0x00290010, 0x00291010, 0xfffe0010].map(isPrivate)).toEqual([false, true, true, false]);
  expect([0x00290010, 0x00291010, 0x00100010].map(isPrivateCreator)).toEqual([true, false, false]);
});
