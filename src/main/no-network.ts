/** Main imports this first: it closes the network of Node in its process. For Chromium's see network-guard.ts. */
import { fork } from 'node:child_process';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { closeNetwork } from '../shared/no-network.ts';
import type { Forker } from './engine-process.ts';

const forkInNode = fork;
const startChild = closeNetwork(createRequire(__filename), globalThis);
syncBuiltinESMExports();
// Unless somebody listens to it, Node answers this signal by opening a port for a debugger.
process.on('SIGUSR1', () => {});

/** Starts the engine, which closes its own network first; main can start no other process of Node's. */
export const forkEngine: Forker = (entry, args, options) =>
  startChild(() => forkInNode(entry, args, options));
