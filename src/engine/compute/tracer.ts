/**
 * A TensorFlow.js backend whose kernels add nodes to a graph instead of computing. A program written with the
 * public functional API runs on it once, forward and backward, and leaves the graph of one step behind.
 */
import * as tf from '@tensorflow/tfjs';
import { AppError } from '../../shared/errors.ts';
import { Graph, type ElementType, type Value } from './graph.ts';
import { lowerings } from './lowerings/index.ts';
import { programLine } from './program-line.ts';

const backendName = 'trace';

class TraceBackend extends tf.KernelBackend {
  graph: Graph | undefined;
  readonly values: tf.DataStorage<Value>;

  constructor() {
    super();
    this.values = new tf.DataStorage<Value>(this, tf.engine());
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    const dataId = {};
    this.move(dataId, values, shape, dtype);
    return dataId;
  }

  override move(dataId: tf.DataId, values: tf.BackendValues, shape: number[], dtype: tf.DataType): void {
    // Tensors of outside moved here after their trace is over are of no use to anyone.
    const graph = this.graph ?? new Graph();
    this.values.set(dataId, graph.constant(elementType(dtype), shape, numbers(values)));
  }

  override readSync(dataId: tf.DataId): tf.BackendValues {
    const { origin, type, shape } = this.values.get(dataId);
    const size = shape.reduce((product, dimension) => product * dimension, 1);
    const make = (data: ArrayLike<number>): tf.BackendValues =>
      type === 'float32'
        ? Float32Array.from(data)
        : type === 'int32'
          ? Int32Array.from(data)
          : Uint8Array.from(data);
    if (origin.kind === 'constant') return make(origin.data);
    if (origin.kind === 'splat') return make(new Float64Array(size).fill(origin.value));
    throw AppError.of('compute/unsupported', 'compile_looks', { place: programLine() });
  }

  override read(dataId: tf.DataId): Promise<tf.BackendValues> {
    return new Promise((resolve) => {
      resolve(this.readSync(dataId));
    });
  }

  override disposeData(): boolean {
    // Values cost nothing and are held weakly; a program may return what a tidy inside it has disposed.
    return true;
  }

  override refCount(dataId: tf.DataId): number {
    return this.values.has(dataId) ? 1 : 0;
  }

  override incRef(): void {
    // Each tensor has a data id of its own here; the values behind them are shared.
  }

  override numDataIds(): number {
    return this.values.numDataIds();
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {
    this.graph = undefined;
  }

  hold(value: Value): tf.TensorInfo {
    const dataId = {};
    this.values.set(dataId, value);
    if (value.type === 'int64' || value.type === 'float64')
      throw new Error(`${value.type} is no tensor type`);
    return { dataId, shape: [...value.shape], dtype: value.type };
  }
}

function elementType(dtype: tf.DataType): ElementType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw AppError.of('compute/unsupported', 'compile_type', { type: dtype, place: programLine() });
}

function numbers(values: tf.BackendValues): ArrayLike<number> {
  if (values instanceof Float32Array || values instanceof Int32Array || values instanceof Uint8Array)
    return values;
  if (values instanceof Uint8ClampedArray) return values;
  return values.map(Number);
}

let registered: TraceBackend | undefined;

function traceBackend(): TraceBackend {
  if (registered) return registered;
  tf.enableProdMode(); // Silences the advice to install a native backend.
  const backend = new TraceBackend();
  tf.registerBackend(backendName, () => backend, 0);
  for (const [kernelName, lower] of Object.entries(lowerings)) {
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs }) => {
        if (!backend.graph) throw new Error('Nothing is being traced.');
        const values: Record<string, Value> = {};
        for (const [name, info] of Object.entries(inputs)) {
          if (!info) continue;
          values[name] = backend.values.get(info.dataId);
        }
        const result = lower(backend.graph, values, attrs ?? {});
        return Array.isArray(result) ? result.map((value) => backend.hold(value)) : backend.hold(result);
      },
    });
  }
  registered = backend;
  return backend;
}

/** What a program was given and what it returned, as values of `graph`. */
export interface Trace {
  readonly graph: Graph;
  readonly results: ReadonlyMap<string, Value>;
}

export interface TracedInput {
  readonly name: string;
  readonly type: 'float32' | 'int32';
  readonly shape: readonly number[];
}

/**
 * Runs `program` once on tensors that stand for `inputs` and records what it does.
 *
 * @throws AppError `compute/unsupported` when the program uses a kernel without a lowering, reads a tensor's
 * values or draws random numbers.
 */
export function trace(
  inputs: readonly TracedInput[],
  program: (tensors: readonly tf.Tensor[]) => ReadonlyMap<string, tf.Tensor>,
): Trace {
  const backend = traceBackend();
  const previous = tf.getBackend();
  const { random } = Math;
  const { stackTraceLimit } = Error;
  // The line of the program lies below many of TensorFlow.js, more so where it takes a gradient.
  Error.stackTraceLimit = 100;
  const graph = new Graph();
  // Switching to a backend that is made synchronously takes effect before the promise is returned.
  void tf.setBackend(backendName);
  backend.graph = graph;
  Math.random = refuseRandom;
  tf.engine().startScope();
  try {
    const tensors = inputs.map(({ name, type, shape }) =>
      tf.engine().makeTensorFromTensorInfo(backend.hold(graph.input(name, type, shape))),
    );
    const results = new Map<string, Value>();
    for (const [name, tensor] of program(tensors)) results.set(name, backend.values.get(tensor.dataId));
    return { graph, results };
  } catch (error) {
    throw explained(error);
  } finally {
    tf.engine().endScope();
    Math.random = random;
    Error.stackTraceLimit = stackTraceLimit;
    backend.graph = undefined;
    void tf.setBackend(previous && previous !== backendName ? previous : 'cpu');
  }
}

/** Random numbers drawn while tracing would be the same numbers at every step. */
function refuseRandom(): number {
  throw AppError.of('compute/unsupported', 'compile_random', { place: programLine() });
}

function explained(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const unknown = /[Kk]ernel '([^']+)' (?:not registered )?for/.exec(error.message)?.[1];
  const constant = /gradient function not found for (\w+)/.exec(error.message)?.[1];
  const operation = unknown ?? constant;
  if (operation === undefined) return error;
  const key = unknown === undefined ? 'compile_no_gradient' : 'compile_operation';
  return AppError.of('compute/unsupported', key, { operation, place: programLine(error) }, { cause: error });
}
