/** The head in a volume, coarsely: what is no air, the largest piece of it. */
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

export interface Head {
  /** Points of the head, about 3 mm apart within a slice. */
  readonly points: readonly Point[];
  /** In mm³, that a point stands for. */
  readonly pointVolume: number;
}

/**
 * @param slices Of one volume, in any order, all parallel.
 * @param isTissue Whether a stored value is more than air.
 */
export function headOf(slices: readonly Slice[], isTissue: (value: number) => boolean): Head | undefined {
  const [first] = slices;
  if (!first || slices.length < 2) return undefined;
  const normal = cross(first.geometry.across, first.geometry.down);
  const length = Math.hypot(...normal);
  const along = ({ geometry }: Slice) => dot(geometry.origin, normal) / length;
  const sorted = [...slices].sort((a, b) => along(a) - along(b));
  const [stepAcross, stepDown] = [first.geometry.across, first.geometry.down].map((step) =>
    Math.max(1, Math.round(coarse / Math.hypot(...step))),
  );
  const [dx, dy] = [stepAcross ?? 1, stepDown ?? 1];
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
  const points = largest.flatMap((at) => {
    const slice = sorted[Math.floor(at / (width * height))];
    const row = (Math.floor(at / width) % height) * dy;
    return slice ? [pointAt(slice.geometry, row, (at % width) * dx)] : [];
  });
  const thickness = gap(sorted.map(along));
  return { points, pointVolume: length * dx * dy * thickness };
}

/** The middle distance between neighbours. */
function gap(places: readonly number[]): number {
  const gaps = places.slice(1).map((place, i) => place - (places[i] ?? place));
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 1;
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
