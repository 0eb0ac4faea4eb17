import { describe, expect, it } from 'vitest';
import { ThreadChoice } from './thread-choice.ts';

/** Runs with the given times per way and returns how often each was taken. */
function play(choice: ThreadChoice, times: readonly number[], runs: number): number[] {
  const taken = times.map(() => 0);
  for (let run = 0; run < runs; run++) {
    const way = choice.next();
    taken[way] = (taken[way] ?? 0) + 1;
    choice.report(way, times[way] ?? NaN);
  }
  return taken;
}

describe('the choice of threads', () => {
  it('takes the faster way nearly always', () => {
    const [slow = 0, fast = 0] = play(new ThreadChoice(2), [10, 6], 1000);
    expect(fast / (slow + fast)).toBeGreaterThan(0.95);
  });

  it('hardly tries a way that was many times slower', () => {
    const [fast = 0, slow = 0] = play(new ThreadChoice(2), [10, 200], 2000);
    expect(slow).toBeLessThan(12);
    expect(fast).toBeGreaterThan(1980);
  });

  it('changes when the machine does', () => {
    const choice = new ThreadChoice(2);
    play(choice, [10, 6], 300);
    const [one = 0, two = 0] = play(choice, [12, 60], 300);
    expect(one).toBeGreaterThan(two * 5);
    const [, again = 0] = play(choice, [10, 6], 3000);
    expect(again).toBeGreaterThan(1500);
  });

  it('has nothing to choose with one way', () => {
    expect(play(new ThreadChoice(1), [5], 10)).toEqual([10]);
  });
});
