import type { Channel, EventName } from './contract.ts';
import type { ErrorShape } from './errors.ts';

/** What main sends to the engine process. Inputs have been checked against the contract before. */
export type ToEngine = { type: 'call'; id: number; channel: Channel; input: unknown } | { type: 'shutdown' };

/** What the engine process sends to main. */
export type FromEngine =
  | { type: 'ready' }
  | { type: 'reply'; id: number; reply: { ok: true; value: unknown } | { ok: false; error: ErrorShape } }
  | { type: 'event'; event: EventName; payload: unknown };
