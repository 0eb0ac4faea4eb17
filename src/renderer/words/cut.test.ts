import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutMiddle, cutParts, fileName, folderOf, oneLine } from './cut.ts';

describe('cutMiddle', () => {
  it('keeps both ends', () => {
    expect(cutMiddle('patient_admission_timestamp_utc', 13)).toBe('patien…mp_utc');
    expect(cutMiddle('age', 13)).toBe('age');
    expect(cutMiddle('abcdef', 1)).toBe('…');
    expect(cutMiddle('abcdef', 2)).toBe('a…');
  });

  it('never exceeds its room and never tears a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (name, most) => {
        const cut = cutMiddle(name, most);
        expect(Array.from(cut).length).toBeLessThanOrEqual(Math.max(most, 1));
        expect(/\p{Cs}/u.test(cut)).toBe(false);
      }),
    );
  });
});

describe('cutParts', () => {
  it('puts together what it takes apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const { head, tail } = cutParts(name);
        expect(head + tail).toBe(name);
      }),
    );
  });
});

describe('paths', () => {
  it('reads both kinds', () => {
    expect(fileName('/home/a/clients.csv')).toBe('clients.csv');
    expect(fileName('C:\\data\\clients.csv')).toBe('clients.csv');
    expect(folderOf('/home/a/clients.csv')).toBe('/home/a');
    expect(folderOf('clients.csv')).toBe('');
  });
});

it('shows a name with breaks in one line', () => {
  expect(oneLine('a\nb\r\nc\td')).toBe('a↵b↵c⇥d');
  expect(oneLine(' two  blanks ')).toBe(' two  blanks ');
});
