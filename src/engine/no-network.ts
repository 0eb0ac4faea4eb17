/** The engine and the terminal import this first: it closes the network of their process. */
import { fork } from 'node:child_process';
import type { ChildProcess, ForkOptions } from 'node:child_process';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { WorkerOptions } from 'node:worker_threads';
import { closeNetwork } from '../shared/no-network.ts';

const forkInNode = fork;
const ThreadInNode = Worker;
const startChild = closeNetwork(createRequire(import.meta.url), globalThis);
syncBuiltinESMExports();
// Unless somebody listens to it, Node answers this signal by opening a port for a debugger.
process.on('SIGUSR1', () => {});

/**
 * Starts another process of Semblance's own, one that closes its network first: device-trial.ts. No other can be
 * started.
 */
export function forkOwn(entry: string, options: ForkOptions): ChildProcess {
  return startChild(() => forkInNode(entry, [], options));
}

/**
 * Starts a thread of Semblance's own, one that closes its network first: learning-thread-entry.ts, draw-thread-entry.ts,
 * maker-thread-entry.ts or recogniser-thread-entry.ts. No other can be started.
 */
export function startOwnThread(entry: URL, options: WorkerOptions): Worker {
  return new ThreadInNode(entry, options);
}
