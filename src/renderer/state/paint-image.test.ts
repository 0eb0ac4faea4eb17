import { describe, expect, it } from 'vitest';
import { paintGrey, shadeOf } from './paint-image.ts';

const window = { center: 40, width: 400 };
const image = (values: Int16Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>) => ({
  ...{ kind: 'grey' as const, rows: 1, columns: values.length, frames: 1, window, inverted: false },
  values,
});

describe('painting', () => {
  it('is black below the window, white above, and in between in proportion', () => {
    expect([-2000, -160, 40, 240, 9000].map((value) => shadeOf(value, window, false))).toEqual([
      0, 0, 128, 255, 255,
    ]);
    expect(shadeOf(-2000, window, true)).toBe(255);
  });

  it('is the same through a table and without', () => {
    const numbers = [-32768, -1000, -160, 0, 39, 40, 41, 240, 32767];
    const [whole, real] = [new Uint32Array(numbers.length), new Uint32Array(numbers.length)];
    for (const inverted of [false, true]) {
      paintGrey(image(Int16Array.from(numbers)), window, inverted, whole);
      paintGrey(image(Float32Array.from(numbers)), window, inverted, real);
      expect(whole).toEqual(real);
    }
    expect(whole[0]).toBe(0xffffffff);
  });

  it('paints bytes', () => {
    const out = new Uint32Array(3);
    paintGrey(image(Uint8Array.of(0, 128, 255)), { center: 127.5, width: 255 }, false, out);
    expect([...out]).toEqual([0xff000000, 0xff808080, 0xffffffff]);
  });
});
