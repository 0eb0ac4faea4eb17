/**
 * Runs a model on ONNX Runtime. Everything the model writes goes into tensors allocated once; state is kept
 * twice, read from one set while the other is written, and the two change places after every run.
 */
import './no-telemetry.ts';
import * as ort from 'onnxruntime-node';
import { AppError } from '../../shared/errors.ts';
import { ThreadChoice } from './thread-choice.ts';

export type Numbers = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
export type NumberType = 'float32' | 'int32';

export interface Slot {
  readonly name: string;
  readonly type: NumberType;
  readonly shape: readonly number[];
}

/** A state variable: the model reads it as `slot.name` and, when it changes, writes it as `next`. */
export interface StateSlot extends Slot {
  readonly next?: string;
}

export interface ExecutorOptions {
  /** Numbers of threads to choose from while running, by what turns out faster. */
  readonly threads: readonly number[];
  /** Writes a profile of every node to a file that begins with this path. For benchmarks only. */
  readonly profile?: string;
}

interface Phase {
  readonly feeds: Record<string, ort.Tensor>;
  readonly fetches: Record<string, ort.Tensor>;
}

export class Executor {
  /** The same model once for each number of threads. */
  readonly #sessions: readonly ort.InferenceSession[];
  readonly #choice: ThreadChoice;
  readonly #inputs: readonly Slot[];
  readonly #outputs: readonly Slot[];
  readonly #state: readonly StateSlot[];
  readonly #results: Record<string, Numbers> = {};
  /** The two roles of the state buffers; the first is read next. */
  #phases: [Phase, Phase];
  #busy = false;
  #disposed = false;

  private constructor(
    sessions: readonly ort.InferenceSession[],
    inputs: readonly Slot[],
    state: readonly StateSlot[],
    outputs: readonly Slot[],
  ) {
    this.#sessions = sessions;
    this.#choice = new ThreadChoice(sessions.length);
    this.#inputs = inputs;
    this.#outputs = outputs;
    this.#state = state;
    const even: Phase = { feeds: {}, fetches: {} };
    const odd: Phase = { feeds: {}, fetches: {} };
    for (const slot of state) {
      const first = tensor(slot, zeros(slot));
      const second = slot.next === undefined ? first : tensor(slot, zeros(slot));
      even.feeds[slot.name] = first;
      odd.feeds[slot.name] = second;
      if (slot.next !== undefined) {
        even.fetches[slot.next] = second;
        odd.fetches[slot.next] = first;
      }
    }
    for (const slot of outputs) {
      const data = zeros(slot);
      const target = tensor(slot, data);
      this.#results[slot.name] = data;
      even.fetches[slot.name] = target;
      odd.fetches[slot.name] = target;
    }
    this.#phases = [even, odd];
  }

  /** Loads a model. @throws AppError `compute/failed` when the runtime refuses it. */
  static async open(
    model: Uint8Array,
    slots: { inputs: readonly Slot[]; state: readonly StateSlot[]; outputs: readonly Slot[] },
    options: ExecutorOptions,
  ): Promise<Executor> {
    const sessions = await createSessions(model, options);
    return new Executor(sessions, slots.inputs, slots.state, slots.outputs);
  }

  /** Loads a model without state and takes its inputs and outputs from the file. */
  static async openFile(model: Uint8Array, options: ExecutorOptions): Promise<Executor> {
    const sessions = await createSessions(model, options);
    const [session] = sessions;
    return new Executor(
      sessions,
      session?.inputMetadata.map(slotOf) ?? [],
      [],
      session?.outputMetadata.map(slotOf) ?? [],
    );
  }

  get inputs(): readonly Slot[] {
    return this.#inputs;
  }

  get outputs(): readonly Slot[] {
    return this.#outputs;
  }

