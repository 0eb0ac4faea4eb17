/** Frames of uncompressed Pixel Data (7FE0,0010), PS3.5 section 8 and annex D. */
import { AppError } from '../../../shared/errors.ts';
import { checkImagePixels, interleaved, storedValues } from './image-pixels.ts';
import type { Frame, ImagePixels } from './image-pixels.ts';

/** How the words of Pixel Data lie in the file. */
export interface NativeBytes {
  readonly bytes: Uint8Array;
  readonly bigEndian: boolean;
  /** With OW, bytes of 8-bit samples are swapped in pairs as well in a big-endian file. */
  readonly vr: 'OB' | 'OW';
}

/** Two pixels share their colours: Y Y Cb Cr. */
export function isSubsampled({ photometricInterpretation, samplesPerPixel }: ImagePixels): boolean {
  return samplesPerPixel === 3 && photometricInterpretation.endsWith('_422');
}

/** Bits of a frame; frames of one bit a pixel follow one another without a gap. */
export function bitsOfFrame(image: ImagePixels): number {
  const samples = isSubsampled(image)
    ? 4 * Math.ceil(image.columns / 2)
    : image.columns * image.samplesPerPixel;
  return image.rows * samples * image.bitsAllocated;
}

/**
 * @param index Of the frame, from 0.
 * @throws source/malformed where the attributes contradict one another or the bytes end before the frame.
 */
export function nativeFrame(data: NativeBytes, image: ImagePixels, index: number): Frame {
  checkImagePixels(image);
  const bits = bitsOfFrame(image);
  const { rows, columns, samplesPerPixel, bitsAllocated } = image;
  if (index < 0 || index >= image.frames || (index + 1) * bits > data.bytes.length * 8) {
    throw AppError.of('source/malformed', 'pixels_cut_short', {});
  }
  const raw =
    bitsAllocated === 1
      ? bitsAt(data, index * bits, bits)
      : wordsAt(data, (index * bits) / 8, bits / bitsAllocated, bitsAllocated / 8);
  const stored = storedValues(raw, image);
  const subsampled = isSubsampled(image);
  const samples = subsampled
    ? storedValues(filledUp(stored, rows, columns), image)
    : image.planar
      ? interleaved(stored, samplesPerPixel)
      : stored;
  const { photometricInterpretation: stated } = image;
  return {
    rows,
    columns,
    samplesPerPixel,
    samples,
    photometricInterpretation: subsampled ? stated.replace(/_422$/, '') : stated,
  };
}

/** The offset of a byte as it would be in a little-endian file. */
function byteAt({ bytes, bigEndian, vr }: NativeBytes, at: number): number {
  return bytes[bigEndian && vr === 'OW' ? at ^ 1 : at] ?? 0;
}

function bitsAt(data: NativeBytes, from: number, count: number): Uint8Array {
  const out = new Uint8Array(count);
  for (let i = 0, bit = from; i < count; i++, bit++) out[i] = (byteAt(data, bit >> 3) >> (bit & 7)) & 1;
  return out;
}

function wordsAt(data: NativeBytes, from: number, count: number, size: number): Uint8Array | Uint32Array {
  if (size === 1) {
    if (!data.bigEndian) return data.bytes.subarray(from, from + count);
    return Uint8Array.from({ length: count }, (_, i) => byteAt(data, from + i));
  }
  const view = new DataView(data.bytes.buffer, data.bytes.byteOffset + from, count * size);
  const little = !data.bigEndian;
  const out = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    out[i] = size === 2 ? view.getUint16(2 * i, little) : view.getUint32(4 * i, little);
  }
  return out;
}

/** Both pixels of a pair get the colours they share. */
function filledUp(pairs: ArrayLike<number>, rows: number, columns: number): Uint32Array {
  const out = new Uint32Array(rows * columns * 3);
  const pairsOfRow = Math.ceil(columns / 2);
  for (let row = 0, to = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const pair = 4 * (row * pairsOfRow + (column >> 1));
      out[to++] = pairs[pair + (column & 1)] ?? 0;
      out[to++] = pairs[pair + 2] ?? 0;
      out[to++] = pairs[pair + 3] ?? 0;
    }
  }
  return out;
}
