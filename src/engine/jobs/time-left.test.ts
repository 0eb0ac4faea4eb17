import { describe, expect, it } from 'vitest';
import { TimeLeft } from './time-left.ts';

/** Estimates over a run of `seconds` whose progress is `at(second)`. */
function estimates(seconds: number, at: (second: number) => number | null): (number | null)[] {
  let now = 0;
  const timeLeft = new TimeLeft(() => now * 1000);
  return Array.from({ length: seconds }, (_, second) => {
    now = second;
    return timeLeft.update(at(second));
  });
}

describe('the time left', () => {
  it('says nothing at first, then counts down steadily at a steady pace', () => {
    const left = estimates(100, (second) => second / 100);
    expect(left.slice(0, 2)).toEqual([null, null]);
    for (let second = 5; second < 100; second++) {
      expect(Math.abs((left[second] ?? 0) - (100 - second))).toBeLessThanOrEqual(1);
    }
  });

  it('does not jump when the pace stutters', () => {
    const left = estimates(200, (second) => (Math.floor(second / 3) * 3) / 200);
    for (let second = 12; second < 199; second++) {
      const change = (left[second] ?? 0) - (left[second - 1] ?? 0);
      expect(change).toBeLessThan(25);
      expect(change).toBeGreaterThan(-25);
    }
    expect(Math.abs((left[150] ?? 0) - 50)).toBeLessThan(15);
  });

  it('follows a pace that halves', () => {
    const left = estimates(150, (second) => (second < 50 ? second / 100 : 0.5 + (second - 50) / 200));
    expect(Math.abs((left[120] ?? 0) - 30)).toBeLessThan(6);
  });

  it('falls silent while progress is unknown and starts over after it', () => {
    const left = estimates(60, (second) =>
      second < 10 ? second / 20 : second < 20 ? null : (second - 20) / 40,
    );
    expect(left[15]).toBeNull();
    expect(left[21]).toBeNull();
    expect(Math.abs((left[50] ?? 0) - 10)).toBeLessThanOrEqual(2);
  });
});
