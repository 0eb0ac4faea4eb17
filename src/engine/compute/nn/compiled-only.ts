import * as tf from '@tensorflow/tfjs';

/** Kernels that exist, or are worth their while, only where programs are compiled: ONNX has one operator for each. */
export const compiledKernels = ['LayerNorm', 'LogSoftmax'] as const;

/**
 * Runs such a kernel where the program is being compiled; elsewhere nothing, and the caller computes the same with
 * public ops.
 */
export function compiledOnly(
  kernel: (typeof compiledKernels)[number],
  inputs: tf.NamedTensorMap,
  attributes: Record<string, number>,
): tf.Tensor[] | undefined {
  if (tf.getBackend() !== 'trace') return undefined;
  const outputs: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(kernel, inputs, attributes);
  return Array.isArray(outputs) ? outputs : [outputs];
}
