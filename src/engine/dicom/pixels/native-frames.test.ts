import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { frameBytes } from './frame-bytes.ts';
import type { ImagePixels } from './image-pixels.ts';
import { nativeFrame } from './native-frames.ts';

const image: ImagePixels = {
  rows: 1,
  columns: 2,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  signed: true,
  photometricInterpretation: 'MONOCHROME2',
  planar: false,
  frames: 1,
};

function samplesOf(bytes: number[], over: Partial<ImagePixels>, bigEndian = false, index = 0): number[] {
  const data = { bytes: Uint8Array.from(bytes), bigEndian, vr: 'OW' as const };
  return [...nativeFrame(data, { ...image, ...over }, index).samples];
}

describe('uncompressed frames', () => {
  test('signs are extended and bits above the value left out', () => {
    expect(samplesOf([0xff, 0xff, 0x01, 0xf0], {})).toEqual([-1, 1]);
    expect(samplesOf([0xff, 0xff, 0x01, 0xf0], { signed: false })).toEqual([4095, 1]);
  });

  test('a high bit above the lowest place', () => {
    expect(samplesOf([0xf0, 0xff, 0x1f, 0x00], { highBit: 15, signed: false })).toEqual([4095, 1]);
  });

  test('big-endian words of 16 and 32 bits, and pairs of bytes', () => {
    expect(samplesOf([0x01, 0x02, 0x00, 0x03], { signed: false }, true)).toEqual([0x102, 3]);
    const wide = { bitsAllocated: 32, bitsStored: 32, highBit: 31, signed: false };
    expect(samplesOf([0xff, 0, 0, 1, 0, 0, 0, 2], wide, true)).toEqual([0xff000001, 2]);
    const narrow = { bitsAllocated: 8, bitsStored: 8, highBit: 7, signed: false };
    expect(samplesOf([9, 4], narrow, true)).toEqual([4, 9]);
  });

  test('frames of one bit a pixel follow one another within a byte', () => {
    const bits = { bitsAllocated: 1, bitsStored: 1, highBit: 0, signed: false, columns: 3, frames: 2 };
    expect(samplesOf([0b101011], bits, false, 0)).toEqual([1, 1, 0]);
    expect(samplesOf([0b101011], bits, false, 1)).toEqual([1, 0, 1]);
  });

  test('colours by plane, and shared by two pixels', () => {
    const colour = { samplesPerPixel: 3, bitsAllocated: 8, bitsStored: 8, highBit: 7, signed: false };
    const rgb = { ...colour, photometricInterpretation: 'RGB', planar: true };
    expect(samplesOf([1, 2, 3, 4, 5, 6], rgb)).toEqual([1, 3, 5, 2, 4, 6]);
    const shared = { ...colour, photometricInterpretation: 'YBR_FULL_422' };
    expect(samplesOf([1, 2, 3, 4], shared)).toEqual([1, 3, 4, 2, 3, 4]);
  });

  test('what is cut short, contradictory or of an unknown layout is refused', () => {
    const data = { bytes: new Uint8Array(3), bigEndian: false, vr: 'OW' as const };
    for (const over of [{}, { bitsStored: 17 }, { rows: 0 }, { bitsAllocated: 12 }, { highBit: 3 }]) {
      expect(() => nativeFrame(data, { ...image, ...over }, 0)).toThrow(AppError);
    }
  });

  test('bytes of a frame read back are the bytes it was read from', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(8, 16, 32),
        fc.boolean(),
        fc.uint8Array({ minLength: 24, maxLength: 24 }),
        (bits, signed, bytes) => {
          const columns = 24 / (bits / 8);
          const layout = {
            ...image,
            bitsAllocated: bits,
            bitsStored: bits,
            highBit: bits - 1,
            signed,
            columns,
          };
          const frame = nativeFrame({ bytes, bigEndian: false, vr: 'OW' }, layout, 0);
          expect(frameBytes(frame, layout)).toEqual(bytes);
        },
      ),
    );
  });
});
