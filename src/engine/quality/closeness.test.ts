import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../tables/table.ts';
import { takeRows } from '../tables/table.ts';
import { closerToTraining } from './closeness.ts';
import { finish } from './cooperate.ts';
import { countCopies } from './copies.ts';
import { createNeighbourIndex } from './neighbours.ts';
import { placeRows } from './points.ts';
import type { Points } from './points.ts';
import { category, makePeople, number } from './test-tables.ts';

function bruteForce(reference: Points, query: Points, row: number): number {
  let best = Infinity;
  for (let other = 0; other < reference.rows; other++) {
    let sum = 0;
    for (let column = 0; column < reference.width; column++) {
      const left = reference.values[other * reference.width + column] ?? 0;
      const right = query.values[row * reference.width + column] ?? 0;
      sum += Math.min(1, Math.abs(left - right));
    }
    best = Math.min(best, sum);
  }
  return best;
}

describe('nearest neighbours', () => {
  it('are exact, ties and repeated rows included', () => {
    const row = fc.tuple(
      fc.float({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(0, 1, 2),
      fc.constantFrom(0, 0.5, 2),
    );
    const points = fc.array(row, { minLength: 1, maxLength: 60 }).map((rows) => ({
      rows: rows.length,
      width: 3,
      values: Float32Array.from(rows.flat()),
    }));
    fc.assert(
      fc.property(points, points, (reference, queries) => {
        const index = finish(createNeighbourIndex(reference));
        for (let query = 0; query < queries.rows; query++) {
          expect(index.nearest(queries, query)).toBeCloseTo(bruteForce(reference, queries, query), 9);
        }
      }),
    );
  });

  it('lie where Gower puts them: ranks for numbers, one for a different category or null', () => {
    const fit = [number('n', 1, 2, 3, 4), category('c', 'a', 'a', 'b', null)];
    const [points] = finish(placeRows(fit, [fit]));
    const between = (left: number, right: number): number => {
      let sum = 0;
      for (let column = 0; column < 2; column++) {
        const difference =
          (points?.values[left * 2 + column] ?? 0) - (points?.values[right * 2 + column] ?? 0);
        sum += Math.min(1, Math.abs(difference));
      }
      return sum;
    };
    expect([between(0, 0), between(0, 1), between(1, 2), between(2, 3), between(0, 3)]).toEqual([
      0, 0.25, 1.25, 1.25, 1.75,
    ]);
    const nulls = finish(placeRows([number('n', 0, 1)], [[number('n', NaN, NaN, 0, 1)]]))[0]?.values ?? [];
    expect(Math.abs((nulls[0] ?? 0) - (nulls[1] ?? 0))).toBe(0);
    expect(
      Math.min(...[2, 3].map((row) => Math.abs((nulls[0] ?? 0) - (nulls[row] ?? 0)))),
    ).toBeGreaterThanOrEqual(1);
  });
});

describe('nearness to training rows', () => {
  const people = makePeople(6000, 1);
  const part = (from: number, to: number): Column[] =>
    takeRows(
      people,
      Uint32Array.from({ length: to - from }, (_, row) => from + row),
    ).columns;
  const [training, holdout, fresh] = [part(0, 2000), part(2000, 4000), part(4000, 6000)];

  it('is a half for fresh rows', () => {
    const share = finish(closerToTraining({ training, holdout, synthetic: fresh }, 1));
    expect(share).toBeGreaterThan(0.48);
    expect(share).toBeLessThan(0.54);
  });

  it('is near one for training rows, and below a half for holdout rows', () => {
    expect(finish(closerToTraining({ training, holdout, synthetic: training }, 1))).toBeGreaterThan(0.95);
    expect(finish(closerToTraining({ training, holdout, synthetic: holdout }, 1))).toBeLessThanOrEqual(0.5);
  });

  it('shows when part of the rows are copies', () => {
    const mixed = takeRows(
      people,
      Uint32Array.from({ length: 2000 }, (_, row) => (row % 4 === 0 ? row : 4000 + row)),
    ).columns;
    const share = finish(closerToTraining({ training, holdout, synthetic: mixed }, 1));
    expect(share).toBeGreaterThan(0.58);
    expect(share).toBeLessThan(0.7);
  });

  it('is a half where rows cannot be told apart', () => {
    const same = [category('c', 'a', 'a')];
    expect(finish(closerToTraining({ training: same, holdout: same, synthetic: same }, 1))).toBe(0.5);
  });
});

describe('copies', () => {
  it('are rows equal in every column, by value and name', () => {
    const training = [number('n', 1, 0, NaN, 5), category('c', 'a', 'b', null, 'b')];
    const others = [
      number('n', 1, -0, NaN, NaN, 5, 1, 1),
      category('c', 'a', 'b', null, 'b', 'a', 'new', 'a'),
    ];
    // Row 0, row 1 (−0 is 0), row 2 (nulls) and row 6 are copies.
    expect(finish(countCopies(training, others))).toBe(4);
  });

  it('are found among many rows, whatever the order', () => {
    const { columns } = makePeople(5000, 3);
    const backwards = takeRows(
      { rows: 5000, columns },
      Uint32Array.from({ length: 5000 }, (_, row) => 4999 - row),
    );
    expect(finish(countCopies(columns, backwards.columns))).toBe(5000);
    const shifted = backwards.columns.map((column) =>
      column.name === 'age' && column.type === 'number'
        ? { ...column, values: column.values.map((value) => value + 0.5) }
        : column,
    );
    expect(finish(countCopies(columns, shifted))).toBe(0);
  });
});
