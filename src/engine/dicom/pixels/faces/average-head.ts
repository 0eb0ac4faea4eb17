/** The surface of an average head, in its own space: mm to the left, to the back and to the head, as in DICOM. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Point } from './slice-geometry.ts';

export interface AverageHead {
  readonly step: number;
  readonly origin: Point;
  /** Along x, y and z; x runs fastest. */
  readonly size: readonly [number, number, number];
  /** In mm from the surface, negative in the head; cut at 63. */
  readonly distances: Float32Array;
}

const document = z.object({
  step: z.number().positive(),
  unit: z.number().positive(),
  origin: z.tuple([z.number(), z.number(), z.number()]),
  size: z.tuple([z.int(), z.int(), z.int()]),
  distances: z.base64(),
});

/** @param resources The folder of bundled resources, in which `dicom/head-surface.json` lies. */
export async function averageHead(resources: string): Promise<AverageHead> {
  const text = await readFile(join(resources, 'dicom', 'head-surface.json'), 'utf8');
  const { step, unit, origin, size, distances } = document.parse(JSON.parse(text));
  const units = new Int8Array(Buffer.from(distances, 'base64'));
  return { step, origin, size, distances: Float32Array.from(units, (value) => value * unit) };
}

/** From the surface, between points of the grid and, beyond its sides and top, of its edge. */
export function distanceAt({ step, origin, size, distances }: AverageHead, [x, y, z]: Point): number {
  const [width, height, depth] = size;
  const along = (value: number, from: number, count: number): [number, number] => {
    const at = Math.min(Math.max((value - from) / step, 0), count - 1.001);
    const low = Math.floor(at);
    return [low, at - low];
  };
  const [i, u] = along(x, origin[0], width);
  const [j, v] = along(y, origin[1], height);
  const [k, w] = along(z, origin[2], depth);
  const layer = width * height;
  const first = k * layer + j * width + i;
  const row = (at: number) => (distances[at] ?? 0) * (1 - u) + (distances[at + 1] ?? 0) * u;
  const plane = (at: number) => row(at) * (1 - v) + row(at + width) * v;
  return plane(first) * (1 - w) + plane(first + layer) * w;
}

/** Points of the grid at distances from the surface. */
export function pointsOf(
  { step, origin, size, distances }: AverageHead,
  at: (distance: number) => boolean,
): Point[] {
  const points: Point[] = [];
  distances.forEach((distance, i) => {
    if (!at(distance)) return;
    const z = Math.floor(i / (size[0] * size[1]));
    const [x, y] = [i % size[0], Math.floor(i / size[0]) % size[1]];
    points.push([origin[0] + x * step, origin[1] + y * step, origin[2] + z * step]);
  });
  return points;
}
