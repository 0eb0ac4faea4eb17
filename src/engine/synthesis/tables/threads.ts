/**
 * Threads of every program of the table GAN. With one, the same seed gives the same bits whatever the machine has and
 * does: sums over stacked rows in the step against the critic are split between threads, and rounded, by their
 * number. The machine's other cores prepare, decode and write, and keep the window alive.
 */
export const threads = 1;
