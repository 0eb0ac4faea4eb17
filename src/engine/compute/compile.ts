/**
 * The only door to the compute engine. A program is a pure function written with the public functional API of
 * TensorFlow.js and the ops of `nn.ts`; compiled, one call of it is one run of the runtime.
 */
import { runsEagerly, type DeviceName, type GraphDevice } from '../../shared/device-names.ts';
import { AppError } from '../../shared/errors.ts';
import { describeDevice, threadCounts } from './device.ts';
import type { Trial } from './devices/trial.ts';
import { EagerExecutor } from './eager/eager-executor.ts';
import { TensorVariables } from './eager/tensor-variables.ts';
import { GraphExecutor, type Executor } from './executor.ts';
import { forDevice } from './for-device.ts';
import type { Value } from './graph.ts';
import { computeVersionOf } from './onnx-description.ts';
import { encodeModel, type NamedPart, type NamedValue } from './onnx.ts';
import { bodyOf, nextName, type ArraysOf, type Program, type Spec, type Specs } from './program.ts';
import { rewrite } from './rewrite.ts';
import type { Numbers, NumberType, Slot } from './slots.ts';
import { trace } from './tracer.ts';
import { Variables } from './variables.ts';
import { computeVersion } from './version.ts';

export type { DeviceName } from '../../shared/device-names.ts';
export { describeDevice, deviceWays } from './device.ts';
export { bodyOf } from './program.ts';
export type { ArrayOf, ArraysOf, Program, ProgramResult, Spec, Specs, TensorsOf } from './program.ts';
export type { Numbers } from './slots.ts';

/** Where the state variables of programs are: those that run as a graph keep them otherwise than those that do not. */
export type State = Variables | TensorVariables;

export interface CompileOptions<S extends Specs, I extends Specs> {
  readonly state: S;
  readonly inputs: I;
  /** The CPU unless given. */
  readonly device?: DeviceName;
  /**
   * Threads of the CPU to use. Unless said otherwise, one or as many as there are physical cores, whichever turns out
   * faster while running: the results are the same to the bit.
   */
  readonly threads?: number;
  /**
   * A program whose state variables this one works on as well, where they have the same names; what it has beyond
   * them begins as zeros. One program runs at a time.
   */
  readonly sharing?: { readonly variables: State };
  /** Path prefix for a profile of every node, for benchmarks. */
  readonly profile?: string;
  /** Plain data that the program can be made from again, in another process: see `Trial`. */
  readonly recipe?: unknown;
}

export interface Compiled<S extends Specs, I extends Specs, O extends string> {
  /** The device in words. */
  readonly device: string;
  /** Its state, for programs that share it. */
  readonly variables: State;
  /** Runs one step. The arrays returned are overwritten by the next run. */
  run(inputs: ArraysOf<I>): Promise<Record<O, Numbers>>;
  /** Copies of all state variables. State begins as zeros. */
  readState(): Promise<ArraysOf<S>>;
  /** Overwrites the state variables given. */
  writeState(values: Partial<ArraysOf<S>>): void;
  /**
   * The program as a portable ONNX file (opset 18, no custom operators): inputs and outputs by their own names,
   * state variables as further inputs, changed ones as outputs called `next_` and their name. The variables
   * named in `constants` become part of the file, with their present values.
   */
  toOnnx(options?: {
    constants?: readonly (keyof S & string)[];
    /** Of constants that are flat vectors of parameters: the parts, which are then named tensors of their own. */
    parts?: { readonly [name in keyof S]?: readonly NamedPart[] };
    documentation?: string;
  }): Promise<Uint8Array>;
  /** A few steps to try devices with, from the state given (zeros where it is absent). */
  trial(start: Partial<ArraysOf<S>>, steps: readonly ArraysOf<I>[]): Trial;
  dispose(): Promise<void>;
}

/**
 * Compiles a program.
 *
 * @throws AppError `compute/unsupported` when the program uses an operation that cannot be compiled, and
 * `compute/failed` or `compute/device-failed` when the runtime refuses the result.
 */
