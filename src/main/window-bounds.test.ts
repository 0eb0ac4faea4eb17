import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openingBounds, smallestWindow } from './window-bounds.ts';

const laptop = { x: 0, y: 0, width: 1440, height: 860 };
const beside = { x: 1440, y: 0, width: 1920, height: 1080 };

describe('openingBounds', () => {
  it('opens in the middle at the usual size the first time', () => {
    expect(openingBounds(undefined, [laptop])).toEqual({ width: 1280, height: 820 });
    expect(openingBounds(undefined, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({
      width: 1024,
      height: 700,
    });
  });

  it('opens where it was', () => {
    const last = { x: 1500, y: 40, width: 1100, height: 900 };
    expect(openingBounds(last, [laptop, beside])).toEqual(last);
  });

  it('comes back from a screen that is gone', () => {
    const last = { x: 1500, y: 40, width: 1100, height: 900 };
    expect(openingBounds(last, [laptop])).toEqual({ width: 1100, height: 860 });
  });

  it('is never too small to use, and lies on a screen when it says where', () => {
    const rectangle = fc.record({
      x: fc.integer({ min: -4000, max: 4000 }),
      y: fc.integer({ min: -4000, max: 4000 }),
      width: fc.integer({ min: 1, max: 5000 }),
      height: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(rectangle, (last) => {
        const opened = openingBounds(last, [laptop, beside]);
        const onScreen = [laptop, beside].some(
          ({ x, y, width, height }) =>
            opened.x !== undefined &&
            opened.y !== undefined &&
            opened.x >= x &&
            opened.y >= y &&
            opened.x + opened.width <= x + width &&
            opened.y + opened.height <= y + height,
        );
        return (
          opened.width >= smallestWindow.width &&
          opened.height >= smallestWindow.height &&
          (opened.x === undefined || onScreen)
        );
      }),
    );
  });
});
