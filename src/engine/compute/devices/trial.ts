/** A few steps of a program, to be taken on any device: how a device is tried before it is trusted. */
import { runsEagerly } from '../../../shared/devices.ts';
import type { DeviceName } from '../../../shared/devices.ts';
import { threadCounts } from '../device.ts';
import type { Body } from '../eager/eager-executor.ts';
import { deviceFailed, GraphExecutor, type Executor } from '../executor.ts';
import type { Numbers, Slot, StateSlot } from '../slots.ts';

/** Plain data: it goes to another process. */
export interface Trial {
  /** ONNX, for the CPU and for the other devices. */
  readonly model: Uint8Array;
  readonly deviceModel: Uint8Array;
  readonly inputs: readonly Slot[];
  readonly state: readonly StateSlot[];
  readonly outputs: readonly Slot[];
  /** Threads of the CPU to choose from. */
  readonly threads: readonly number[];
  /** The state to begin with; what is absent begins as zeros. */
  readonly start: Readonly<Record<string, Numbers>>;
  /** What the program is made from, for devices that run it as it is written; undefined: they cannot be tried. */
  readonly recipe?: unknown;
  /** Inputs of each step that is compared. */
  readonly steps: readonly Readonly<Record<string, Numbers>>[];
}

export interface TrialResult {
  /** After the steps. */
  readonly state: Readonly<Record<string, Numbers>>;
  /** Of each step. */
  readonly outputs: readonly Readonly<Record<string, Numbers>>[];
  /** Median of one step. */
  readonly milliseconds: number;
  /** Until the first step was over. */
  readonly loading: number;
}

/** Makes a program anew from the recipe of a trial, in the process that tries it; undefined for one it does not know. */
export type Cook = (recipe: unknown) => Promise<Body | undefined>;

/** Steps that are timed after those compared, and how long they may take together. */
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
  const executor = await open(trial, device, cook);
  try {
    executor.writeState(trial.start);
    const outputs: Record<string, Numbers>[] = [];
    let loading = 0;
    for (const [index, inputs] of trial.steps.entries()) {
      const { results, milliseconds } = await timed(executor, inputs);
      outputs.push(
        Object.fromEntries(Object.entries(results).map(([name, values]) => [name, values.slice()])),
      );
      // The first step makes ready what later ones use.
      if (index === 0) loading = performance.now() - began;
      else if (milliseconds > hopeless) return { hopeless: milliseconds };
    }
    const state = await executor.readState();
    const times: number[] = [];
    const last = trial.steps.at(-1) ?? {};
    const start = performance.now();
    while (times.length < timedSteps && performance.now() - start < timedMilliseconds) {
      times.push((await timed(executor, last)).milliseconds);
    }
    return { state, outputs, milliseconds: median(times), loading };
  } finally {
    await executor.dispose();
  }
}

async function open(trial: Trial, device: DeviceName, cook: Cook | undefined): Promise<Executor> {
  if (!runsEagerly(device)) {
    const threads = device === 'cpu' ? trial.threads : threadCounts();
    return GraphExecutor.open(device === 'cpu' ? trial.model : trial.deviceModel, trial, { device, threads });
  }
  const body = await cook?.(trial.recipe);
  if (!body) throw deviceFailed(device, new Error('It is not known how to make the program again.'));
  // TensorFlow.js takes a while to load, and the other devices need none of it.
  const { EagerExecutor } = await import('../eager/eager-executor.ts');
  const { TensorVariables } = await import('../eager/tensor-variables.ts');
  return new EagerExecutor(body, trial, new TensorVariables());
}

async function timed(
  executor: Executor,
  inputs: Readonly<Record<string, Numbers>>,
): Promise<{ results: Record<string, Numbers>; milliseconds: number }> {
  const start = performance.now();
  const results = await executor.run(inputs);
  return { results, milliseconds: performance.now() - start };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Infinity;
}
