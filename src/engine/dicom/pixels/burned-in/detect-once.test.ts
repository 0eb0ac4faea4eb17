import { describe, expect, test } from 'vitest';
import { painted, write } from '../../../../../test/unit/drawn-text.ts';
import type { DicomFile } from '../../read/part10.ts';
import type { Edit } from '../../write/edits.ts';
import { newDicomFile } from '../../write/new-file.ts';
import type { Region } from '../blank.ts';
import { framesOf } from '../file-frames.ts';
import { detectOnce } from './detect-once.ts';
import type { ImageInstance } from './detect-once.ts';
import { deviceGeometryOf, geometryKey } from './device-geometry.ts';
import { emptyReview, regionsToMask } from './region-review.ts';
import { coverage } from './text-region.ts';

const [columns, rows] = [200, 120];

/** A grey file with a word at a place. */
function fileWith(x: number, y: number): { file: DicomFile; place: Region } {
  const picture = painted(columns, rows, () => [0, 0, 0]);
  const place = write(picture, 'SMITH', x, y, 1, [255, 255, 255]);
  const number = (tag: number, value: number): Edit => ({ kind: 'set', tag, vr: 'US', value: [value] });
  const edits: Edit[] = [
    { kind: 'set', tag: 0x00080060, vr: 'CS', value: 'US' },
    { kind: 'set', tag: 0x00080070, vr: 'LO', value: 'Acme' },
    number(0x00280002, 1),
    { kind: 'set', tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    number(0x00280010, rows),
    number(0x00280011, columns),
    number(0x00280100, 8),
    number(0x00280101, 8),
    number(0x00280102, 7),
    number(0x00280103, 0),
    {
      kind: 'set',
      tag: 0x7fe00010,
      vr: 'OB',
      value: new Uint8Array(picture.rgba.filter((_, i) => i % 4 === 0)),
    },
  ];
  return { file: newDicomFile(edits), place };
}

function geometryOf(file: DicomFile) {
  const image = framesOf(file)?.image;
  if (!image) throw new Error('no image');
  return deviceGeometryOf(file.dataSet, image);
}

function instancesOf(files: readonly DicomFile[]): { instances: ImageInstance[]; opened: Set<string> } {
  const opened = new Set<string>();
  const instances = files.map((file, i) => ({
    name: `i${String(i)}`,
    open: () => {
      opened.add(`i${String(i)}`);
      return Promise.resolve(file);
    },
  }));
  return { instances, opened };
}

describe('text looked for once for each geometry', () => {
  test('of many images with text in one place a few are looked at, the first and the last among them', async () => {
    const { file, place } = fileWith(20, 20);
    const geometry = geometryOf(file);
    const { instances, opened } = instancesOf(Array.from({ length: 100 }, () => file));
    const review = await detectOnce(emptyReview, geometry, instances);
    expect([...opened]).toEqual(['i0', 'i25', 'i50', 'i74', 'i99']);
    for (const instance of ['i0', 'i7']) {
      expect(coverage(place, regionsToMask(review, { geometry, instance })?.regions ?? [])).toBe(1);
    }
  });

  test('of images with text elsewhere in one of them all are looked at, each for itself', async () => {
    const [often, once] = [fileWith(20, 20), fileWith(100, 90)];
    const geometry = geometryOf(often.file);
    const files = Array.from({ length: 9 }, (_, i) => (i === 4 ? once.file : often.file));
    const { instances, opened } = instancesOf(files);
    const looked: number[] = [];
    const review = await detectOnce(emptyReview, geometry, instances, { onLooked: (n) => looked.push(n) });
    expect(opened.size).toBe(9);
    expect(looked).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const regionsOf = (instance: string) => regionsToMask(review, { geometry, instance })?.regions ?? [];
    expect(coverage(once.place, regionsOf('i4'))).toBe(1);
    expect(coverage(once.place, regionsOf('i3'))).toBe(0);
    expect(coverage(often.place, regionsOf('i3'))).toBe(1);
  });

  test('is looked for at both ends of each study, whose people have longer names', async () => {
    const { file } = fileWith(20, 20);
    const { instances, opened } = instancesOf(Array.from({ length: 40 }, () => file));
    const ofStudies = instances.map((instance, i) => ({
      ...instance,
      study: `s${String(Math.floor(i / 10))}`,
    }));
    await detectOnce(emptyReview, geometryOf(file), ofStudies);
    expect([...opened].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))).toEqual(
      [0, 9, 10, 19, 20, 29, 30, 39].map((i) => `i${String(i)}`),
    );
  });

  test('is given up when asked to', async () => {
    const { file } = fileWith(20, 20);
    const { instances } = instancesOf([file, file]);
    const signal = AbortSignal.abort();
    await expect(detectOnce(emptyReview, geometryOf(file), instances, { signal })).rejects.toThrow('abort');
  });

  test('a geometry is that of the device, the size and the colours, in whatever case', () => {
    const { file } = fileWith(20, 20);
    const geometry = geometryOf(file);
    expect(geometry.manufacturer).toBe('ACME');
    expect(geometryKey(geometry)).toBe(geometryKey({ ...geometry }));
    expect(geometryKey(geometry)).not.toBe(geometryKey({ ...geometry, rows: 1 }));
    expect(geometryKey(geometry)).not.toBe(geometryKey({ ...geometry, photometricInterpretation: 'RGB' }));
  });
});
