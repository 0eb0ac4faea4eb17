import type { Numbers } from '../slots.ts';
import type { Trial, TrialResult } from './trial.ts';

/**
 * How far a device may be from the CPU: see `deviation`. Adam divides each gradient by its own size, so that rounding in
 * the smallest shows in the parameters: four steps of the table GAN leave 0.01 there and a millionth in the moments, and
 * those of a convolutional discriminator 0.065, where single kernels are off by a millionth (docs/compute.md). Products of
 * 10 bits (TF32) leave 0.06 to 0.24, a kernel that computes something else more.
 */
export const tolerance = 0.1;

/**
 * How far a device's steps are from those of the CPU, 0 for the same: the largest of
 * - for every variable, the distance between the two after the steps over the distance the CPU has moved it
 *   (2-norms), and
 * - for every output of every step, the largest difference over its largest magnitude (one, where that is less).
 * Infinity where the device computes what is not a number.
 */
export function deviation(trial: Trial, cpu: TrialResult, device: TrialResult): number {
  let worst = 0;
  const changed = new Set(
    trial.programs.flatMap(({ state }) =>
      state.filter(({ next }) => next !== undefined).map(({ name }) => name),
    ),
  );
  for (const name of changed) {
    const [expected, actual] = [cpu.state[name], device.state[name]];
    if (expected) worst = Math.max(worst, strayed(expected, actual, trial.start[name]));
  }
  cpu.outputs.forEach((expected, step) => {
    for (const [name, values] of Object.entries(expected)) {
      worst = Math.max(worst, apart(values, device.outputs[step]?.[name]));
    }
  });
  return worst;
}

/** Distances below this share of a variable's own length are rounding, however little it has moved. */
const rounding = 1e-5;

function strayed(expected: Numbers, actual: Numbers | undefined, start: Numbers | undefined): number {
  if (actual?.length !== expected.length) return Infinity;
  let off = 0;
  let moved = 0;
  let length = 0;
  for (let at = 0; at < expected.length; at++) {
    off += (actual[at]! - expected[at]!) ** 2;
    moved += (expected[at]! - (start?.[at] ?? 0)) ** 2;
    length += expected[at]! ** 2;
  }
  if (!Number.isFinite(off)) return Infinity;
  return off === 0 ? 0 : Math.sqrt(off) / Math.max(Math.sqrt(moved), rounding * Math.sqrt(length));
}

function apart(expected: Numbers, actual: Numbers | undefined): number {
  if (actual?.length !== expected.length) return Infinity;
  let off = 0;
  let largest = 1;
  for (let at = 0; at < expected.length; at++) {
    const difference = Math.abs(actual[at]! - expected[at]!);
    if (Number.isNaN(difference)) return Infinity;
    off = Math.max(off, difference);
    largest = Math.max(largest, Math.abs(expected[at]!));
  }
  return off / largest;
}
