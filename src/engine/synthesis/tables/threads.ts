import { threadCounts } from '../../compute/device.ts';

/**
 * Threads of the step against the critic, whose sums over rows are split between threads, and rounded, by their number:
 * with one, the same seed gives the same bits whatever the machine has and does. And of the generator where rows are
 * written, as the machine's other cores decode and write them. The other programs of the table GAN give the same bits
 * with any number of threads (a test holds them to it) and take as many as are worth while.
 */
export const oneThread = 1;

/** Threads that draw the rows of a large sample. More than a few wait for the one that decodes what they draw. */
export function drawingThreads(): number {
  return Math.min(8, Math.max(...threadCounts()));
}
