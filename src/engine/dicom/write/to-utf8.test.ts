import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type DataSet } from '../read/data-set.ts';
import { readDicomFile } from '../read/part10.ts';
import { writeDicom } from './part10.ts';
import { editsToUtf8, withEdits } from './to-utf8.ts';

const folder = 'test/fixtures/dicom';
const files = readdirSync(folder).filter((file) => /^(chr|MR_small|reportsi|rtplan\.)/.test(file));
const read = (file: string) => readDicomFile(readFileSync(`${folder}/${file}`));

/** All text but the names of character sets, and lengths of groups. */
function textOf(dataSet: DataSet): unknown[] {
  return dataSet.elements
    .filter(({ tag }) => tag !== 0x00080005 && tag % 0x10000 !== 0)
    .map((element) =>
      element.items ? element.items.map((item) => textOf(item.dataSet)) : dataSet.stringsOf(element),
    );
}

it.each(files)('says the same of %s in UTF-8', (name) => {
  const file = read(name);
  const out = readDicomFile(writeDicom(file, editsToUtf8(file.dataSet)));
  expect(textOf(out.dataSet)).toEqual(textOf(file.dataSet));
  expect(editsToUtf8(out.dataSet)).toEqual([]);
});

it('lets names of any script be written', () => {
  const file = read('chrH31.dcm');
  const edits = withEdits(editsToUtf8(file.dataSet), [{ kind: 'set', tag: 0x00100010, value: 'Люкceмбypг' }]);
  const { dataSet } = readDicomFile(writeDicom(file, edits));
  expect(dataSet.text(0x00100010)).toBe('Люкceмбypг');
});

it('puts edits of the same items together', () => {
  const set = (tag: number, value: string) => ({ kind: 'set', tag, value }) as const;
  expect(
    withEdits(
      [{ kind: 'items', tag: 8, items: [[set(1, 'a'), set(2, 'b')]] }, set(3, 'c')],
      [
        { kind: 'items', tag: 8, items: [[set(2, 'd')], [set(4, 'e')]] },
        { kind: 'remove', tag: 3 },
      ],
    ),
  ).toEqual([
    { kind: 'items', tag: 8, items: [[set(1, 'a'), set(2, 'd')], [set(4, 'e')]] },
    { kind: 'remove', tag: 3 },
  ]);
});
