/**
 * A few steps of a program, or of several that share their state, to be taken on any device: how a device is tried before
 * it is trusted.
 */
import { runsEagerly } from '../../../shared/device-names.ts';
import type { DeviceName } from '../../../shared/device-names.ts';
import { threadCounts } from '../device.ts';
import { deviceFailed, GraphExecutor, type Executor } from '../executor.ts';
import type { Body } from '../program.ts';
import type { Numbers, Slot, StateSlot } from '../slots.ts';
import { Variables } from '../variables.ts';

/** One program of a trial. */
export interface TrialProgram {
  /** ONNX, for the CPU and for the other devices. */
  readonly model: Uint8Array;
  readonly deviceModel: Uint8Array;
  readonly inputs: readonly Slot[];
  readonly state: readonly StateSlot[];
  readonly outputs: readonly Slot[];
  /** Threads of the CPU to choose from. */
  readonly threads: readonly number[];
  /** What the program is made from, for devices that run it as it is written; undefined: they cannot be tried. */
  readonly recipe?: unknown;
}

/** Plain data: it goes to another process. */
export interface Trial {
  /** They share the variables that have the same names. */
  readonly programs: readonly TrialProgram[];
  /** The state to begin with; what is absent begins as zeros. */
  readonly start: Readonly<Record<string, Numbers>>;
  /** The steps that are compared: by their place which program takes it, and its inputs. */
  readonly steps: readonly { readonly program: number; readonly inputs: Readonly<Record<string, Numbers>> }[];
}

/** Several trials as one: the steps of each after those before. Of variables with the same names, the first's start. */
export function oneAfterAnother(trials: readonly Trial[]): Trial {
  let before = 0;
  const steps = trials.flatMap((trial) => {
    const first = before;
    before += trial.programs.length;
    return trial.steps.map(({ program, inputs }) => ({ program: first + program, inputs }));
  });
  return {
    programs: trials.flatMap(({ programs }) => programs),
    start: Object.assign({}, ...trials.map(({ start }) => start).reverse()) as Trial['start'],
    steps,
  };
}

export interface TrialResult {
  /** After the steps. */
  readonly state: Readonly<Record<string, Numbers>>;
  /** Of each step. */
  readonly outputs: readonly Readonly<Record<string, Numbers>>[];
  /** Of one step: the median of each program's, each as often as it is among the steps. */
  readonly milliseconds: number;
  /** Until the first step was over. */
  readonly loading: number;
}

/** Makes a program anew from the recipe of a trial, in the process that tries it; undefined for one it does not know. */
export type Cook = (recipe: unknown) => Promise<Body | undefined>;

/** Steps of each program that are timed after those compared, and how long all may take together. */
const timedSteps = 30;
const timedMilliseconds = 1500;

/**
 * Takes the steps and times some more of the same.
 *
 * @param hopeless Milliseconds of a step beyond which there is no use in going on: the result then holds no state.
 * @throws AppError `compute/device-failed` or `compute/failed`.
 */
export async function runTrial(
  trial: Trial,
  device: DeviceName,
  hopeless = Infinity,
  cook?: Cook,
): Promise<TrialResult | { readonly hopeless: number }> {
  const began = performance.now();
  const executors: Executor[] = [];
  try {
    for await (const executor of open(trial.programs, device, cook)) executors.push(executor);
    for (const executor of executors) executor.writeState(trial.start);
    const outputs: Record<string, Numbers>[] = [];
    const ready = new Set<number>();
    let loading = 0;
    for (const { program, inputs } of trial.steps) {
      const { results, milliseconds } = await timed(executors[program], inputs);
      outputs.push(
        Object.fromEntries(Object.entries(results).map(([name, values]) => [name, values.slice()])),
      );
      if (outputs.length === 1) loading = performance.now() - began;
      // The first step of a program makes ready what later ones use.
      if (ready.has(program) && milliseconds > hopeless) return { hopeless: milliseconds };
      ready.add(program);
    }
    const state: Record<string, Numbers> = {};
    for (const executor of executors) Object.assign(state, await executor.readState());
    return { state, outputs, milliseconds: await usualMilliseconds(trial, executors), loading };
  } finally {
    for (const executor of executors) await executor.dispose();
  }
}

/** What a step usually takes, after all that are compared. */
async function usualMilliseconds({ steps }: Trial, executors: readonly Executor[]): Promise<number> {
  const programs = executors.map((executor, index) => {
    const own = steps.filter(({ program }) => program === index);
    const times: number[] = [];
    return { executor, times, inputs: own.at(-1)?.inputs, share: own.length / steps.length };
  });
  const start = performance.now();
  for (let count = 0; count < timedSteps && performance.now() - start < timedMilliseconds; count++) {
    for (const { executor, times, inputs } of programs) {
      if (inputs) times.push((await timed(executor, inputs)).milliseconds);
    }
  }
  return programs.reduce((sum, { times, share }) => (share > 0 ? sum + share * median(times) : sum), 0);
}

async function* open(
  programs: readonly TrialProgram[],
  device: DeviceName,
  cook: Cook | undefined,
): AsyncGenerator<Executor> {
  if (!runsEagerly(device)) {
    const variables = new Variables();
    for (const program of programs) {
      const onCpu = device === 'cpu';
      const threads = onCpu ? program.threads : threadCounts();
      const model = onCpu ? program.model : program.deviceModel;
      yield await GraphExecutor.open(model, program, { device, threads }, variables);
    }
    return;
  }
  // TensorFlow.js takes a while to load, and the other devices need none of it.
  const { EagerExecutor } = await import('../eager/eager-executor.ts');
  const { TensorVariables } = await import('../eager/tensor-variables.ts');
  const variables = new TensorVariables();
  for (const program of programs) {
    const body = await cook?.(program.recipe);
    if (!body) throw deviceFailed(device, new Error('It is not known how to make the program again.'));
    yield new EagerExecutor(body, program, variables);
  }
}

async function timed(
  executor: Executor | undefined,
  inputs: Readonly<Record<string, Numbers>>,
): Promise<{ results: Record<string, Numbers>; milliseconds: number }> {
  if (!executor) throw new Error('A step of a program that is none of the trial.');
  const start = performance.now();
  const results = await executor.run(inputs);
  return { results, milliseconds: performance.now() - start };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Infinity;
}
