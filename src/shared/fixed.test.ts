import { expect, it } from 'vitest';
import { fixed } from './fixed.ts';

it('writes a real minus, and none before a zero', () => {
  expect(fixed(-0.25, 2)).toBe('−0.25');
  expect(fixed(-0.0004, 3)).toBe('0.000');
  expect(fixed(-0, 0)).toBe('0');
  expect(fixed(0.9649, 3)).toBe('0.965');
});
