/** How long a training step takes. */
import type { CompileOptions, Specs } from '../../src/engine/compute/compile.ts';

export type StepOptions = Pick<CompileOptions<Specs, Specs>, 'threads' | 'profile'>;

export interface MeasuredStep {
  /** Compiles the step; each run of it returns its loss. */
  open(options: StepOptions): Promise<{ run(): Promise<number>; dispose(): Promise<void> }>;
}

export interface StepTimes {
  compileMs: number;
  /** Median of the steps. */
  stepMs: number;
  first: number;
  last: number;
}

/** `SEMBLANCE_PROFILE` names where the runtime's own profile of every node goes. */
export async function medianStep(step: MeasuredStep, steps: number, threads?: number): Promise<StepTimes> {
  const profile = process.env.SEMBLANCE_PROFILE;
  const began = performance.now();
  const opened = await step.open({
    ...(threads !== undefined && { threads }),
    ...(profile !== undefined && { profile }),
  });
  const compileMs = performance.now() - began;
  const first = await opened.run();
  let last = first;
  for (let warm = 0; warm < 5; warm++) last = await opened.run();
  const times: number[] = [];
  for (let count = 0; count < steps; count++) {
    const before = performance.now();
    last = await opened.run();
    times.push(performance.now() - before);
  }
  await opened.dispose();
  return { compileMs, stepMs: times.toSorted((a, b) => a - b)[steps >> 1] ?? NaN, first, last };
}
