import { describe, expect, test } from 'vitest';
import { DataSet } from '../read/data-set.ts';
import { explicitLittleEndian } from '../transfer-syntax.ts';
import { shade, wholeWindow, windowed } from './grey-display.ts';
import type { GreyDisplay } from './grey-display.ts';
import type { Frame } from './image-pixels.ts';
import { rendered } from './render.ts';

const nothing = new DataSet(new Uint8Array(), explicitLittleEndian, [], undefined);
const display: GreyDisplay = {
  slope: 2,
  intercept: -10,
  modalityTable: undefined,
  interestTable: undefined,
  windows: [],
  inverted: false,
  padding: undefined,
};

function frameOf(samples: Frame['samples'], photometricInterpretation: string, samplesPerPixel = 1): Frame {
  const columns = samples.length / samplesPerPixel;
  return { rows: 1, columns, samplesPerPixel, samples, photometricInterpretation };
}

describe('shades of grey', () => {
  // The pseudo-code and examples of PS3.3 C.11.2.1.2.1: centre 2048, width 4096 is the identity on 12 bits.
  test('a linear window', () => {
    const window = { center: 2048, width: 4096, function: 'LINEAR' } as const;
    for (const value of [0, 1, 1000, 4094, 4095])
      expect(windowed(window, value) * 4095).toBeCloseTo(value, 8);
    expect(windowed({ ...window, center: 2048, width: 1 }, 2047)).toBe(0);
    expect(windowed({ ...window, center: 2048, width: 1 }, 2048)).toBe(1);
  });

  test('exact and sigmoid windows', () => {
    expect(windowed({ center: 10, width: 4, function: 'LINEAR_EXACT' }, 11)).toBeCloseTo(0.75);
    expect(windowed({ center: 10, width: 4, function: 'SIGMOID' }, 10)).toBe(0.5);
  });

  test('stored values are rescaled before the window, and inverted after', () => {
    const window = { center: 0, width: 20, function: 'LINEAR_EXACT' } as const;
    expect(shade(display, window, 10)).toBeCloseTo(1);
    expect(shade({ ...display, inverted: true }, window, 10)).toBeCloseTo(0);
  });

  test('without a window the whole range is shown, padding left out', () => {
    const samples = Int16Array.from([-2000, 0, 50, 100]);
    const picture = rendered(frameOf(samples.subarray(1), 'MONOCHROME2'), nothing);
    expect([picture.rgba[0], picture.rgba[4], picture.rgba[8]]).toEqual([0, 128, 255]);
    const window = wholeWindow({ ...display, padding: -2000 }, frameOf(samples, 'MONOCHROME2'));
    expect(window).toMatchObject({ center: 90, width: 200 });
    expect(rendered(frameOf(new Uint32Array(3), 'MONOCHROME2'), nothing).rgba).toHaveLength(12);
  });

  test('low values are white in MONOCHROME1, once asked for', () => {
    const frame = frameOf(Uint8Array.from([0, 255]), 'MONOCHROME1');
    expect(rendered(frame, nothing, { inverted: true }).rgba[0]).toBe(255);
  });
});

describe('colours', () => {
  test('red, green, blue and white of YBR_FULL', () => {
    const samples = Uint8Array.from([76, 85, 255, 150, 44, 21, 29, 255, 107, 255, 128, 128]);
    const { rgba } = rendered(frameOf(samples, 'YBR_FULL', 3), nothing);
    const wanted = [254, 0, 0, 255, 0, 255, 1, 255, 0, 0, 254, 255, 255, 255, 255, 255];
    rgba.forEach((value, i) => {
      expect(Math.abs(value - (wanted[i] ?? 0))).toBeLessThanOrEqual(1);
    });
  });

  test('black and white of YBR_PARTIAL_420, and 16 bits a colour', () => {
    const partial = frameOf(Uint8Array.from([16, 128, 128, 235, 128, 128]), 'YBR_PARTIAL_420', 3);
    expect([...rendered(partial, nothing).rgba]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
    const wide = frameOf(Uint16Array.from([65535, 0, 32768]), 'RGB', 3);
    expect([...rendered(wide, nothing).rgba]).toEqual([255, 0, 128, 255]);
  });
});
