import { setImmediate } from 'node:timers/promises';

/** How long a slice of work may hold the event loop, in milliseconds. */
const slice = 12;

export interface CooperateOptions {
  signal?: AbortSignal | undefined;
  /** Called between slices with whatever the work last yielded. */
  onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Work written as a generator: it yields its progress (0 to 1) at every point where it may be paused, and
 * returns its result. Written once, it runs either at a stretch (`finish`) or cooperatively (`cooperate`).
 */
export type Work<Result> = Generator<number, Result, void>;

/**
 * Runs `work` in slices of about 12 ms with a turn of the event loop between them.
 * Throws the signal's reason (an AbortError) as soon as the signal is aborted.
 */
export async function cooperate<Result>(
  work: Work<Result>,
  { signal, onProgress }: CooperateOptions = {},
): Promise<Result> {
  signal?.throwIfAborted();
  let until = performance.now() + slice;
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() < until) continue;
    onProgress?.(value);
    await setImmediate();
    signal?.throwIfAborted();
    until = performance.now() + slice;
  }
}

/** Runs `work` to its end at once, for work known to be short. */
export function finish<Result>(work: Work<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** `work` whose progress runs from `from` to `to`. */
export function* scaled<Result>(work: Work<Result>, from: number, to: number): Work<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    yield from + value * (to - from);
  }
}
