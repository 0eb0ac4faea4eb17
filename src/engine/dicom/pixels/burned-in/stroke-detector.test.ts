import { describe, expect, test } from 'vitest';
import { painted, write } from '../../../../../test/unit/drawn-text.ts';
import { coverage } from './text-region.ts';
import type { Colour } from '../../../../../test/unit/drawn-text.ts';
import { strokeRegions } from './stroke-detector.ts';
import { area } from './text-region.ts';

/** A repeatable number from 0 to 1 for a place. */
function noise(x: number, y: number): number {
  const value = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return value - Math.floor(value);
}

function grey(value: number): Colour {
  return [value, value, value];
}

/** Soft shapes with speckle, as tissue has. */
function tissue(x: number, y: number): Colour {
  return grey(90 + 60 * Math.sin(x / 23) * Math.cos(y / 31) + 30 * noise(x, y));
}

describe('strokes of text', () => {
  test.each([
    ['white on black', [0, 0, 0], [255, 255, 255], 1],
    ['black on white', [255, 255, 255], [0, 0, 0], 1],
    ['yellow on black, twice the size', [0, 0, 0], [255, 255, 0], 2],
    ['blue on grey, five times the size', [128, 128, 128], [0, 0, 255], 5],
  ] as const)('%s', (_, ground, ink, scale) => {
    const picture = painted(320, 200, () => ground);
    const where = write(picture, 'SMITH 1950', 11, 23, scale, ink);
    const found = strokeRegions(picture);
    expect(coverage(where, found)).toBe(1);
    expect(found.reduce((sum, region) => sum + area(region), 0)).toBeLessThan(3 * area(where) + 800);
  });

  test('over tissue', () => {
    const picture = painted(320, 200, tissue);
    const where = write(picture, 'SMITH 1950', 60, 90, 2, [255, 255, 255]);
    expect(coverage(where, strokeRegions(picture))).toBeGreaterThan(0.95);
  });

  test('running downwards', () => {
    const upright = painted(200, 200, () => [0, 0, 0]);
    const where = write(upright, 'SMITH 1950', 20, 40, 2, [255, 255, 255]);
    const turned = painted(200, 200, (x, y) => grey(upright.rgba[4 * (x * 200 + y)] ?? 0));
    const place = { x: where.y, y: where.x, width: where.height, height: where.width };
    expect(coverage(place, strokeRegions(turned))).toBe(1);
  });

  test('a letter by itself on flat ground, as those that say which side is left', () => {
    const picture = painted(200, 200, (x, y) => (x > 100 ? tissue(x, y) : [8, 8, 8]));
    const where = write(picture, 'S', 20, 90, 1, [255, 255, 255]);
    const found = strokeRegions(picture);
    expect(coverage(where, found)).toBe(1);
    expect(found).toHaveLength(1);
  });

  test('tissue, edges and frames are no text', () => {
    expect(strokeRegions(painted(320, 200, tissue))).toEqual([]);
    const framed = painted(320, 200, (x, y) => grey(x < 2 || y < 2 || (x > 100 && y > 60) ? 255 : 0));
    expect(strokeRegions(framed)).toEqual([]);
  });

  test('pictures smaller than any text have none', () => {
    expect(strokeRegions(painted(3, 3, () => [0, 0, 0]))).toEqual([]);
  });
});
