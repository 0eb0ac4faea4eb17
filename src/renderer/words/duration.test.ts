import { describe, expect, it } from 'vitest';
import { clock, duration, when } from './duration.ts';

describe('duration', () => {
  it.each([
    [0.2, 'under a second'],
    [-4, 'under a second'],
    [12.4, '12 s'],
    [59.6, '1 min'],
    [60, '1 min'],
    [245, '4 min 5 s'],
    [3600, '1 h'],
    [4800, '1 h 20 min'],
  ])('%s s is "%s"', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});

describe('clock', () => {
  it.each([
    [0, '0:00'],
    [7, '0:07'],
    [724, '12:04'],
    [3729, '1:02:09'],
  ])('%s s shows %s', (seconds, shown) => {
    expect(clock(seconds)).toBe(shown);
  });
});

describe('when', () => {
  const now = new Date(2026, 4, 12, 15, 0, 0);

  it('is near for the near past and a date for the far', () => {
    expect(when(new Date(2026, 4, 12, 14, 59, 40).toISOString(), now)).toBe('just now');
    expect(when(new Date(2026, 4, 12, 14, 55, 0).toISOString(), now)).toBe('5 min ago');
    expect(when(new Date(2026, 4, 12, 9, 5, 0).toISOString(), now)).toBe('today 09:05');
    expect(when(new Date(2026, 3, 2, 9, 5, 0).toISOString(), now)).toBe('2 Apr 2026');
  });

  it('says nothing of what is no date', () => {
    expect(when('yesterday', now)).toBe('');
  });
});
