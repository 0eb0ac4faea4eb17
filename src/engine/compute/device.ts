import { availableParallelism, cpus } from 'node:os';
import type { DeviceName } from '../../shared/device-names.ts';
import { findDevices } from './devices/find.ts';

/** Threads worth using: more than there are physical cores only slow a program down. */
function physicalThreads(): number {
  // Node does not tell physical cores from logical ones; two a core is the rule where there are many.
  const logical = availableParallelism();
  return logical <= 4 ? logical : Math.ceil(logical / 2);
}

/** The numbers of threads a program may choose from: the one given, or one and as many as are worth using. */
export function threadCounts(given?: number): number[] {
  return given === undefined ? [...new Set([1, physicalThreads()])] : [given];
}

/** The ways to a device, as their makers call them. */
export const deviceWays: Readonly<Record<DeviceName, string>> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  cuda: 'CUDA',
  tensorflow: 'TensorFlow',
};

/**
 * The device in words, for cards and reports: "CPU, Intel(R) Xeon(R) Processor, 2 threads" or
 * "WebGPU, NVIDIA H100 80GB HBM3, nvidia 580.159.04".
 */
export function describeDevice(
  device: DeviceName = 'cpu',
  counts: readonly number[] = threadCounts(),
): string {
  if (device !== 'cpu') {
    const found = findDevices().devices.find(({ name }) => name === device);
    return [deviceWays[device], found?.title, found?.driver].filter((part) => part).join(', ');
  }
  const threads = Math.max(...counts);
  const model = cpus()[0]?.model.replaceAll(/\s+/g, ' ').trim() ?? '';
  return `CPU, ${model === '' ? 'unknown model' : model}, ${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`;
}
