import fc from 'fast-check';
import { expect, test } from 'vitest';
import { solved } from './solve.ts';

const entry = fc.double({ min: -5, max: 5, noNaN: true });

test('what a system was made from is found again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(entry, { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 }),
      fc.array(entry, { minLength: 4, maxLength: 4 }),
      (rows, wanted) => {
        // AᵀA + I is symmetric and positive definite.
        const matrix = rows.map((_, i) =>
          rows.map((_row, j) =>
            rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), i === j ? 1 : 0),
          ),
        );
        const right = matrix.map((row) => row.reduce((sum, value, j) => sum + value * (wanted[j] ?? 0), 0));
        solved(matrix, right)?.forEach((value, i) => {
          expect(value).toBeCloseTo(wanted[i] ?? 0, 6);
        });
        expect(solved(matrix, right)).toHaveLength(4);
      },
    ),
  );
});

test('a system that is not positive definite has no answer', () => {
  expect(
    solved(
      [
        [1, 0],
        [2, 1],
      ],
      [1, 1],
    ),
  ).toBeUndefined();
});
