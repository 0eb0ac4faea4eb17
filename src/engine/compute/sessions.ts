/** Loads models on ONNX Runtime, each on the device asked for. */
import './exact-products.ts';
import './no-telemetry.ts';
import * as ort from 'onnxruntime-node';
import type { GraphDevice } from '../../shared/device-names.ts';

export interface SessionOptions {
  readonly device: GraphDevice;
  /** Of the CPU: on it, or for what a device leaves to it. */
  readonly threads: number;
  /** Outputs that stay in the device's memory; only where `keepsState` says so. */
  readonly staying?: readonly string[];
  /** Writes a profile of every node to a file that begins with this path. */
  readonly profile?: string;
}

/**
 * Whether what a program computes can stay in the device's memory between runs. The runtime's binding for Node knows how
 * to hand out and take back buffers of `webgpu` alone; of the others everything is copied at every run.
 */
export function keepsState(device: GraphDevice): boolean {
  return device === 'webgpu';
}

/**
 * Whether opening a model, which takes the runtime time in proportion to the square of its nodes, is what its first run
 * waits for: from about 6,000 nodes on, a table of 120 columns. Such a model is opened once, and as it is: programs are
 * rewritten before they come here (rewrite.ts), and what the runtime would find beyond that, or plan of its memory, gains
 * nothing there and takes half of the time.
 */
export function isLarge(model: Uint8Array): boolean {
  return model.byteLength > 500_000;
}

export function createSession(model: Uint8Array, options: SessionOptions): Promise<ort.InferenceSession> {
  const { device, threads, staying = [], profile } = options;
  const onCpu = device === 'cpu';
  return ort.InferenceSession.create(model, {
    executionProviders: onCpu ? ['cpu'] : [device, 'cpu'],
    graphOptimizationLevel: isLarge(model) ? 'disabled' : 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    enableCpuMemArena: true,
    // DirectML refuses a memory pattern, and nobody else but the CPU uses one.
    enableMemPattern: onCpu && !isLarge(model),
    logSeverityLevel: 3,
    ...(staying.length > 0 && {
      preferredOutputLocation: Object.fromEntries(staying.map((name) => [name, 'gpu-buffer' as const])),
    }),
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
      // Of two graphics cards the fast one.
      ...(device === 'webgpu' && {
        ep: { webgpuexecutionprovider: { powerPreference: 'high-performance' } },
      }),
    },
  });
}
