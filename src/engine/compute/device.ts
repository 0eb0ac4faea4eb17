import { availableParallelism, cpus } from 'node:os';

/** What a program may run on. */
export type DeviceName = 'cpu';

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

/** The device in words, for cards and reports: "CPU, Intel(R) Xeon(R) Processor, 2 threads". */
export function describeDevice(counts: readonly number[] = threadCounts()): string {
  const threads = Math.max(...counts);
  const model = cpus()[0]?.model.replaceAll(/\s+/g, ' ').trim() ?? '';
  return `CPU, ${model === '' ? 'unknown model' : model}, ${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`;
}
