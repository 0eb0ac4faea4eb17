import { expect, it } from 'vitest';
import { timeAfter } from './time-after.ts';

const noon = Date.UTC(2026, 4, 12, 12);

it('is now where the clock goes on', () => {
  expect(timeAfter(null, noon)).toBe('2026-05-12T12:00:00.000Z');
  expect(timeAfter('2026-05-12T11:59:59.000Z', noon)).toBe('2026-05-12T12:00:00.000Z');
  expect(timeAfter('no time', noon)).toBe('2026-05-12T12:00:00.000Z');
});

it('goes on from the newest where the clock was set back, or stands still', () => {
  expect(timeAfter('2027-01-01T00:00:00.000Z', noon)).toBe('2027-01-01T00:00:00.001Z');
  expect(timeAfter('2026-05-12T12:00:00.000Z', noon)).toBe('2026-05-12T12:00:00.001Z');
});
