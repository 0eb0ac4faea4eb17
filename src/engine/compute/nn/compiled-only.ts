import * as tf from '@tensorflow/tfjs';

/** Kernels of our own that exist only where programs are compiled, because ONNX has one operator for them. */
export const compiledKernels = ['Normalise'] as const;

/**
 * Runs a kernel of our own where the program is being compiled; elsewhere nothing, and the caller computes the same with
 * public ops.
 */
export function compiledOnly(
  kernel: (typeof compiledKernels)[number],
  inputs: tf.NamedTensorMap,
  attributes: Record<string, number>,
): tf.Tensor[] | undefined {
  if (tf.getBackend() !== 'trace') return undefined;
  return tf.engine().runKernel(kernel, inputs, attributes);
}
