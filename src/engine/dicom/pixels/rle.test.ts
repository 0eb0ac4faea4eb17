import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { decodeRle, encodeRle } from './rle.ts';

const layouts = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  columns: fc.integer({ min: 1, max: 300 }),
  samplesPerPixel: fc.constantFrom(1, 3),
  bytesPerSample: fc.constantFrom(1, 2, 4),
});

const cases = layouts.chain((layout) => {
  const length = layout.rows * layout.columns * layout.samplesPerPixel * layout.bytesPerSample;
  const byte = fc.oneof(fc.constantFrom(0, 255), fc.integer({ min: 0, max: 255 }));
  return fc.record({
    layout: fc.constant(layout),
    bytes: fc.array(byte, { minLength: length, maxLength: length }).map((all) => Uint8Array.from(all)),
  });
});

describe('RLE', () => {
  test('what was encoded is decoded to the same bytes, in an even number of them', () => {
    fc.assert(
      fc.property(cases, ({ layout, bytes }) => {
        const shape = { ...layout, pixels: layout.rows * layout.columns };
        const frame = encodeRle(bytes, layout.columns, shape);
        expect(frame.length % 2).toBe(0);
        expect(decodeRle(frame, shape)).toEqual(bytes);
      }),
      { numRuns: 60 },
    );
  });

  test('a run, a literal and a byte that says nothing, by hand', () => {
    const frame = new Uint8Array(64 + 8);
    frame[0] = 1;
    frame[4] = 64;
    frame.set([254, 7, 128, 2, 1, 2, 3, 0], 64);
    const shape = { pixels: 6, samplesPerPixel: 1, bytesPerSample: 1 };
    expect([...decodeRle(frame, shape)]).toEqual([7, 7, 7, 1, 2, 3]);
  });

  test('whatever bytes come, they are decoded or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, plausible) => {
        if (plausible && bytes.length >= 64) bytes.set([1, 0, 0, 0, 64, 0, 0, 0]);
        try {
          const shape = { pixels: 50, samplesPerPixel: 1, bytesPerSample: 1 };
          expect(decodeRle(bytes, shape)).toHaveLength(50);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });

  test('an even image costs two bytes for 128 pixels', () => {
    const shape = { pixels: 128 * 10, samplesPerPixel: 1, bytesPerSample: 1 };
    expect(encodeRle(new Uint8Array(1280).fill(3), 128, shape)).toHaveLength(64 + 20);
  });
});
