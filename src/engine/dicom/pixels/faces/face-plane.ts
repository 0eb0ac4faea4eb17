/**
 * Planes behind the face and in front of the brain, in the space of the average head. Everything in front of them is
 * removed, so that not even the shape of what was there is left, as it would be behind a mask of even depth. Planes
 * rather than a mask as in Schimke and Hale, “Quickshear defacing for neuroimages” (2011).
 */
import type { Affine } from './rigid-stretch.ts';
import { moved } from './rigid-stretch.ts';
import type { Point, SliceGeometry } from './slice-geometry.ts';
import { pointAt } from './slice-geometry.ts';

/**
 * In mm, from above downwards: through the brow, under the roofs of the orbits, in front of the temporal lobes, and from
 * there straight down. The same for all x.
 */
const profile = [
  { y: -98.8, z: -9.6 },
  { y: -87, z: -23.3 },
  { y: -60.7, z: -40.8 },
] as const;
/** Below the chin nothing is removed. */
const chin = -149;

/** Whether a point in the space of the average head lies in front of the planes. */
export function isFace([, y, z]: Point): boolean {
  return isInFront(y, z);
}

function isInFront(y: number, z: number): boolean {
  const [brow, orbit, lobe] = profile;
  if (z > brow.z || z < chin) return false;
  if (z <= lobe.z) return y < lobe.y;
  const [from, to] = z > orbit.z ? [brow, orbit] : [orbit, lobe];
  return y < from.y + ((from.z - z) / (from.z - to.z)) * (to.y - from.y);
}

/** Calls back for each pixel of a slice in front of the planes. */
export function forFace(
  toAverage: Affine,
  { rows, columns, geometry }: { rows: number; columns: number; geometry: SliceGeometry },
  found: (pixel: number) => void,
): void {
  for (let row = 0, pixel = 0; row < rows; row++) {
    // The map is affine, so that from pixel to pixel of a row the step is the same.
    const [, y, z] = moved(toAverage, pointAt(geometry, row, 0));
    const [, nextY, nextZ] = moved(toAverage, pointAt(geometry, row, 1));
    for (let column = 0; column < columns; column++, pixel++) {
      if (isInFront(y + column * (nextY - y), z + column * (nextZ - z))) found(pixel);
    }
  }
}
