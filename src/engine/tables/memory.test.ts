import { freemem } from 'node:os';
import { expect, it } from 'vitest';
import { allowMemory, memoryAtHand, rowsThatFit } from './memory.ts';

const gigabyte = 2 ** 30;

it('takes as many rows as fit in a third of the memory, in round numbers', () => {
  expect(rowsThatFit({ numbers: 12, categories: 0 }, 2 * gigabyte)).toBe(2_000_000);
  expect(rowsThatFit({ numbers: 12, categories: 0 }, 1.9 * gigabyte)).toBe(1_000_000);
  expect(rowsThatFit({ numbers: 0, categories: 12 }, 2 * gigabyte)).toBe(2_000_000);
  expect(rowsThatFit({ numbers: 300, categories: 0 }, 8 * gigabyte)).toBe(200_000);
});

it('never takes fewer than are worth learning from, nor more than are learned from in hours', () => {
  expect(rowsThatFit({ numbers: 5000, categories: 0 }, 0)).toBe(10_000);
  expect(rowsThatFit({ numbers: 1, categories: 0 }, 1024 * gigabyte)).toBe(10_000_000);
});

it('counts no more than the machine has free', () => {
  expect(memoryAtHand()).toBeGreaterThan(0);
  if (process.platform === 'linux') expect(memoryAtHand()).toBeLessThanOrEqual(freemem() * 1.2);
});

it('counts no more than is allowed, what is in use already included', () => {
  try {
    allowMemory(process.memoryUsage.rss() + 2 ** 28);
    expect(memoryAtHand()).toBeLessThan(2 ** 29);
    allowMemory(1);
    expect(memoryAtHand()).toBe(0);
  } finally {
    allowMemory(Infinity);
  }
});
