import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lowerBound, upperBound } from './sorted.ts';

it('counts the elements below a value, and those up to it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 })),
      fc.integer({ min: -6, max: 6 }),
      (numbers, value) => {
        for (const sorted of [Float64Array.from(numbers).sort(), Float32Array.from(numbers).sort()]) {
          expect(lowerBound(sorted, value)).toBe(numbers.filter((each) => each < value).length);
          expect(upperBound(sorted, value)).toBe(numbers.filter((each) => each <= value).length);
        }
      },
    ),
  );
});
