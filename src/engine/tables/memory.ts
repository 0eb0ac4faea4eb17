/** How much memory there is, and how many rows of a table it takes. */
import { freemem, totalmem } from 'node:os';

let allowed = Infinity;

/** From now on this process counts on no more than so many bytes in all. */
export function allowMemory(bytes: number): void {
  allowed = bytes;
}

/**
 * Bytes this process can still use: of what the machine has free, of what its control group leaves it, and of what it is
 * allowed.
 */
export function memoryAtHand(): number {
  // macOS calls free what nothing has ever used.
  const machine = process.platform === 'darwin' ? totalmem() / 2 : freemem();
  const limit = process.constrainedMemory();
  // Without a limit it is 0, or more than there is. What a group has in the file cache does not count against it.
  const group = limit > 0 && limit < totalmem() ? limit : Infinity;
  return Math.max(0, Math.min(machine, Math.min(group, allowed) - process.memoryUsage.rss()));
}

/** Share of the memory at hand that rows may take; the rest is for what reads them and for the network. */
const shareForRows = 0.35;
/** No training gets through more in its time. */
const mostRows = 10_000_000;
const fewestRows = 10_000;

/** Columns to be held in memory, by their type. */
export interface Held {
  numbers: number;
  categories: number;
}

/**
 * Rows that can be learned from in `memory` bytes (1, 2 or 5 times a power of ten, so that a little more or less memory
 * makes no other result). Counts the table and its division into rows to learn from and rows set aside, their classes,
 * and what scoring needs: 360 bytes for twelve numbers.
 */
export function rowsThatFit({ numbers, categories }: Held, memory = memoryAtHand()): number {
  const cells = numbers + categories;
  const bytes = 2.2 * (8 * numbers + 4 * categories) + 7 * cells + 64;
  return Math.min(mostRows, Math.max(fewestRows, roundedDown((memory * shareForRows) / bytes)));
}

function roundedDown(count: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))));
  const first = [5, 2, 1].find((digit) => digit * power <= count) ?? 1;
  return first * power;
}
