/**
 * Lays the average head over that of a patient, by their surfaces alone: those are the same in CT, MR and PET. The
 * distances of points from a surface are made small by Gauss and Newton's method, as Fitzgibbon does in “Robust
 * registration of 2D and 3D point sets” (2003), with Geman and McClure's estimator against head holders, ears and noise.
 */
import { distanceAt, pointsOf } from './average-head.ts';
import type { AverageHead } from './average-head.ts';
import { affineOf, moved } from './rigid-stretch.ts';
import type { Affine, Parameters } from './rigid-stretch.ts';
import type { Point } from './slice-geometry.ts';
import { solved } from './solve.ts';

export interface HeadFit {
  /** From the patient to the average head. */
  readonly toAverage: Affine;
  /** In mm, the median distance of the surfaces. */
  readonly residual: number;
}

/** How far each parameter is from none as a rule: chins are lifted more than heads are turned, sizes differ little. */
const spread = [0.4, 0.15, 0.15, 200, 200, 200, 0.12, 0.12, 0.12];
/** What a parameter at its spread counts for, in parts of all points. */
const priorWeight = 0.02;
const differences = [1e-3, 1e-3, 1e-3, 0.1, 0.1, 0.1, 1e-3, 1e-3, 1e-3];
const [fewestPoints, mostPoints] = [200, 1500];
/** Where to begin: turned up or down, in radians, and how much of the top of the head is not in the volume, in mm. */
const pitches = [-0.45, -0.2, 0, 0.2, 0.45];
const lacks = [0, 35, 70];
/** In mm, from where on points count little: at first all do, then what is near. */
const reaches = [25, 25, 12, 12, 8, 8, 5, 5, 5, 5, 5];
const lastReach = 5;

/** @returns undefined where there are too few points to lay anything over. */
export function fitHead(surface: readonly Point[], head: AverageHead): HeadFit | undefined {
  if (surface.length < fewestPoints) return undefined;
  const every = Math.ceil(surface.length / mostPoints);
  const search = new Search(
    surface.filter((_, i) => i % every === 0),
    head,
  );
  let best: { parameters: Parameters; cost: number } | undefined;
  for (const pitch of pitches) {
    for (const lack of lacks) {
      const parameters = search.from(pitch, lack);
      const cost = search.cost(parameters);
      if (!best || cost < best.cost) best = { parameters, cost };
    }
  }
  if (!best) return undefined;
  return { toAverage: search.affine(best.parameters), residual: search.residual(best.parameters) };
}

class Search {
  readonly #points: readonly Point[];
  readonly #head: AverageHead;
  readonly #centre: Point;
  readonly #target: Point;
  readonly #extent: Extent;

  constructor(points: readonly Point[], head: AverageHead) {
    const { origin, size, step } = head;
    this.#points = points;
    this.#head = head;
    this.#extent = extentOf(pointsOf(head, (distance) => distance <= 0));
    this.#centre = middleOf(points);
    this.#target = [
      origin[0] + (size[0] * step) / 2,
      origin[1] + (size[1] * step) / 2,
      origin[2] + (size[2] * step) / 2,
    ];
  }

  affine(parameters: Parameters): Affine {
    return affineOf(parameters, this.#centre, this.#target);
  }

  /** Tops and fronts laid over one another, then made better. */
  from(pitch: number, lack: number): Parameters {
    const turn = [pitch, 0, 0, 0, 0, 0, 0, 0, 0];
    const affine = this.affine(turn);
    const { top, middle } = extentOf(this.#points.map((point) => moved(affine, point)));
    const onto = this.#extent;
    let parameters: Parameters = turn.with(4, onto.middle - middle).with(5, onto.top - lack - top);
    for (const reach of reaches) parameters = this.#better(parameters, reach);
    return parameters;
  }

  cost(parameters: Parameters): number {
    const apart = this.#distances(parameters);
    let sum = 0;
    for (const distance of apart) {
      const square = Number.isNaN(distance) ? lastReach ** 2 : distance ** 2;
      sum += square / (square + lastReach ** 2);
    }
    const prior = parameters.reduce((all, value, i) => all + (value / (spread[i] ?? 1)) ** 2, 0);
    return sum / apart.length + priorWeight * prior;
  }

  residual(parameters: Parameters): number {
    const apart = this.#distances(parameters)
      .filter((distance) => !Number.isNaN(distance))
      .map(Math.abs)
      .sort((a, b) => a - b);
    return apart[apart.length >> 1] ?? Infinity;
  }

  /** NaN for points below the average head, which ends at the mouth. */
  #distances(parameters: Parameters): Float64Array {
    const bottom = this.#head.origin[2];
    const affine = this.affine(parameters);
    return Float64Array.from(this.#points, (point) => {
      const at = moved(affine, point);
      return at[2] < bottom ? NaN : distanceAt(this.#head, at);
    });
  }

  /** One step of Gauss and Newton with weights; none where it would make it worse. */
  #better(parameters: Parameters, reach: number): Parameters {
    const count = parameters.length;
    const now = this.#distances(parameters);
    const slopes = parameters.map((value, i) => {
      const by = differences[i] ?? 1;
      return this.#distances(parameters.with(i, value + by)).map(
        (distance, at) => (distance - (now[at] ?? 0)) / by,
      );
    });
    const matrix = Array.from({ length: count }, () => new Array<number>(count).fill(0));
    const right = new Array<number>(count).fill(0);
    for (let at = 0; at < now.length; at++) {
      const distance = now[at] ?? NaN;
      if (Number.isNaN(distance) || slopes.some((slope) => Number.isNaN(slope[at]))) continue;
      const weight = (reach ** 2 / (reach ** 2 + distance ** 2)) ** 2;
      for (let i = 0; i < count; i++) {
        const slope = slopes[i]?.[at] ?? 0;
        right[i] = (right[i] ?? 0) - weight * slope * distance;
        const row = matrix[i];
        for (let j = 0; row && j <= i; j++) row[j] = (row[j] ?? 0) + weight * slope * (slopes[j]?.[at] ?? 0);
      }
    }
    const prior = priorWeight * now.length * reach ** 2;
    for (let i = 0; i < count; i++) {
      const strength = prior / (spread[i] ?? 1) ** 2;
      const row = matrix[i];
      if (row) row[i] = (row[i] ?? 0) + strength;
      right[i] = (right[i] ?? 0) - strength * (parameters[i] ?? 0);
    }
    const step = solved(matrix, right);
    return step ? parameters.map((value, i) => value + (step[i] ?? 0)) : parameters;
  }
}

interface Extent {
  readonly top: number;
  /** Between front and back, above the neck. */
  readonly middle: number;
}

/** In mm. */
const aboveNeck = 100;

function extentOf(points: readonly Point[]): Extent {
  const [, top] = extremes(points.map((point) => point[2]));
  const [front, back] = extremes(
    points.filter((point) => top - point[2] < aboveNeck).map((point) => point[1]),
  );
  return { top, middle: (front + back) / 2 };
}

/** But for a few that stand out. */
function extremes(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))] ?? 0;
  return [at(0.005), at(0.995)];
}

function middleOf(points: readonly Point[]): Point {
  const sum = [0, 0, 0];
  for (const point of points) point.forEach((value, axis) => (sum[axis] = (sum[axis] ?? 0) + value));
  const [x = 0, y = 0, z = 0] = sum.map((value) => value / points.length);
  return [x, y, z];
}
