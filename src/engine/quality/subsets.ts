import { createDraws } from '../tables/draws.ts';

/** Pairs of up to 100 columns are all measured, triples of up to 25; beyond that a sample of as many. */
export const maxPairs = 4950;
export const maxTriples = 2300;

/** Every pair a < b of `columns` columns, or a seeded sample of `limit` of them, in ascending order. */
export function choosePairs(columns: number, limit = maxPairs): [number, number][] {
  const total = (columns * (columns - 1)) / 2;
  const pairs: [number, number][] = [];
  if (total <= limit) {
    for (let a = 0; a < columns; a++) for (let b = a + 1; b < columns; b++) pairs.push([a, b]);
    return pairs;
  }
  return sampleSubsets(columns, 2, limit).map(([a = 0, b = 0]) => [a, b]);
}

/** Every triple a < b < c of `columns` columns, or a seeded sample of `limit` of them, in ascending order. */
export function chooseTriples(columns: number, limit = maxTriples): [number, number, number][] {
  const total = (columns * (columns - 1) * (columns - 2)) / 6;
  const triples: [number, number, number][] = [];
  if (total <= limit) {
    for (let a = 0; a < columns; a++) {
      for (let b = a + 1; b < columns; b++) for (let c = b + 1; c < columns; c++) triples.push([a, b, c]);
    }
    return triples;
  }
  return sampleSubsets(columns, 3, limit).map(([a = 0, b = 0, c = 0]) => [a, b, c]);
}

/**
 * Distinct subsets drawn uniformly. The seed is fixed: every score of a table with as many columns looks at the
 * same subsets, so that two models can be compared.
 */
function sampleSubsets(columns: number, size: number, limit: number): number[][] {
  const draws = createDraws(20_240_229);
  const chosen = new Map<string, number[]>();
  while (chosen.size < limit) {
    const members = new Set<number>();
    while (members.size < size) members.add(draws.integer(columns));
    const subset = [...members].sort((a, b) => a - b);
    chosen.set(subset.join(), subset);
  }
  return [...chosen.values()].sort(compareSubsets);
}

function compareSubsets(left: number[], right: number[]): number {
  for (let index = 0; index < left.length; index++) {
    const difference = left[index]! - right[index]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
