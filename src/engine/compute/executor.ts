/**
 * Runs a model on ONNX Runtime. Everything the model writes goes into tensors allocated once; its
 * state lives in `Variables`.
 */
import type * as ort from 'onnxruntime-node';
import type { DeviceName, GraphDevice } from '../../shared/device-names.ts';
import { AppError } from '../../shared/errors.ts';
import { DeviceMemory } from './device-memory.ts';
import { createSession, isLarge, keepsState } from './sessions.ts';
import { checked, tensor, zeros } from './slots.ts';
import type { Numbers, Slot, StateSlot } from './slots.ts';
import { ThreadChoice } from './thread-choice.ts';
import { Variables } from './variables.ts';

export interface ExecutorOptions {
  /** The CPU unless given. */
  readonly device?: GraphDevice;
  /** Numbers of threads to choose from while running, by what turns out faster. */
  readonly threads: readonly number[];
  /** Writes a profile of every node to a file that begins with this path. For benchmarks only. */
  readonly profile?: string;
}

/** What runs a program, wherever: {@link GraphExecutor} its graph at once, `EagerExecutor` op by op. */
export interface Executor {
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
  /**
   * One run. The arrays returned belong to the executor and are overwritten by the next run.
   *
   * @throws AppError `compute/failed` when an input is missing or has the wrong length, or the runtime fails;
   * `compute/out-of-memory` when it fails for want of memory; `compute/device-failed` when another device than the CPU
   * fails.
   */
  run(inputs: Readonly<Record<string, Numbers>>): Promise<Record<string, Numbers>>;
  /** Copies of the state variables. @throws AppError as `run`. */
  readState(): Promise<Record<string, Numbers>>;
  /** Overwrites the variables given. @throws AppError `compute/failed` for a wrong length or type. */
  writeState(values: Readonly<Record<string, Numbers | undefined>>): void;
  dispose(): Promise<void>;
  /** Ends profiling, which writes the file. */
  endProfiling(): void;
}

export class GraphExecutor implements Executor {
  readonly #device: GraphDevice;
  /** The same model once for each number of threads. */
  readonly #sessions: readonly ort.InferenceSession[];
  readonly #choice: ThreadChoice;
  readonly #inputs: readonly Slot[];
  readonly #outputs: readonly Slot[];
  readonly #state: readonly StateSlot[];
  readonly #results: Record<string, Numbers> = {};
  /** Where the outputs are written, every time. */
  readonly #targets: Record<string, ort.Tensor> = {};
  readonly #variables: Variables;
  /** Where the state is kept between runs, if not on the CPU. */
  readonly #memory: DeviceMemory | undefined;
  #busy = false;
  #disposed = false;

  private constructor(
    device: GraphDevice,
    sessions: readonly ort.InferenceSession[],
    inputs: readonly Slot[],
    state: readonly StateSlot[],
    outputs: readonly Slot[],
    variables: Variables,
  ) {
    this.#device = device;
    this.#sessions = sessions;
    this.#choice = new ThreadChoice(sessions.length);
    this.#inputs = inputs;
    this.#outputs = outputs;
    this.#state = state;
    this.#variables = variables;
    const onDevice = keepsState(device) && state.some(({ next }) => next !== undefined);
    this.#memory = onDevice
      ? new DeviceMemory((model) => createSession(model, { device, threads: 1 }))
      : undefined;
    variables.declare(state, onDevice);
    for (const slot of outputs) {
      const data = zeros(slot);
      this.#results[slot.name] = data;
      this.#targets[slot.name] = tensor(slot, data);
    }
  }

  /** Loads a model. @throws AppError `compute/failed` when the runtime refuses it. */
  static async open(
    model: Uint8Array,
    slots: { inputs: readonly Slot[]; state: readonly StateSlot[]; outputs: readonly Slot[] },
    options: ExecutorOptions,
    variables = new Variables(),
  ): Promise<GraphExecutor> {
    const sessions = await createSessions(
      model,
      options,
      slots.state.flatMap(({ next }) => (next === undefined ? [] : [next])),
    );
    const { device = 'cpu' } = options;
    return new GraphExecutor(device, sessions, slots.inputs, slots.state, slots.outputs, variables);
  }

  /** Loads a model without state and takes its inputs and outputs from the file. */
  static async openFile(model: Uint8Array, options: ExecutorOptions): Promise<GraphExecutor> {
    const sessions = await createSessions(model, options);
    const [session] = sessions;
    return new GraphExecutor(
      options.device ?? 'cpu',
      sessions,
      session?.inputMetadata.map(slotOf) ?? [],
      [],
      session?.outputMetadata.map(slotOf) ?? [],
      new Variables(),
    );
  }

