import { expect, it } from 'vitest';
import { fittingBatch, halvedBatch, isOutOfMemory } from './out-of-memory.ts';

it('takes fewer rows at a time the wider a table is, and never too few', () => {
  expect(fittingBatch(1000, 15, 64)).toBe(1000);
  expect(fittingBatch(1000, 60, 256)).toBe(1000);
  const wide = fittingBatch(1000, 240, 256);
  expect(wide).toBeLessThan(1000);
  expect(Math.abs(fittingBatch(1000, 480, 256) - wide / 2)).toBeLessThan(1);
  expect(fittingBatch(1000, 100_000, 256)).toBe(32);
  expect(fittingBatch(16, 100_000, 256)).toBe(16);
});

it('halves a batch until too few rows would be left', () => {
  expect(halvedBatch(1000)).toBe(500);
  expect(halvedBatch(33)).toBe(16);
  expect(() => halvedBatch(31)).toThrow(expect.objectContaining({ code: 'compute/out-of-memory' }));
});

it('tells a want of memory from other failures', () => {
  expect(isOutOfMemory(new RangeError('Array buffer allocation failed'))).toBe(true);
  expect(isOutOfMemory(new RangeError('Invalid array length'))).toBe(false);
  expect(isOutOfMemory(new Error('allocation failed'))).toBe(false);
});
