/** The engine and the terminal import this first: it closes the network of their process. */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { closeNetwork } from '../shared/no-network.ts';

closeNetwork(createRequire(import.meta.url), globalThis);
syncBuiltinESMExports();
// Unless somebody listens to it, Node answers this signal by opening a port for a debugger.
process.on('SIGUSR1', () => {});
