/**
 * A head as it would be seen, before and after its face is taken out: its surface from the front and from the side,
 * upright and in the middle however the patient lay.
 */
import type { DicomFile } from '../../read/part10.ts';
import { framesOf } from '../file-frames.ts';
import type { Frame } from '../image-pixels.ts';
import type { Picture } from '../render.ts';
import type { FaceFinding } from './deface.ts';
import { isFace } from './face-plane.ts';
import { moved } from './rigid-stretch.ts';
import type { Affine } from './rigid-stretch.ts';
import { cross, dot, pointAt, sliceGeometryOf } from './slice-geometry.ts';
import type { Point, SliceGeometry } from './slice-geometry.ts';

export interface HeadViews {
  readonly front: Picture;
  /** From the left of the patient, who looks to the left. */
  readonly side: Picture;
}

export interface FacePreview {
  readonly before: HeadViews;
  readonly after: HeadViews;
}

/** In mm of the average head, what pictures show. */
const [left, right, front, back, bottom, top] = [-90, 110, -150, 130, -170, 110];
/** In mm. */
const pixel = 1.5;
/** In mm, how far a slice goes on at most. */
const farthestApart = 12;

/**
 * @param files Of the series in which the face was found, in any order.
 * @returns undefined where no head was found.
 * @throws source/malformed where a frame cannot be decoded.
 */
export async function facePreview(
  files: Iterable<DicomFile> | AsyncIterable<DicomFile>,
  finding: FaceFinding,
): Promise<FacePreview | undefined> {
  if (finding.kind === 'unclear') return undefined;
  const { toAverage, threshold } = finding;
  const surfaces = { before: new Surfaces(), after: new Surfaces() };
  const slices: Positioned[] = [];
  for await (const file of files) {
    const source = framesOf(file);
    if (source?.image.samplesPerPixel !== 1) continue;
    for (let index = 0; index < source.image.frames; index++) {
      const geometry = sliceGeometryOf(file.dataSet, index);
      if (!geometry) continue;
      slices.push({ geometry, ...tissueOf(await source.frame(index), geometry, threshold) });
    }
  }
  const gap = gapOf(slices.map(({ geometry }) => geometry));
  for (const slice of slices) {
    forTissue(slice, gap, toAverage, (point, half) => {
      surfaces.before.add(point, half);
      if (finding.kind === 'none' || !isFace(point)) surfaces.after.add(point, half);
    });
  }
  return { before: surfaces.before.views(), after: surfaces.after.views() };
}

interface Positioned extends Tissue {
  readonly geometry: SliceGeometry;
}

/** Where there is tissue in a slice, at points about 1 mm apart. */
interface Tissue {
  readonly rows: number;
  readonly columns: number;
  /** In pixels of the slice, from point to point across and down. */
  readonly steps: readonly [number, number];
  readonly marks: Uint8Array;
}

function tissueOf(frame: Frame, { across, down }: SliceGeometry, threshold: number): Tissue {
  const [dx = 1, dy = 1] = [across, down].map((step) => Math.max(1, Math.round(1 / Math.hypot(...step))));
  const [rows, columns] = [Math.ceil(frame.rows / dy), Math.ceil(frame.columns / dx)];
  const marks = new Uint8Array(rows * columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      if ((frame.samples[row * dy * frame.columns + column * dx] ?? 0) > threshold) marks[at] = 1;
    }
  }
  return { rows, columns, steps: [dx, dy], marks };
}

/** From slice to slice, the middle one of all. */
function gapOf(geometries: readonly SliceGeometry[]): Point {
  const [first] = geometries;
  if (!first) return [0, 0, 0];
  const normal = cross(first.across, first.down);
  const length = Math.hypot(...normal);
  const places = geometries.map(({ origin }) => dot(origin, normal) / length).sort((a, b) => a - b);
  const gaps = places.slice(1).map((place, i) => place - (places[i] ?? place));
  const gap = Math.min(farthestApart, gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0) / length;
  return [normal[0] * gap, normal[1] * gap, normal[2] * gap];
}

