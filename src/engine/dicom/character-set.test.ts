import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { characterSetOf } from './character-set.ts';
import { readDicomFile } from './read/part10.ts';

const nameIn = (file: string) =>
  readDicomFile(readFileSync(`test/fixtures/dicom/${file}`)).dataSet.text(0x00100010);

it.each([
  ['chrFrenMulti.dcm', 'Buc^Jérôme'],
  ['chrH31.dcm', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
  ['chrJapMulti.dcm', 'やまだ^たろう'],
  ['chrKoreanMulti.dcm', '김희중'],
  ['chrRuss.dcm', 'Люкceмбypг'],
  ['chrX1.dcm', 'Wang^XiaoDong=王^小東='],
  ['chrX2.dcm', 'Wang^XiaoDong=王^小东='],
])('reads the name in %s', (file, name) => {
  expect(nameIn(file)).toBe(name);
});

it('reads the text of an item in the character set around it', () => {
  const { dataSet } = readDicomFile(readFileSync('test/fixtures/dicom/chrSQEncoding.dcm'));
  const [item] = dataSet.items(0x00321064);
  expect(dataSet.characterSet.terms).toBe('ISO_IR 192');
  expect(item?.characterSet.terms).toBe('ISO 2022 IR 13\\ISO 2022 IR 87');
});

it.each([
  'ISO_IR 100',
  'ISO_IR 101',
  'ISO_IR 144',
  'ISO_IR 203',
  'ISO_IR 126',
  'ISO_IR 192',
  'GB18030',
  'ISO 2022 IR 100',
])('writes what it reads in %s', (term) => {
  const set = characterSetOf([term]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (text) => {
      const bytes = set.encode(text);
      if (bytes) expect(set.decode(bytes, 'LT')).toBe(text);
      else expect(/^[\0-\x7f]*$/.test(text)).toBe(false);
    }),
  );
});

it('writes no character that a set lacks', () => {
  expect(characterSetOf(['ISO_IR 100']).encode('Łódź')).toBeUndefined();
  expect(characterSetOf(['ISO_IR 101']).encode('Łódź')).toEqual(Uint8Array.of(0xa3, 0xf3, 0x64, 0xbc));
  expect(characterSetOf([]).encode('é')).toBeUndefined();
});

it('understands misspelled terms, and reads unknown ones as Latin-1', () => {
  expect(characterSetOf(['ISO IR 144']).terms).toBe('ISO_IR 144');
  expect(characterSetOf(['iso-ir-192']).terms).toBe('ISO_IR 192');
  expect(characterSetOf(['KLINGON']).decode(Uint8Array.of(0x4a, 0xe9), 'PN')).toBe('Jé');
});
