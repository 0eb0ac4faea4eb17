/** Image modules: pixels with what is asked of them, and what describes them. */
import { encodeRle } from '../../src/engine/dicom/pixels/rle.ts';
import { PIXEL_DATA } from '../../src/engine/dicom/tag.ts';
import type { Check } from './checks.ts';
import type { Picture } from './pictures.ts';
import type { Recipe } from './recipe.ts';
import { syntaxes } from './written-file.ts';

export interface ImageLayout {
  readonly bits: 8 | 16;
  readonly stored: number;
  /** Grey values three times over. */
  readonly isRgb?: boolean;
  readonly syntax: string;
}

export function addImage(
  recipe: Recipe,
  frames: readonly Picture[],
  { bits, stored, isRgb = false, syntax }: ImageLayout,
  checks: readonly Check[],
): void {
  const [first] = frames;
  if (!first) throw new RangeError('No frame.');
  const { rows, columns } = first;
  recipe.keep('SamplesPerPixel', [isRgb ? 3 : 1]);
  recipe.keep('PhotometricInterpretation', isRgb ? 'RGB' : 'MONOCHROME2');
  if (isRgb) recipe.put('PlanarConfiguration', [0]);
  recipe.keep('Rows', [rows]);
  recipe.keep('Columns', [columns]);
  recipe.keep('BitsAllocated', [bits]);
  recipe.keep('BitsStored', [stored]);
  recipe.put('HighBit', [stored - 1]);
  recipe.keep('PixelRepresentation', [0]);
  if (frames.length > 1) recipe.keep('NumberOfFrames', String(frames.length));
  const samples = isRgb ? 3 : 1;
  const bytes = frames.map(({ values }) => bytesOf(values, bits, samples, syntax === syntaxes.bigEndian));
  const layout = { pixels: rows * columns, samplesPerPixel: samples, bytesPerSample: bits / 8 };
  const isRle = syntax === syntaxes.rle;
  recipe.edits.push({
    kind: 'setFrames',
    tag: PIXEL_DATA,
    vr: bits === 8 && syntax !== syntaxes.implicit ? 'OB' : 'OW',
    frames: isRle ? bytes.map((frame) => encodeRle(frame, columns, layout)) : bytes,
    encapsulated: isRle,
  });
  recipe.checks.push({ kind: 'tag_retained', place: recipe.place(PIXEL_DATA) }, ...checks);
}

function bytesOf(values: Uint16Array, bits: 8 | 16, samples: number, bigEndian: boolean): Uint8Array {
  if (bits === 8)
    return Uint8Array.from(
      { length: values.length * samples },
      (_, i) => values[Math.floor(i / samples)] ?? 0,
    );
  const bytes = Buffer.alloc(2 * values.length);
  for (const [i, value] of values.entries()) {
    if (bigEndian) bytes.writeUInt16BE(value, 2 * i);
    else bytes.writeUInt16LE(value, 2 * i);
  }
  return bytes;
}
