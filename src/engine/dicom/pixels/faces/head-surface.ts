/** The surface of a head in a volume, coarsely: that of the largest piece of what is no air. */
import type { Samples } from '../image-pixels.ts';
import { cross, dot, pointAt } from './slice-geometry.ts';
import type { Point, SliceGeometry } from './slice-geometry.ts';

export interface Slice {
  readonly rows: number;
  readonly columns: number;
  readonly geometry: SliceGeometry;
  /** Stored values, one a pixel. */
  readonly samples: Samples;
}

/** In mm; finer than any part of a face that is looked for. */
const coarse = 3;

/**
 * Points of the surface seen from the front, the back, the sides and above, about 3 mm apart; none where the volume
 * ends, since the head goes on there.
 *
 * @param slices Of one volume, in any order, all parallel.
 * @param isTissue Whether a stored value is more than air.
 */
export function headSurface(slices: readonly Slice[], isTissue: (value: number) => boolean): Point[] {
  const [first] = slices;
  if (!first || slices.length < 2) return [];
  const { across, down } = first.geometry;
  const normal = cross(across, down);
  const along = ({ geometry }: Slice) => dot(geometry.origin, normal);
  const sorted = [...slices].sort((a, b) => along(a) - along(b));
  const [dx = 1, dy = 1] = [across, down].map((step) =>
    Math.max(1, Math.round(coarse / Math.hypot(...step))),
  );
  const [width, height] = [Math.ceil(first.columns / dx), Math.ceil(first.rows / dy)];
  const tissue = new Uint8Array(width * height * sorted.length);
  sorted.forEach(({ samples, columns, rows }, z) => {
    for (let y = 0; y < height && y * dy < rows; y++) {
      for (let x = 0; x < width && x * dx < columns; x++) {
        if (isTissue(samples[y * dy * columns + x * dx] ?? 0)) tissue[(z * height + y) * width + x] = 1;
      }
    }
  });
  const largest = largestPiece(tissue, width, height);
  const pointOf = (at: number): Point[] => {
    const slice = sorted[Math.floor(at / (width * height))];
    const row = (Math.floor(at / width) % height) * dy;
    return slice ? [pointAt(slice.geometry, row, (at % width) * dx)] : [];
  };
  return [across, down, normal].flatMap((direction, axis) => {
    const rise = direction[2] / Math.hypot(...direction);
    const seen = endsAlong(largest, [width, height, sorted.length], axis);
    return [...(rise < fromBelow ? seen.low : []), ...(-rise < fromBelow ? seen.high : [])].flatMap(pointOf);
  });
}

/** The cosine to the body's axis, above which one looks up into the neck. */
const fromBelow = 0.5;

/** The first and the last of all places in each line along an axis, but for those where the volume ends. */
function endsAlong(
  places: readonly number[],
  size: readonly [number, number, number],
  axis: number,
): { readonly low: readonly number[]; readonly high: readonly number[] } {
  const stride = [1, size[0], size[0] * size[1]][axis] ?? 1;
  const count = size[axis] ?? 1;
  const lines = new Map<number, { low: number; high: number }>();
  for (const at of places) {
    const along = Math.floor(at / stride) % count;
    const line = at - along * stride;
    const ends = lines.get(line);
    if (!ends) lines.set(line, { low: along, high: along });
    else if (along < ends.low) ends.low = along;
    else if (along > ends.high) ends.high = along;
  }
  const all = [...lines];
  return {
    low: all.flatMap(([line, { low }]) => (low > 0 ? [line + low * stride] : [])),
    high: all.flatMap(([line, { high }]) => (high < count - 1 ? [line + high * stride] : [])),
  };
}

/** Of what is connected by faces of cells, the places of the largest; the marks are used up. */
function largestPiece(marks: Uint8Array, width: number, height: number): readonly number[] {
  const layer = width * height;
  let largest: number[] = [];
  for (let start = 0; start < marks.length; start++) {
    if (marks[start] !== 1) continue;
    marks[start] = 0;
    const piece = [start];
    for (let i = 0; i < piece.length; i++) {
      const at = piece[i] ?? 0;
      const [x, y] = [at % width, Math.floor(at / width) % height];
      const next = [at - layer, at + layer];
      if (x > 0) next.push(at - 1);
      if (x < width - 1) next.push(at + 1);
      if (y > 0) next.push(at - width);
      if (y < height - 1) next.push(at + width);
      for (const other of next) {
        if (marks[other] !== 1) continue;
        marks[other] = 0;
        piece.push(other);
      }
    }
    if (piece.length > largest.length) largest = piece;
  }
  return largest;
}
