/** Files of secondary captures with words in their pictures, for tests. */
import type { Edit } from '../../src/engine/dicom/write/edits.ts';
import { newDicomFile } from '../../src/engine/dicom/write/new-file.ts';
import { painted, write } from './drawn-text.ts';

export const screenshotSize = { columns: 240, rows: 160 };

/** A colour screen of one maker, of one patient and series; the words stand at its upper left, in pure white. */
export function screenshot(instance: number, words: string): Uint8Array {
  const { columns, rows } = screenshotSize;
  const picture = painted(columns, rows, (x, y) => {
    const shade = Math.round(60 + 40 * Math.sin(x / 37) * Math.cos(y / 29));
    return [shade, shade, shade];
  });
  write(picture, words, 12, 10, 2, [255, 255, 255]);
  const rgb = Uint8Array.from(
    { length: rows * columns * 3 },
    (_, i) => picture.rgba[4 * Math.floor(i / 3) + (i % 3)] ?? 0,
  );
  const text = (tag: number, vr: 'UI' | 'CS' | 'LO', value: string): Edit => ({
    kind: 'set',
    tag,
    vr,
    value,
  });
  const number = (tag: number, value: number): Edit => ({ kind: 'set', tag, vr: 'US', value: [value] });
  return newDicomFile([
    text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7'),
    text(0x00080018, 'UI', `1.2.3.${String(instance)}`),
    text(0x00080060, 'CS', 'OT'),
    text(0x00080070, 'LO', 'Maker'),
    text(0x00100020, 'LO', 'P1'),
    text(0x0020000d, 'UI', '1.2.3.4'),
    text(0x0020000e, 'UI', '1.2.3.4.5'),
    number(0x00280002, 3),
    text(0x00280004, 'CS', 'RGB'),
    number(0x00280006, 0),
    number(0x00280010, rows),
    number(0x00280011, columns),
    number(0x00280100, 8),
    number(0x00280101, 8),
    number(0x00280102, 7),
    number(0x00280103, 0),
    { kind: 'set', tag: 0x7fe00010, vr: 'OW', value: rgb },
  ]).source;
}
