/**
 * Runs a model on ONNX Runtime. Everything the model writes goes into tensors allocated once; its
 * state lives in `Variables`.
 */
import './no-telemetry.ts';
import * as ort from 'onnxruntime-node';
import { AppError } from '../../shared/errors.ts';
import { checked, tensor, zeros } from './slots.ts';
import type { Numbers, Slot, StateSlot } from './slots.ts';
import { ThreadChoice } from './thread-choice.ts';
import { Variables } from './variables.ts';

export interface ExecutorOptions {
  /** Numbers of threads to choose from while running, by what turns out faster. */
  readonly threads: readonly number[];
  /** Writes a profile of every node to a file that begins with this path. For benchmarks only. */
  readonly profile?: string;
}

export class Executor {
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
  #busy = false;
  #disposed = false;

  private constructor(
    sessions: readonly ort.InferenceSession[],
    inputs: readonly Slot[],
    state: readonly StateSlot[],
    outputs: readonly Slot[],
    variables: Variables,
  ) {
    this.#sessions = sessions;
    this.#choice = new ThreadChoice(sessions.length);
    this.#inputs = inputs;
    this.#outputs = outputs;
    this.#state = state;
    this.#variables = variables;
    variables.declare(state);
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
  ): Promise<Executor> {
    const sessions = await createSessions(model, options);
    return new Executor(sessions, slots.inputs, slots.state, slots.outputs, variables);
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
      new Variables(),
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
    const { feeds, fetches } = this.#variables.bind(this.#state);
    for (const slot of this.#inputs) feeds[slot.name] = tensor(slot, checked(slot, inputs[slot.name]));
    Object.assign(fetches, this.#targets);
    this.#busy = true;
    const way = this.#choice.next();
    const start = performance.now();
    try {
      await this.#sessions[way]?.run(feeds, fetches);
    } catch (error) {
      throw failed('A compiled program failed while running.', error);
    } finally {
      this.#busy = false;
    }
    this.#choice.report(way, performance.now() - start);
    this.#variables.advance(this.#state);
    return this.#results;
  }

  /** Copies of the state variables. */
  readState(): Record<string, Numbers> {
    return this.#variables.read(this.#state);
  }

  /** Overwrites the variables given. @throws AppError `compute/failed` for a wrong length or type. */
  writeState(values: Readonly<Record<string, Numbers | undefined>>): void {
    this.#variables.write(this.#state, values);
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
      // A sum over rows is a product with ones. Joined with a scale it would be computed in another way, whose rounding
      // depends on the number of threads.
      optimization: { disable_specified_optimizers: 'MatMulScaleFusion' },
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
