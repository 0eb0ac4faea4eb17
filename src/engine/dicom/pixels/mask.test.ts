import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readDicomFile } from '../read/part10.ts';
import type { Edit } from '../write/edits.ts';
import { writeDicom } from '../write/part10.ts';
import { framesOf } from './file-frames.ts';
import { masked } from './mask.ts';

const folder = new URL('../../../../test/fixtures/dicom/', import.meta.url);
const more = process.env.SEMBLANCE_DICOM;
if (more === undefined) {
  console.warn(
    'SKIPPED: more than the fixtures; set SEMBLANCE_DICOM to a folder with DICOM files to mask them too.',
  );
}
const names = [
  'MR_small_RLE.dcm',
  'MR_small_bigendian.dcm',
  'MR_small_implicit.dcm',
  'SC_rgb_small_odd_jpeg.dcm',
  'image_dfl.dcm',
  ...(more === undefined ? [] : globSync(`${more}/**/*.dcm`)),
];

function open(name: string) {
  return readDicomFile(readFileSync(name.startsWith('/') ? name : new URL(name, folder)));
}

/** Files of which no frame can be read are refused elsewhere. */
async function readable(name: string): Promise<boolean> {
  try {
    await framesOf(open(name))?.frame(0);
    return framesOf(open(name)) !== undefined;
  } catch {
    return false;
  }
}

describe('regions masked in files', () => {
  test.each(names)(
    '%s',
    async (name) => {
      if (more !== undefined && !(await readable(name))) return;
      const file = open(name);
      const before = framesOf(file);
      const [rows, columns] = [before?.image.rows ?? 0, before?.image.columns ?? 0];
      const region = { x: 1, y: 1, width: Math.ceil(columns / 2), height: Math.ceil(rows / 3) };
      const change = await masked(file, [region]);
      if (!before || !change) throw new Error('no pixels');
      const again = readDicomFile(writeDicom(file, change.edits, { transferSyntax: change.transferSyntax }));
      const after = framesOf(again);
      expect(after?.image.frames).toBe(before.image.frames);
      for (let i = 0; i < before.image.frames; i++) {
        const [was, is] = [await before.frame(i), await after?.frame(i)];
        expect(is?.photometricInterpretation).toBe(was.photometricInterpretation);
        const blacks = new Set<string>();
        let changedOutside = 0;
        for (let pixel = 0; pixel < rows * columns; pixel++) {
          const [x, y] = [pixel % columns, Math.floor(pixel / columns)];
          const inside = x >= 1 && x < 1 + region.width && y >= 1 && y < 1 + region.height;
          const at = pixel * was.samplesPerPixel;
          const values = is?.samples.subarray(at, at + was.samplesPerPixel) ?? [];
          if (inside) blacks.add(values.join());
          else if (was.samples.subarray(at, at + was.samplesPerPixel).join() !== values.join())
            changedOutside++;
        }
        expect(changedOutside).toBe(0);
        expect(blacks.size).toBe(1);
      }
    },
    120_000,
  );

  test('what had been compressed with loss says so, by which method and how far', async () => {
    const file = open('SC_rgb_small_odd_jpeg.dcm');
    const change = await masked(file, [{ x: 0, y: 0, width: 1, height: 1 }]);
    if (!change) throw new Error('no pixels');
    expect(change.transferSyntax.name).toBe('RLE Lossless');
    const { dataSet } = readDicomFile(
      writeDicom(file, change.edits, { transferSyntax: change.transferSyntax }),
    );
    expect(dataSet.text(0x00282110)).toBe('01');
    expect(dataSet.text(0x00282114)).toBe('ISO_10918_1');
    expect(dataSet.numbers(0x00282112)[0]).toBeGreaterThan(0);
    expect(dataSet.text(0x00280004)).toBe('RGB');
  });

  test('overlays go, and icons, which show the pixels as they were', async () => {
    const file = open('MR_small_RLE.dcm');
    const added: Edit[] = [
      { kind: 'setItems', tag: 0x00880200, items: [[]] },
      { kind: 'set', tag: 0x60020010, vr: 'US', value: [1] },
      { kind: 'set', tag: 0x60023000, vr: 'OW', value: new Uint8Array(2) },
    ];
    const full = readDicomFile(writeDicom(file, added));
    const change = await masked(full, []);
    if (!change) throw new Error('no pixels');
    const after = readDicomFile(writeDicom(full, change.edits));
    for (const { tag } of added) {
      expect(full.dataSet.get(tag)).toBeDefined();
      expect(after.dataSet.get(tag)).toBeUndefined();
    }
  });

  test('what lost nothing says nothing of loss', async () => {
    const change = await masked(open('MR_small_RLE.dcm'), []);
    expect(change?.edits.some(({ tag }) => tag === 0x00282110)).toBe(false);
  });

  test('a file without pixels stays as it is', async () => {
    expect(await masked(open('rtplan.dcm'), [])).toBeUndefined();
  });
});