  get inputs(): readonly Slot[] {
    return this.#inputs;
  }

  get outputs(): readonly Slot[] {
    return this.#outputs;
  }

  async run(inputs: Readonly<Record<string, Numbers>>): Promise<Record<string, Numbers>> {
    if (this.#busy || this.#disposed) {
      throw AppError.of('compute/failed', this.#disposed ? 'compute_disposed' : 'compute_running', {});
    }
    const onDevice = this.#memory !== undefined;
    const { feeds, fetches } = this.#variables.bind(this.#state, onDevice);
    for (const slot of this.#inputs) feeds[slot.name] = tensor(slot, checked(slot, inputs[slot.name]));
    // Where something stays on the device, the runtime does not write into what it is given.
    for (const { name } of this.#outputs) fetches[name] = onDevice ? null : (this.#targets[name] ?? null);
    this.#busy = true;
    const way = this.#choice.next();
    const start = performance.now();
    let results: Record<string, ort.Tensor> | undefined;
    try {
      results = await this.#sessions[way]?.run(feeds, fetches);
    } catch (error) {
      throw this.#failed(error);
    } finally {
      this.#busy = false;
    }
    this.#choice.report(way, performance.now() - start);
    this.#variables.advance(this.#state, onDevice ? results : undefined);
    if (onDevice && results) this.#take(results);
    return this.#results;
  }

  /** Puts what a run has made where it always is. */
  #take(results: Readonly<Record<string, ort.Tensor>>): void {
    for (const { name } of this.#outputs) {
      const made = results[name]?.data;
      if (made instanceof Float32Array || made instanceof Int32Array) this.#results[name]?.set(made);
    }
  }

  async readState(): Promise<Record<string, Numbers>> {
    try {
      return await this.#variables.read(this.#state, this.#memory);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  writeState(values: Readonly<Record<string, Numbers | undefined>>): void {
    this.#variables.write(this.#state, values);
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#memory) {
      // Buffers belong to the session that made them, and must go before it does.
      await this.#variables.leave(this.#state, this.#memory).catch(() => {
        this.#variables.abandon(this.#state);
      });
      await this.#memory.release();
    }
    await Promise.all(this.#sessions.map((session) => session.release()));
  }

  #failed(error: unknown): AppError {
    return this.#device === 'cpu' ? failed('compute_run_failed', error) : deviceFailed(this.#device, error);
  }

  endProfiling(): void {
    for (const session of this.#sessions) session.endProfiling();
  }
}

async function createSessions(
  model: Uint8Array,
  { device = 'cpu', threads, profile }: ExecutorOptions,
  changed: readonly string[] = [],
): Promise<ort.InferenceSession[]> {
  const sessions: ort.InferenceSession[] = [];
  const staying = keepsState(device) ? changed : [];
  // What a device leaves to the CPU is little.
  const counts = device === 'cpu' && !isLarge(model) ? threads : threads.slice(-1);
  try {
    for (const count of counts) {
      sessions.push(
        await createSession(model, {
          device,
          threads: count,
          staying,
          ...(profile !== undefined && { profile }),
        }),
      );
    }
    return sessions;
  } catch (error) {
    await Promise.all(sessions.map((session) => session.release()));
    throw device === 'cpu' ? failed('compute_load_failed', error) : deviceFailed(device, error);
  }
}

function slotOf(metadata: ort.InferenceSession.ValueMetadata): Slot {
  const { name } = metadata;
  if (!metadata.isTensor || (metadata.type !== 'float32' && metadata.type !== 'int32')) {
    throw AppError.of('compute/failed', 'compute_no_tensor', { name });
  }
  const shape = metadata.shape.map((dimension) => {
    if (typeof dimension === 'number') return dimension;
    throw AppError.of('compute/failed', 'compute_no_size', { name });
  });
  return { name, type: metadata.type, shape };
}

/** How the runtime, and the C++ library beneath it, say that an allocation has failed. */
const outOfMemory = /failed to allocate memory|bad[_ ]alloc|out of memory|allocation failed/i;

function failed(key: 'compute_run_failed' | 'compute_load_failed', error: unknown): AppError {
  const options = { cause: error };
  return error instanceof Error && outOfMemory.test(error.message)
    ? AppError.of('compute/out-of-memory', 'compute_memory', {}, options)
    : AppError.of('compute/failed', key, {}, options);
}

/** What becomes of a program on a device that fails: whoever runs it may go on without the device. */
export function deviceFailed(device: DeviceName, error: unknown): AppError {
  return AppError.of('compute/device-failed', 'device_failed', { device }, { cause: error });
}
