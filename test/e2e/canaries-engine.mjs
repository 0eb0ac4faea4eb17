/** Loaded before the engine's own code, in place of which it tries the network (see security.canaries.spec.ts). */
import { connect } from 'node:net';

const [, toEngine] = (process.env.SEMBLANCE_CANARIES ?? '').split(' ');
connect(9, toEngine)
  .on('error', () => {})
  .unref();