export async function compile<const S extends Specs, const I extends Specs, O extends string>(
  program: Program<S, I, O>,
  options: CompileOptions<S, I>,
): Promise<Compiled<S, I, O>> {
  const state = slots(options.state);
  const inputs = slots(options.inputs);
  const { device = 'cpu' } = options;
  const threads = threadCounts(options.threads);
  const body = bodyOf(program, options);
  const { graph, results: traced } = trace([...state, ...inputs], body);

  const results = rewrite(graph, traced);
  const changed = new Set(state.filter(({ name }) => results.has(nextName(name))).map(({ name }) => name));
  for (const slot of state) {
    const value = results.get(nextName(slot.name));
    if (value) checkState(slot, value);
  }
  const allInputs = graph.inputs.map((value): NamedValue => {
    if (value.origin.kind !== 'input') throw new Error('An input without a name.');
    const { name } = value.origin;
    return { name, value, documentation: documentInput(name, changed.has(name), name in options.state) };
  });
  const named = (values: ReadonlyMap<string, Value>): NamedValue[] =>
    [...values].map(([name, value]) => ({ name, value, documentation: documentOutput(name, changed) }));
  const allOutputs = named(results);
  const stateNames = new Set(state.map(({ name }) => nextName(name)));
  const outputs = allOutputs
    .filter(({ name }) => !stateNames.has(name))
    .map(({ name, value }): Slot => ({ name, type: numberType(name, value), shape: value.shape }));

  const modelFor = (onCpu: boolean): Uint8Array =>
    encodeModel({ inputs: allInputs, outputs: onCpu ? allOutputs : named(forDevice(graph, results)) });
  const slotsOfModel = {
    inputs,
    outputs,
    state: state.map((slot) => (changed.has(slot.name) ? { ...slot, next: nextName(slot.name) } : slot)),
  };
  const shared = options.sharing?.variables;
  let executor: Executor;
  let variables: State;
  if (runsEagerly(device)) {
    if (shared instanceof Variables) throw kindsOfState();
    variables = shared ?? new TensorVariables();
    executor = new EagerExecutor(body, slotsOfModel, variables);
  } else {
    if (shared instanceof TensorVariables) throw kindsOfState();
    variables = shared ?? new Variables();
    const { profile } = options;
    const executorOptions = { device, threads, ...(profile !== undefined && { profile }) };
    executor = await GraphExecutor.open(modelFor(device === 'cpu'), slotsOfModel, executorOptions, variables);
  }

  return {
    device: describeDevice(device, threads),
    variables,
    run: (values) => executor.run(values),
    readState: async () => (await executor.readState()) as ArraysOf<S>,
    writeState: (values) => {
      executor.writeState(values);
    },
    toOnnx: async ({ constants = [], parts = {}, documentation } = {}) => {
      const current = constants.length === 0 ? {} : await executor.readState();
      const baked = new Map(
        Object.entries(current).filter(([name]) => (constants as readonly string[]).includes(name)),
      );
      return encodeModel({
        inputs: allInputs,
        outputs: allOutputs,
        baked,
        parts: new Map(
          Object.entries<readonly NamedPart[] | undefined>(parts).flatMap(([name, of]) =>
            of ? [[name, of]] : [],
          ),
        ),
        ...(documentation === undefined ? {} : { documentation }),
      });
    },
    trial: (start, steps) => ({
      programs: [
        {
          ...{ model: modelFor(true), deviceModel: modelFor(false) },
          ...{ ...slotsOfModel, threads, recipe: options.recipe },
        },
      ],
      start: present(start),
      steps: steps.map((values) => ({ program: 0, inputs: values })),
    }),
    dispose: async () => {
      if (options.profile !== undefined) executor.endProfiling();
      await executor.dispose();
      if (!shared && variables instanceof TensorVariables) variables.dispose();
    },
  };
}

function kindsOfState(): Error {
  return new Error('Programs that share their state run on the same device.');
}

function documentInput(name: string, changes: boolean, state: boolean): string {
  if (!state) return 'Given anew for every step.';
  return changes
    ? `State: before the step. What ${nextName(name)} gives is to be given here the next time.`
    : 'State: stays as it is.';
}

function documentOutput(name: string, changed: ReadonlySet<string>): string {
  const state = [...changed].find((each) => nextName(each) === name);
  return state === undefined ? 'Result of the step.' : `State: ${state} after the step.`;
}

function present(values: Readonly<Record<string, Numbers | undefined>>): Record<string, Numbers> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

function slots(specs: Specs): Slot[] {
  return Object.entries(specs).map(([name, { shape, dtype }]) => ({ name, shape, type: dtype ?? 'float32' }));
}

function numberType(name: string, value: Value): NumberType {
  if (value.type === 'float32' || value.type === 'int32') return value.type;
  throw AppError.of('compute/unsupported', 'compile_output', { name, type: value.type });
}

function checkState(slot: Slot, value: Value): void {
  if (value.type === slot.type && value.shape.join() === slot.shape.join()) return;
  throw AppError.of('compute/unsupported', 'compile_state', {
    name: slot.name,
    has: `${slot.type} [${slot.shape.join(', ')}]`,
    returned: `${value.type} [${value.shape.join(', ')}]`,
  });
}

/** A program loaded from a file that {@link Compiled.toOnnx} wrote. It has no state of its own. */
export interface OpenedProgram {
  readonly device: string;
  readonly inputs: Readonly<Record<string, Spec>>;
  readonly outputs: Readonly<Record<string, Spec>>;
  /** Runs once. The arrays returned are overwritten by the next run. */
  run(inputs: Readonly<Record<string, Numbers>>): Promise<Record<string, Numbers>>;
  dispose(): Promise<void>;
}

/**
 * Opens a program from its ONNX file.
 *
 * @throws AppError `compute/failed` when the file is damaged or its inputs and outputs are not plain numbers,
 * `model/too-new` when a later version of compute wrote it.
 */
export async function openCompiled(
  onnx: Uint8Array,
  options: { readonly device?: GraphDevice; readonly threads?: number } = {},
): Promise<OpenedProgram> {
  const { device = 'cpu' } = options;
  const threads = threadCounts(options.threads);
  requireKnown(onnx);
  const executor = await GraphExecutor.openFile(onnx, { device, threads });
  const specs = (from: readonly Slot[]): Record<string, Spec> =>
    Object.fromEntries(from.map(({ name, shape, type }) => [name, { shape, dtype: type }]));
  return {
    device: describeDevice(device, threads),
    inputs: specs(executor.inputs),
    outputs: specs(executor.outputs),
    run: (values) => executor.run(values),
    dispose: () => executor.dispose(),
  };
}

function requireKnown(onnx: Uint8Array): void {
  let version: number | null;
  try {
    version = computeVersionOf(onnx);
  } catch {
    // What is no such file the runtime refuses, in its own words.
    return;
  }
  if (version !== null && version > computeVersion) throw AppError.of('model/too-new', 'model_too_new', {});
}
