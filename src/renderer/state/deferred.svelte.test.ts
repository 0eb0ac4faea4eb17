import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Deferred } from './deferred.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function thing() {
  return { text: () => 'done', undo: vi.fn(), commit: vi.fn(() => Promise.resolve()) };
}

it('does it for good once the time is over', () => {
  const deferred = new Deferred();
  const one = thing();
  deferred.offer(one);
  vi.advanceTimersByTime(9_000);
  expect(one.commit).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2_000);
  expect(one.commit).toHaveBeenCalledOnce();
  expect(deferred.current).toBeNull();
  deferred.undo();
  expect(one.undo).not.toHaveBeenCalled();
});

it('takes it back', () => {
  const deferred = new Deferred();
  const one = thing();
  deferred.offer(one);
  deferred.undo();
  vi.advanceTimersByTime(60_000);
  expect(one.undo).toHaveBeenCalledOnce();
  expect(one.commit).not.toHaveBeenCalled();
});

it('settles the one before when another comes', () => {
  const deferred = new Deferred();
  const [one, two] = [thing(), thing()];
  deferred.offer(one);
  deferred.offer(two);
  expect(one.commit).toHaveBeenCalledOnce();
  deferred.undo();
  expect(two.undo).toHaveBeenCalledOnce();
  expect(one.undo).not.toHaveBeenCalled();
});
