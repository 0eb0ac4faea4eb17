/** Points moved, turned and stretched along the axes. */
import type { Point } from './slice-geometry.ts';

type Row = readonly [number, number, number, number];
/** Three rows of four numbers, in mm. */
export type Affine = readonly [Row, Row, Row];

/** Turns about x, y and z in radians, moves in mm, logarithms of stretches. */
export type Parameters = readonly number[];

/** What takes the centre to the target, and turns and stretches about it. */
export function affineOf(parameters: Parameters, centre: Point, target: Point): Affine {
  const [a = 0, b = 0, c = 0] = parameters;
  const [sinA, cosA, sinB, cosB, sinC, cosC] = [a, b, c].flatMap((turn) => [Math.sin(turn), Math.cos(turn)]);
  const turned = turnsOf([sinA ?? 0, cosA ?? 1], [sinB ?? 0, cosB ?? 1], [sinC ?? 0, cosC ?? 1]);
  const row = (axis: 0 | 1 | 2): Row => {
    const stretch = Math.exp(parameters[6 + axis] ?? 0);
    const [x, y, z] = turned[axis];
    const [p, q, r] = [x * stretch, y * stretch, z * stretch];
    const moved = target[axis] + (parameters[3 + axis] ?? 0);
    return [p, q, r, moved - p * centre[0] - q * centre[1] - r * centre[2]];
  };
  return [row(0), row(1), row(2)];
}

type Turn = readonly [sin: number, cos: number];

/** About z, then y, then x. */
function turnsOf([sa, ca]: Turn, [sb, cb]: Turn, [sc, cc]: Turn): readonly [Point, Point, Point] {
  return [
    [cb * cc, -cb * sc, sb],
    [ca * sc + sa * sb * cc, ca * cc - sa * sb * sc, -sa * cb],
    [sa * sc - ca * sb * cc, sa * cc + ca * sb * sc, ca * cb],
  ];
}

export function moved([first, second, third]: Affine, [x, y, z]: Point): Point {
  return [
    first[0] * x + first[1] * y + first[2] * z + first[3],
    second[0] * x + second[1] * y + second[2] * z + second[3],
    third[0] * x + third[1] * y + third[2] * z + third[3],
  ];
}