/** Calls back for points with tissue, in the space of the average head, with half the size of what each stands for. */
function forTissue(
  { rows, columns, steps: [dx, dy], marks, geometry }: Positioned,
  gap: Point,
  toAverage: Affine,
  found: (point: Point, half: Point) => void,
): void {
  const origin = moved(toAverage, pointAt(geometry, 0, 0));
  const from = (point: Point): Point => {
    const [x, y, z] = moved(toAverage, point);
    return [x - origin[0], y - origin[1], z - origin[2]];
  };
  const [right, down] = [from(pointAt(geometry, 0, dx)), from(pointAt(geometry, dy, 0))];
  const { origin: corner } = geometry;
  const through = from([corner[0] + gap[0], corner[1] + gap[1], corner[2] + gap[2]]);
  const halfOf = (axis: 0 | 1 | 2) =>
    (Math.abs(right[axis]) + Math.abs(down[axis]) + Math.abs(through[axis])) / 2;
  const half: Point = [halfOf(0), halfOf(1), halfOf(2)];
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      // Of a single point, as noise makes them, nothing is seen.
      if (marks[at] !== 1 || (marks[at - 1] !== 1 && marks[at + 1] !== 1)) continue;
      const along = (axis: 0 | 1 | 2) => origin[axis] + column * right[axis] + row * down[axis];
      found([along(0), along(1), along(2)], half);
    }
  }
}

/** What is nearest from the front and from the left. */
class Surfaces {
  readonly #front = new DepthMap(left, right, bottom, top);
  readonly #side = new DepthMap(front, back, bottom, top);

  add([x, y, z]: Point, half: Point): void {
    this.#front.add(x, z, half[0], half[2], y);
    this.#side.add(y, z, half[1], half[2], -x);
  }

  views(): HeadViews {
    return { front: this.#front.shaded(), side: this.#side.shaded() };
  }
}

class DepthMap {
  readonly #columns: number;
  readonly #rows: number;
  readonly #depths: Float32Array;
  readonly #left: number;
  readonly #top: number;

  constructor(from: number, to: number, low: number, high: number) {
    [this.#left, this.#top] = [from, high];
    [this.#columns, this.#rows] = [Math.ceil((to - from) / pixel), Math.ceil((high - low) / pixel)];
    this.#depths = new Float32Array(this.#columns * this.#rows).fill(Infinity);
  }

  add(across: number, up: number, halfAcross: number, halfUp: number, depth: number): void {
    const first = Math.max(0, Math.round((across - halfAcross - this.#left) / pixel));
    const last = Math.min(this.#columns - 1, Math.round((across + halfAcross - this.#left) / pixel));
    const lowest = Math.min(this.#rows - 1, Math.round((this.#top - up + halfUp) / pixel));
    for (let row = Math.max(0, Math.round((this.#top - up - halfUp) / pixel)); row <= lowest; row++) {
      for (let column = first; column <= last; column++) {
        const at = row * this.#columns + column;
        if (depth < (this.#depths[at] ?? 0)) this.#depths[at] = depth;
      }
    }
  }

  /** Light from where one looks: the steeper, the darker; black where there is nothing. */
  shaded(): Picture {
    const [rows, columns, depths] = [this.#rows, this.#columns, this.#depths];
    const rgba = new Uint8ClampedArray(rows * columns * 4);
    const depthAt = (row: number, column: number, otherwise: number) => {
      const inside = row >= 0 && row < rows && column >= 0 && column < columns;
      const depth = inside ? (depths[row * columns + column] ?? Infinity) : Infinity;
      return Number.isFinite(depth) ? depth : otherwise;
    };
    for (let row = 0, at = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, at++) {
        const here = depths[at] ?? Infinity;
        const slope = (down: number, right: number) =>
          (depthAt(row + down, column + right, here) - depthAt(row - down, column - right, here)) /
          (2 * pixel);
        const grey = Number.isFinite(here) ? 40 + 215 / Math.hypot(1, slope(1, 0), slope(0, 1)) : 0;
        rgba.set([grey, grey, grey, 255], 4 * at);
      }
    }
    return { rows, columns, rgba };
  }
}
