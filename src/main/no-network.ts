/** Main imports this first: it closes the network of Node in its process. For Chromium's see network-guard.ts. */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { closeNetwork } from '../shared/no-network.ts';

closeNetwork(createRequire(__filename), globalThis);
syncBuiltinESMExports();
