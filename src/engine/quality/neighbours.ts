import { lowerBound } from '../tables/sorted.ts';
import type { Work } from './cooperate.ts';
import type { Points } from './points.ts';

/** Rows whose distances to all others are kept, to rule out most candidates without looking at them. */
const pivots = 6;
/** Slack for rounding when ruling out. */
const epsilon = 1e-4;

export interface NeighbourIndex {
  /** Distance of a row of `queries` to the nearest row of the index; Infinity where it is empty. */
  nearest(queries: Points, row: number): number;
}

/**
 * Exact nearest neighbours under the sum of min(1, |difference|), by pivots (LAESA: Micó, Oncina and Vidal, 1994).
 * By the triangle inequality a row is no nearer than the difference of the two distances to any pivot. Rows are
 * kept in the order of their distance to the first pivot and searched outwards from the query's own, so the search
 * ends as soon as that difference alone exceeds the best; sums are abandoned once they do.
 */
export function* createNeighbourIndex(points: Points): Work<NeighbourIndex> {
  const { rows, width } = points;
  const chosen = yield* choosePivots(points);
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  const first = chosen[0]?.distances ?? new Float32Array(0);
  order.sort((a, b) => first[a]! - first[b]! || a - b);
  yield 0;
  // Everything is laid out in search order, so that neighbours in the search are neighbours in memory.
  const values = new Float32Array(rows * width);
  const toPivots = new Float32Array(rows * chosen.length);
  for (let place = 0; place < rows; place++) {
    const row = order[place]!;
    for (let column = 0; column < width; column++) {
      values[place * width + column] = points.values[row * width + column]!;
    }
    for (let pivot = 0; pivot < chosen.length; pivot++) {
      toPivots[place * chosen.length + pivot] = chosen[pivot]!.distances[row]!;
    }
    if (place % 4096 === 0) yield 0;
  }
  const sortedFirst = Float32Array.from(order, (row) => first[row]!);
  const fromQuery = new Float64Array(chosen.length);

  function consider(place: number, query: Points, at: number, best: number): number {
    const limit = best + epsilon;
    const base = place * chosen.length;
    for (let pivot = 1; pivot < chosen.length; pivot++) {
      if (Math.abs(fromQuery[pivot]! - toPivots[base + pivot]!) > limit) return best;
    }
    let sum = 0;
    const start = place * width;
    for (let column = 0; column < width; column++) {
      const difference = Math.abs(values[start + column]! - query.values[at + column]!);
      sum += difference < 1 ? difference : 1;
      if (sum >= best) return best;
    }
    return sum;
  }

  return {
    nearest(queries, row) {
      if (rows === 0) return Infinity;
      const at = row * width;
      chosen.forEach(({ row: pivot }, index) => {
        fromQuery[index] = distance(points.values, pivot * width, queries.values, at, width);
      });
      const own = fromQuery[0]!;
      let up = lowerBound(sortedFirst, own);
      let down = up - 1;
      let best = Infinity;
      while (best > 0) {
        const above = up < rows ? sortedFirst[up]! - own : Infinity;
        const below = down >= 0 ? own - sortedFirst[down]! : Infinity;
        const bound = Math.min(above, below);
        if (bound === Infinity || bound > best + epsilon) break;
        best = above <= below ? consider(up++, queries, at, best) : consider(down--, queries, at, best);
      }
      return best;
    },
  };
}

function distance(left: Float32Array, i: number, right: Float32Array, j: number, width: number): number {
  let sum = 0;
  for (let column = 0; column < width; column++) {
    const difference = Math.abs(left[i + column]! - right[j + column]!);
    sum += difference < 1 ? difference : 1;
  }
  return sum;
}

interface Pivot {
  row: number;
  distances: Float32Array;
}

/** Pivots far from each other: each the row farthest from those already chosen. */
function* choosePivots({ rows, width, values }: Points): Work<Pivot[]> {
  const chosen: Pivot[] = [];
  const nearest = new Float32Array(rows).fill(Infinity);
  let next = 0;
  while (chosen.length < Math.min(pivots, rows)) {
    const pivot = next;
    const distances = new Float32Array(rows);
    for (let row = 0; row < rows; row++) {
      const apart = distance(values, pivot * width, values, row * width, width);
      distances[row] = apart;
      nearest[row] = Math.min(nearest[row]!, apart);
      if (nearest[row]! > nearest[next]!) next = row;
    }
    chosen.push({ row: pivot, distances });
    yield 0;
    if (nearest[next] === 0) break;
  }
  return chosen;
}
