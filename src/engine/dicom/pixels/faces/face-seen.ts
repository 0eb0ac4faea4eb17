/** How much of a face a volume shows: of a brain without its skull, or of the top of a head, nothing has to go. */
import { pointsOf } from './average-head.ts';
import type { AverageHead } from './average-head.ts';
import { isFace } from './face-plane.ts';
import { moved } from './rigid-stretch.ts';
import type { Affine } from './rigid-stretch.ts';
import type { Point } from './slice-geometry.ts';

/** In mm: what lies in the same cube lies together. */
const cube = 8;
/** In mm, how far from the surface its cubes may be. */
const thin = 4;

/**
 * The part of the front of the average head, from the brow to the mouth, at which the patient has a surface too.
 *
 * @param surface In the patient.
 */
export function faceSeen(surface: readonly Point[], toAverage: Affine, head: AverageHead): number {
  const seen = new Set(surface.map((point) => keyOf(moved(toAverage, point))));
  const face = new Set(
    pointsOf(head, (distance) => Math.abs(distance) < thin)
      .filter(isFace)
      .map(keyOf),
  );
  return [...face].filter((key) => seen.has(key)).length / face.size;
}

function keyOf(point: Point): string {
  return point.map((value) => Math.floor(value / cube)).join();
}
