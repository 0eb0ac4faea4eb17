import { beforeAll, describe, expect, test } from 'vitest';
import { readDicomFile } from '../../read/part10.ts';
import type { DicomFile } from '../../read/part10.ts';
import type { Edit } from '../../write/edits.ts';
import { newDicomFile } from '../../write/new-file.ts';
import { writeDicom } from '../../write/part10.ts';
import { framesOf } from '../file-frames.ts';
import type { Picture } from '../render.ts';
import { defaced, findFace, tissueThreshold } from './deface.ts';
import type { Face } from './deface.ts';
import { averageHead, distanceAt } from './average-head.ts';
import type { AverageHead } from './average-head.ts';
import { isFace } from './face-plane.ts';
import { faceLikelihood } from './head.ts';
import { affineOf, moved } from './rigid-stretch.ts';
import { facePreview } from './preview.ts';
import { pointAt, sliceGeometryOf } from './slice-geometry.ts';
import type { Point } from './slice-geometry.ts';

/** In mm, of pixels and slices. */
const step = 4;
const [columns, rows, slices] = [56, 72, 64];

const text = (tag: number, value: string, vr: 'CS' | 'DS' | 'LO'): Edit => ({ kind: 'set', tag, vr, value });
const number = (tag: number, value: number): Edit => ({ kind: 'set', tag, vr: 'US', value: [value] });

/** Of a patient whose chin is lifted by 11 degrees, who looks a little to the left and has a head of another size. */
const toAverage = affineOf([0.2, 0.05, -0.06, 0, 0, 0, -0.06, 0.05, 0.03], [0, 0, -120], [13, -10, 10]);

/** Hounsfield units of the average head, moved: full of tissue, without ears or noise. */
function headAt(head: AverageHead, point: Point): number {
  const there = moved(toAverage, point);
  return distanceAt(head, [there[0], there[1], Math.max(there[2], head.origin[2])]) < 0 ? 40 : -1000;
}

function sliceOf(z: number, valueAt: (point: Point) => number, over: readonly Edit[] = []): DicomFile {
  const pixels = new Uint16Array(rows * columns);
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [((i % columns) - columns / 2) * step, (Math.floor(i / columns) - rows / 2) * step];
    pixels[i] = valueAt([x, y, z]) + 1024;
  }
  const edits: Edit[] = [
    text(0x00080060, 'CT', 'CS'),
    text(0x00200032, [(-columns / 2) * step, (-rows / 2) * step, z].join('\\'), 'DS'),
    text(0x00200037, '1\\0\\0\\0\\1\\0', 'DS'),
    text(0x00280030, `${String(step)}\\${String(step)}`, 'DS'),
    number(0x00280002, 1),
    text(0x00280004, 'MONOCHROME2', 'CS'),
    number(0x00280010, rows),
    number(0x00280011, columns),
    number(0x00280100, 16),
    number(0x00280101, 16),
    number(0x00280102, 15),
    number(0x00280103, 0),
    text(0x00281052, '-1024', 'DS'),
    text(0x00281053, '1', 'DS'),
    { kind: 'set', tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(pixels.buffer) },
  ];
  return newDicomFile([...edits.filter(({ tag }) => !over.some((other) => other.tag === tag)), ...over]);
}

/** In mm, how exactly the planes are found. */
const near = 5;

const levels = Array.from({ length: slices }, (_, i) => 8 - i * step);

