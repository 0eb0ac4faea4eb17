import { availableParallelism, cpus } from 'node:os';

/** What a program may run on. */
export type DeviceName = 'cpu';

/** Threads a program uses: more than the physical cores only slows it down. */
export function defaultThreads(): number {
  // Node does not tell physical cores from logical ones; two a core is the rule where there are many.
  const logical = availableParallelism();
  return logical <= 4 ? logical : Math.ceil(logical / 2);
}

/** The device in words, for cards and reports: "CPU, Intel(R) Xeon(R) Processor, 2 threads". */
export function describeDevice(threads = defaultThreads()): string {
  const model = cpus()[0]?.model.replaceAll(/\s+/g, ' ').trim() ?? '';
  return `CPU, ${model === '' ? 'unknown model' : model}, ${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`;
}
