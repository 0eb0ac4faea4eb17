/**
 * A plane behind the face and in front of the brain. Its place follows from the proportions of heads: from the top of
 * the head and its length from front to back, measured above the brow, where neither nose nor chin count. Everything in
 * front of the plane is removed, so that not even the shape of what was there is left, as it would be behind a mask of
 * even depth. The idea of one plane is that of Schimke and Hale, “Quickshear defacing for neuroimages” (2011), who lay
 * it by a mask of the brain.
 */
import type { Head } from './head-mask.ts';
import type { Point, SliceGeometry } from './slice-geometry.ts';
import { pointAt } from './slice-geometry.ts';

/** In mm in the patient: a line in the plane of y and z, the same for all x. */
export interface FacePlane {
  /** Where it begins, on the forehead above the brow. */
  readonly brow: { readonly y: number; readonly z: number };
  /** From where on downwards it runs straight down. */
  readonly jaw: { readonly y: number; readonly z: number };
  /** Below the chin nothing is removed. */
  readonly bottom: number;
}

/** In lengths of the head, below its top or behind its front. */
const brow = { below: 0.56, behind: 0.03 };
const jaw = { below: 1, behind: 0.42 };
const chin = 1.3;
/** Where the length is measured: above the brow, below the top. */
const [measuredFrom, measuredTo] = [40, 75];
/** Lengths of heads in mm, of small children to large men. */
const [shortest, longest] = [110, 240];
/** In mm² of a cross-section, below which it is hair or noise. */
const leastArea = 400;
/** In mm: cross-sections are gathered in steps of this. */
const step = 3;

/** @returns undefined where the top of the head is not in the volume, or what is there has not the size of a head. */
export function facePlaneOf({ points, pointVolume }: Head): FacePlane | undefined {
  const areas = new Map<number, number>();
  for (const point of points) {
    const level = Math.round(point[2] / step);
    areas.set(level, (areas.get(level) ?? 0) + pointVolume / step);
  }
  const levels = [...areas.entries()].filter(([, area]) => area >= leastArea).sort(([a], [b]) => b - a);
  const [highest] = levels;
  const largest = Math.max(...levels.map(([, area]) => area));
  // A volume that is cut off begins with a full cross-section, the top of a head with a small one.
  if (!highest || highest[1] > 0.4 * largest) return undefined;
  const top = highest[0] * step;
  const band = points.filter((point) => top - point[2] >= measuredFrom && top - point[2] <= measuredTo);
  if (band.length === 0) return undefined;
  const front = edge(band, 0.002);
  const length = edge(band, 0.998) - front;
  if (length < shortest || length > longest) return undefined;
  return {
    brow: { y: front + brow.behind * length, z: top - brow.below * length },
    jaw: { y: front + jaw.behind * length, z: top - jaw.below * length },
    bottom: top - chin * length,
  };
}

/** How far back a part of the points lies. */
function edge(points: readonly Point[], part: number): number {
  const sorted = points.map((point) => point[1]).sort((a, b) => a - b);
  return sorted[Math.round(part * (sorted.length - 1))] ?? 0;
}

/** Whether a point of the patient lies in front of the plane. */
export function isFace(plane: FacePlane, [, y, z]: Point): boolean {
  const { brow: upper, jaw: lower, bottom } = plane;
  if (z > upper.z || z < bottom) return false;
  const down = Math.min(1, (upper.z - z) / (upper.z - lower.z));
  return y < upper.y + down * (lower.y - upper.y);
}

/** Calls back for each pixel of a slice in front of the plane. */
export function forFace(
  plane: FacePlane,
  { rows, columns, geometry }: { rows: number; columns: number; geometry: SliceGeometry },
  found: (pixel: number) => void,
): void {
  for (let row = 0, pixel = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, pixel++) {
      if (isFace(plane, pointAt(geometry, row, column))) found(pixel);
    }
  }
}
