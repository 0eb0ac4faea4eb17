import { expect, it } from 'vitest';
import { place } from './scale.ts';

it('place stays on the scale', () => {
  expect(place(0.75, 0.5, 1)).toBe(0.5);
  expect(place(0.2, 0.5, 1)).toBe(0);
  expect(place(1.2, 0.5, 1)).toBe(1);
  expect(place(1, 1, 1)).toBe(0);
});
