import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blackOf, blanked, darkestEntry } from './blank.ts';
import type { Frame } from './image-pixels.ts';

function grey(samples: Frame['samples'], photometricInterpretation: string): Frame {
  return { rows: 1, columns: samples.length, samplesPerPixel: 1, samples, photometricInterpretation };
}

describe('regions made black', () => {
  test('inside a region every sample is black, outside none has changed', () => {
    const side = fc.double({ min: -4, max: 14, noNaN: true });
    const region = fc.record({ x: side, y: side, width: side, height: side });
    fc.assert(
      fc.property(fc.array(region, { maxLength: 3 }), fc.constantFrom(1, 3), (regions, samplesPerPixel) => {
        const samples = new Uint8Array(10 * 8 * samplesPerPixel).fill(77);
        const photometricInterpretation = samplesPerPixel === 1 ? 'PALETTE COLOR' : 'RGB';
        const frame = { rows: 8, columns: 10, samplesPerPixel, samples, photometricInterpretation };
        const out = blanked(frame, regions).samples;
        for (let i = 0; i < out.length; i++) {
          const pixel = Math.floor(i / samplesPerPixel);
          const [x, y] = [pixel % 10, Math.floor(pixel / 10)];
          const touched = regions.some((r) => {
            const right = Math.ceil(r.x + r.width);
            const bottom = Math.ceil(r.y + r.height);
            return x >= Math.floor(r.x) && x < right && y >= Math.floor(r.y) && y < bottom;
          });
          expect(out[i]).toBe(touched ? 0 : 77);
        }
        expect(samples.every((value) => value === 77)).toBe(true);
      }),
    );
  });

  test('black is what is shown as black', () => {
    expect(blackOf(grey(Int16Array.from([-1000, 5]), 'MONOCHROME2'))).toEqual([-1000]);
    expect(blackOf(grey(Uint16Array.from([3, 4095]), 'MONOCHROME1'))).toEqual([4095]);
    const colour = { ...grey(new Uint8Array(3), 'YBR_FULL'), columns: 1, samplesPerPixel: 3 };
    expect(blackOf(colour)).toEqual([0, 128, 128]);
    expect(blackOf({ ...colour, photometricInterpretation: 'YBR_PARTIAL_420' })).toEqual([16, 128, 128]);
  });

  test('the darkest entry of a palette, counted from its first stored value', () => {
    const table = (...entries: number[]) => ({
      firstMapped: 10,
      bits: 16,
      entries: Uint16Array.from(entries),
    });
    const palette = { red: table(9, 0, 5), green: table(9, 1, 5), blue: table(9, 0, 0) };
    expect(darkestEntry(palette)).toBe(11);
  });
});
