import { beforeAll, describe, expect, test } from 'vitest';
import { DataSet } from '../../read/data-set.ts';
import { readDicomFile } from '../../read/part10.ts';
import type { DicomFile } from '../../read/part10.ts';
import { explicitLittleEndian } from '../../transfer-syntax.ts';
import type { Edit } from '../../write/edits.ts';
import { writeDicom } from '../../write/part10.ts';
import { framesOf } from '../file-frames.ts';
import { defaced, findFace, tissueThreshold } from './deface.ts';
import type { FaceFinding } from './deface.ts';
import { faceLikelihood } from './head.ts';

/** In mm, of pixels and slices. */
const step = 4;
const [columns, rows, slices] = [56, 68, 70];

function fileOf(edits: readonly Edit[]): DicomFile {
  const source = new Uint8Array(132);
  source.set(new TextEncoder().encode('DICM'), 128);
  const empty = {
    source,
    bytes: source,
    preamble: source.subarray(0, 128),
    meta: undefined,
    dataSet: new DataSet(source, explicitLittleEndian, [], undefined),
    transferSyntax: explicitLittleEndian,
    stoppedAt: undefined,
  };
  return readDicomFile(writeDicom(empty, edits, { meta: 'fresh' }));
}

const text = (tag: number, value: string, vr: 'CS' | 'DS' | 'LO'): Edit => ({ kind: 'set', tag, vr, value });
const number = (tag: number, value: number): Edit => ({ kind: 'set', tag, vr: 'US', value: [value] });

/** Hounsfield units of a made-up head whose top is at z = 0: skin and skull, the brain in it, a nose, a neck. */
function headAt(x: number, y: number, z: number): number {
  const inside = (a: number, b: number, c: number, cy: number, cz: number) =>
    (x / a) ** 2 + ((y - cy) / b) ** 2 + ((z - cz) / c) ** 2 <= 1;
  if (inside(62, 82, 60, 0, -75)) return 35;
  const isNose = Math.abs(x) < 16 && y < -80 && y > -118 && z < -105 && z > -150;
  const isNeck = Math.hypot(x, y - 10) < 55 && z < -180;
  return inside(76, 97, 112, 0, -112) || isNose || isNeck ? 40 : -1000;
}

function sliceOf(z: number, over: readonly Edit[] = []): DicomFile {
  const pixels = new Uint16Array(rows * columns);
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [((i % columns) - columns / 2) * step, (Math.floor(i / columns) - rows / 2) * step];
    pixels[i] = headAt(x, y, z) + 1024;
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
  return fileOf([...edits.filter(({ tag }) => !over.some((other) => other.tag === tag)), ...over]);
}

const levels = Array.from({ length: slices }, (_, i) => 8 - i * step);

describe('faces', () => {
  let finding: FaceFinding | undefined;
  const files = levels.map((z) => sliceOf(z));
  beforeAll(async () => {
    finding = await findFace(files);
  });

  test('nose and the front of the face go, the brain and all above the brow stay', async () => {
    if (!finding) throw new Error('no face found');
    expect(finding.air).toBe(24);
    for (const [i, file] of files.entries()) {
      const z = levels[i] ?? 0;
      const change = await defaced(file, finding);
      if (!change) throw new Error('no pixels');
      const after = await framesOf(readDicomFile(writeDicom(file, change.edits)))?.frame(0);
      const before = await framesOf(file)?.frame(0);
      for (let row = 0, at = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++, at++) {
          const [x, y] = [(column - columns / 2) * step, (row - rows / 2) * step];
          const [was, is] = [before?.samples[at], after?.samples[at]];
          const isBrain = headAt(x, y, z) === 35;
          if (isBrain || z > -95 || y > 20) expect(is).toBe(was);
          else if (y < -97 && z < -120) expect(is).toBe(24);
        }
      }
    }
  });

  test('the order of files does not matter', async () => {
    expect(await findFace([...files].reverse())).toEqual(finding);
  });

  test('a head without its top, a thing of another size and files without places are left to a person', async () => {
    expect(await findFace(files.slice(20))).toBeUndefined();
    const small = files.map((_, i) => sliceOf(levels[i] ?? 0, [text(0x00280030, '1\\1', 'DS')]));
    expect(await findFace(small)).toBeUndefined();
    const placeless = files.map((_, i) => sliceOf(levels[i] ?? 0, [text(0x00200032, '', 'DS')]));
    expect(await findFace(placeless)).toBeUndefined();
    expect(await findFace([])).toBeUndefined();
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
        fileOf([
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
