/** Regions drawn into a picture, for a person who reviews them. */
import type { Picture } from '../render.ts';
import type { ReviewedRegion } from './region-review.ts';

type Colour = readonly [number, number, number];

/** Told apart by those who see no red and green too: orange, blue, grey. */
const colours: Readonly<Record<ReviewedRegion['state'], Colour>> = {
  found: [255, 159, 10],
  added: [64, 156, 255],
  removed: [142, 142, 147],
};
/** Pixels of a dash and of the gap after it, around what has been removed. */
const dash = 4;
const thickness = 2;

/** A copy with a frame around each region, outside of it or along the picture's edge; dashed around removed ones. */
export function outlined(picture: Picture, regions: readonly ReviewedRegion[]): Picture {
  const { rows, columns } = picture;
  const rgba = picture.rgba.slice();
  for (const { x, y, width, height, state } of regions) {
    const paint = (column: number, row: number) => {
      if (state === 'removed' && Math.floor((column + row) / dash) % 2 === 1) return;
      rgba.set(colours[state], 4 * (row * columns + column));
    };
    for (let out = 1; out <= thickness; out++) {
      const [left, top] = [Math.max(0, x - out), Math.max(0, y - out)];
      const right = Math.min(columns - 1, x + width - 1 + out);
      const bottom = Math.min(rows - 1, y + height - 1 + out);
      for (let column = left; column <= right; column++) {
        paint(column, top);
        paint(column, bottom);
      }
      for (let row = top; row <= bottom; row++) {
        paint(left, row);
        paint(right, row);
      }
    }
  }
  return { rows, columns, rgba };
}
