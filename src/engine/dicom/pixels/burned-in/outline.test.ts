import { expect, test } from 'vitest';
import { painted } from '../../../../../test/unit/drawn-text.ts';
import { outlined } from './outline.ts';

test('frames stand around regions and leave what is in them to be seen', () => {
  const picture = painted(40, 30, () => [0, 0, 0]);
  const at = (x: number, y: number) => 4 * (y * 40 + x);
  const { rgba } = outlined(picture, [
    { x: 10, y: 10, width: 8, height: 6, state: 'found', foundBy: ['strokes'] },
    { x: 0, y: 0, width: 40, height: 4, state: 'added', foundBy: [] },
  ]);
  expect([...rgba.subarray(at(9, 12), at(9, 12) + 3)]).toEqual([255, 159, 10]);
  expect([...rgba.subarray(at(0, 2), at(0, 2) + 3)]).toEqual([64, 156, 255]);
  for (let y = 10; y < 16; y++) for (let x = 10; x < 18; x++) expect(rgba[at(x, y)]).toBe(0);
  expect(picture.rgba[at(9, 12)]).toBe(0);
});
