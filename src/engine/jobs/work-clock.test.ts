import { expect, it } from 'vitest';
import { WorkClock } from './work-clock.ts';

function machine() {
  const time = { now: 1000, used: 50 };
  const clock = new WorkClock({ now: () => time.now, used: () => time.used });
  const pass = (milliseconds: number, share: number): number => {
    time.now += milliseconds;
    time.used += milliseconds * share;
    return clock.now();
  };
  return { clock, time, pass };
}

it('counts what passes, busy or waiting', () => {
  const { pass } = machine();
  expect(pass(100, 1)).toBe(100);
  expect(pass(5000, 0)).toBe(5100);
  // A long step on a machine that has much else to do.
  expect(pass(60_000, 0.1)).toBe(65_100);
});

it('leaves out a sleep that was announced', () => {
  const { clock, pass } = machine();
  pass(100, 1);
  clock.sleep();
  pass(3000, 0);
  clock.wake();
  expect(pass(50, 1)).toBe(150);
});

it('leaves out a sleep that nobody announced', () => {
  const { pass } = machine();
  expect(pass(8 * 3_600_000, 1e-6)).toBe(0);
  expect(pass(40, 1)).toBe(40);
});

it('never goes backwards', () => {
  const { time, clock, pass } = machine();
  pass(500, 1);
  time.now -= 400;
  expect(clock.now()).toBe(500);
  expect(pass(10, 1)).toBe(510);
});

it('tells those who follow it of sleep, until they no longer do', () => {
  const { clock } = machine();
  const heard: boolean[] = [];
  const leave = clock.follow((asleep) => heard.push(asleep));
  clock.sleep();
  clock.wake();
  leave();
  clock.sleep();
  expect(heard).toEqual([true, false]);
});
