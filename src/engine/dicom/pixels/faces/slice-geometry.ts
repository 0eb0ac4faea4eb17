/** Where the pixels of a slice lie in the patient (PS3.3 C.7.6.2.1.1): x to the left, y to the back, z to the head, in mm. */
import type { DataSet } from '../../read/data-set.ts';

export type Point = readonly [number, number, number];

export interface SliceGeometry {
  /** Of the centre of the first pixel. */
  readonly origin: Point;
  /** From a pixel to the next in its row. */
  readonly across: Point;
  /** From a pixel to that below it. */
  readonly down: Point;
}

const POSITION = 0x00200032;
const ORIENTATION = 0x00200037;
const SPACING = 0x00280030;
const SHARED_GROUPS = 0x52009229;
const FRAME_GROUPS = 0x52009230;
const PLANE_POSITION = 0x00209113;
const PLANE_ORIENTATION = 0x00209116;
const PIXEL_MEASURES = 0x00289110;

/** @returns undefined where the file does not say. */
export function sliceGeometryOf(dataSet: DataSet, frame = 0): SliceGeometry | undefined {
  const of = (group: number, tag: number): number[] => {
    const places = [dataSet.items(FRAME_GROUPS)[frame], dataSet.items(SHARED_GROUPS)[0]];
    const inGroups = places.flatMap((place) => place?.items(group)[0] ?? []).map((item) => item.numbers(tag));
    return inGroups.find((numbers) => numbers.length > 0) ?? dataSet.numbers(tag);
  };
  const [x, y, z] = of(PLANE_POSITION, POSITION);
  const [rx, ry, rz, cx, cy, cz] = of(PLANE_ORIENTATION, ORIENTATION);
  const [betweenRows, betweenColumns] = of(PIXEL_MEASURES, SPACING);
  const all = [x, y, z, rx, ry, rz, cx, cy, cz, betweenRows, betweenColumns];
  if (!all.every((number) => number !== undefined && Number.isFinite(number))) return undefined;
  const [width = 1, height = 1] = [betweenColumns, betweenRows];
  return {
    origin: [x ?? 0, y ?? 0, z ?? 0],
    across: [(rx ?? 0) * width, (ry ?? 0) * width, (rz ?? 0) * width],
    down: [(cx ?? 0) * height, (cy ?? 0) * height, (cz ?? 0) * height],
  };
}

export function pointAt({ origin, across, down }: SliceGeometry, row: number, column: number): Point {
  return [
    origin[0] + across[0] * column + down[0] * row,
    origin[1] + across[1] * column + down[1] * row,
    origin[2] + across[2] * column + down[2] * row,
  ];
}

export function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