  /**
   * One run. The arrays returned belong to the executor and are overwritten by the next run.
   *
   * @throws AppError `compute/failed` when an input is missing or has the wrong length, or the runtime fails;
   * `compute/out-of-memory` when it fails for want of memory.
   */
  async run(inputs: Readonly<Record<string, Numbers>>): Promise<Record<string, Numbers>> {
    if (this.#busy || this.#disposed) {
      throw new AppError(
        'compute/failed',
        this.#disposed
          ? 'A program was run after it was disposed.'
          : 'A program was run while it was still running.',
        'Wait for each run to finish before the next.',
      );
    }
    const [phase, next] = this.#phases;
    for (const slot of this.#inputs) phase.feeds[slot.name] = tensor(slot, checked(slot, inputs[slot.name]));
    this.#busy = true;
    const way = this.#choice.next();
    const start = performance.now();
    try {
      await this.#sessions[way]?.run(phase.feeds, phase.fetches);
    } catch (error) {
      throw failed('A compiled program failed while running.', error);
    } finally {
      this.#busy = false;
    }
    this.#choice.report(way, performance.now() - start);
    this.#phases = [next, phase];
    return this.#results;
  }

  /** Copies of the state variables. */
  readState(): Record<string, Numbers> {
    return Object.fromEntries(this.#state.map((slot) => [slot.name, this.#current(slot).slice()]));
  }

  /** Overwrites the variables given. @throws AppError `compute/failed` for a wrong length or type. */
  writeState(values: Readonly<Record<string, Numbers | undefined>>): void {
    for (const slot of this.#state) {
      const value = values[slot.name];
      if (value) this.#current(slot).set(checked(slot, value));
    }
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await Promise.all(this.#sessions.map((session) => session.release()));
  }

  /** Ends profiling, which writes the file. */
  endProfiling(): void {
    for (const session of this.#sessions) session.endProfiling();
  }

  #current(slot: Slot): Numbers {
    const data = this.#phases[0].feeds[slot.name]?.data;
    if (data instanceof Float32Array || data instanceof Int32Array) return data as Numbers;
    throw new Error(`The state ${slot.name} holds no numbers.`);
  }
}

async function createSessions(model: Uint8Array, options: ExecutorOptions): Promise<ort.InferenceSession[]> {
  const sessions: ort.InferenceSession[] = [];
  try {
    for (const threads of options.threads)
      sessions.push(await createSession(model, threads, options.profile));
    return sessions;
  } catch (error) {
    await Promise.all(sessions.map((session) => session.release()));
    throw failed('A compiled program could not be loaded.', error);
  }
}

function createSession(model: Uint8Array, threads: number, profile?: string): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    enableCpuMemArena: true,
    enableMemPattern: true,
    logSeverityLevel: 3,
    ...(profile === undefined
      ? {}
      : { enableProfiling: true, profileFilePrefix: `${profile}-${String(threads)}` }),
    extra: {
      // Optimizer moments decay into denormal numbers, which are many times slower to compute with. Taken as zero by
      // the runtime's threads and by this one, whose floating-point mode this sets for good.
      session: { set_denormal_as_zero: '1' },
    },
  });
}

function slotOf(metadata: ort.InferenceSession.ValueMetadata): Slot {
  const { name } = metadata;
  if (!metadata.isTensor || (metadata.type !== 'float32' && metadata.type !== 'int32')) {
    throw new AppError(
      'compute/failed',
      `The model's ${name} is not a tensor of numbers.`,
      'Use another model file.',
    );
  }
  const shape = metadata.shape.map((dimension) => {
    if (typeof dimension === 'number') return dimension;
    throw new AppError('compute/failed', `The model's ${name} has no fixed size.`, 'Use another model file.');
  });
  return { name, type: metadata.type, shape };
}

function checked(slot: Slot, data: Numbers | undefined): Numbers {
  const size = sizeOf(slot);
  const right = slot.type === 'float32' ? data instanceof Float32Array : data instanceof Int32Array;
  if (data === undefined || !right || data.length !== size) {
    throw new AppError(
      'compute/failed',
      `${slot.name} needs ${String(size)} numbers of type ${slot.type} and was given ${
        data === undefined ? 'none' : `${String(data.length)} in a ${data.constructor.name}`
      }.`,
      'This is a defect of Semblance; please report it.',
    );
  }
  return data;
}

function tensor(slot: Slot, data: Numbers): ort.Tensor {
  return data instanceof Float32Array
    ? new ort.Tensor('float32', data, slot.shape)
    : new ort.Tensor('int32', data, slot.shape);
}

function zeros(slot: Slot): Numbers {
  return slot.type === 'float32' ? new Float32Array(sizeOf(slot)) : new Int32Array(sizeOf(slot));
}

function sizeOf(slot: Slot): number {
  return slot.shape.reduce((product, dimension) => product * dimension, 1);
}

/** How the runtime, and the C++ library beneath it, say that an allocation has failed. */
const outOfMemory = /failed to allocate memory|bad[_ ]alloc|out of memory|allocation failed/i;

function failed(message: string, error: unknown): AppError {
  if (error instanceof Error && outOfMemory.test(error.message)) {
    return new AppError(
      'compute/out-of-memory',
      'There was not enough memory for a step of computing.',
      'Close other programs to free memory and try again.',
      { cause: error },
    );
  }
  return new AppError(
    'compute/failed',
    message,
    'Try again. If it happens again, close other programs to free memory and restart Semblance.',
    { cause: error },
  );
}