describe('faces', { timeout: 60_000 }, () => {
  let head: AverageHead;
  let files: DicomFile[];
  let finding: Face;
  beforeAll(async () => {
    head = await averageHead('resources');
    files = levels.map((z) => sliceOf(z, (point) => headAt(head, point)));
    const found = await findFace(files, head);
    if (found.kind !== 'face') throw new Error('no face found');
    finding = found;
  }, 60_000);

  const framesAfter = async (file: DicomFile) => {
    const change = await defaced(file, finding);
    if (!change) throw new Error('no pixels');
    const after = readDicomFile(writeDicom(file, change.edits));
    return { after, frames: [await framesOf(file)?.frame(0), await framesOf(after)?.frame(0)] as const };
  };

  test('the face goes, all behind it stays', async () => {
    expect(finding.air).toBe(24);
    let [gone, kept] = [0, 0];
    for (const file of files) {
      const { frames } = await framesAfter(file);
      const geometry = sliceGeometryOf(file.dataSet);
      if (!geometry) throw new Error('no geometry');
      for (let row = 0, at = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++, at++) {
          const [was, is] = frames.map((frame) => frame?.samples[at]);
          const [x, y, z] = moved(toAverage, pointAt(geometry, row, column));
          if (isFace([x, y + near, z + near])) {
            if (was !== 24) gone++;
            expect(is).toBe(24);
          } else if (!isFace([x, y - near, z - near]) && z > -140) {
            if (was !== 24) kept++;
            expect(is).toBe(was);
          }
        }
      }
    }
    expect(gone).toBeGreaterThan(1000);
    expect(kept).toBeGreaterThan(20_000);
  });

  test('the order of files does not matter', async () => {
    expect(await findFace([...files].reverse(), head)).toEqual(finding);
  });

  test('a head without its top shows a face, without its face none', async () => {
    expect((await findFace(files.slice(18), head)).kind).toBe('face');
    expect((await findFace(files.slice(0, 28), head)).kind).toBe('none');
    const without = await Promise.all(files.map(async (file) => (await framesAfter(file)).after));
    expect((await findFace(without, head)).kind).toBe('none');
  });

  test('a thing of another shape or size and files without places are left to a person', async () => {
    const limb = levels.map((z) => sliceOf(z, ([x, y]) => (Math.hypot(x, y) < 50 ? 40 : -1000)));
    expect(await findFace(limb, head)).toEqual({ kind: 'unclear' });
    const placeless = levels.map((z) => sliceOf(z, () => 40, [text(0x00200032, '', 'DS')]));
    expect(await findFace(placeless, head)).toEqual({ kind: 'unclear' });
    expect(await findFace([], head)).toEqual({ kind: 'unclear' });
  });

  test('a preview shows the head upright, and what is behind the face once that is gone', async () => {
    const preview = await facePreview(files, finding);
    if (!preview) throw new Error('no preview');
    const shown = ({ rgba }: Picture) => rgba.filter((value, i) => i % 4 === 0 && value > 0).length;
    const { before, after } = preview;
    // From the front the silhouette stays; from the side the face is missing from it.
    expect(shown(after.front)).toBeGreaterThan(0.9 * shown(before.front));
    expect(shown(after.side)).toBeLessThan(0.95 * shown(before.side));
    expect(shown(after.side)).toBeGreaterThan(0.6 * shown(before.side));
    expect(after.front.rgba).not.toEqual(before.front.rgba);
    const top = files.slice(0, 28);
    const same = await facePreview(top, await findFace(top, head));
    expect(same?.after).toEqual(same?.before);
    expect(await facePreview(files, { kind: 'unclear' })).toBeUndefined();
  });

  test('between noise and tissue of an MR lies a threshold', () => {
    const samples = Uint16Array.from({ length: 3000 }, (_, i) => (i < 2000 ? i % 20 : 300 + (i % 500)));
    const threshold = tissueThreshold([{ samples }]);
    expect(threshold).toBeGreaterThan(18);
    expect(threshold).toBeLessThan(310);
  });

  test('which series may show a face', () => {
    const of = (modality: string, part: string, series = '') =>
      faceLikelihood(
        newDicomFile([
          text(0x00080060, modality, 'CS'),
          text(0x0008103e, series, 'LO'),
          text(0x00180015, part, 'CS'),
        ]).dataSet,
      );
    expect(of('CT', 'HEAD')).toBe('head');
    expect(of('MR', '', 't1 mprage brain')).toBe('head');
    expect(of('MR', '')).toBe('possible');
    expect(of('CT', 'CHEST')).toBe('none');
    expect(of('CT', 'CHEST', 'Thorax and neck')).toBe('head');
    expect(of('CR', 'SKULL')).toBe('none');
  });
});
