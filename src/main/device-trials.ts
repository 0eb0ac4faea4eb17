/**
 * The processes in which devices are tried, for an engine on Electron's Node: a utility process cannot start another,
 * and the app's binary need be no Node for that (the fuse `RunAsNode`). On a Node of its own the engine starts them
 * itself: src/engine/trial-process.ts.
 */
import { z } from 'zod';
import type { FromEngine, ToEngine } from '../shared/wire.ts';
import type { UtilityProcess } from './utility-process.ts';

const fromEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('tryDevice'), id: z.number().int(), request: z.unknown() }),
  z.object({ type: z.literal('endTrial'), id: z.number().int() }),
]);

/** Far more than the engine ever asks for at once, which is one. */
const atOnce = 8;

export class DeviceTrials {
  readonly #start: () => UtilityProcess;
  readonly #tell: (message: ToEngine) => void;
  readonly #running = new Map<number, UtilityProcess>();

  /**
   * @param start Starts a process that answers one request and closes its network before anything else.
   * @param tell To the engine that asks.
   */
  constructor(start: () => UtilityProcess, tell: (message: ToEngine) => void) {
    this.#start = start;
    this.#tell = tell;
  }

  /** Whether a message of the engine was about trials; it is seen to then. */
  hear(message: unknown): boolean {
    const parsed = fromEngine.safeParse(message);
    if (!parsed.success) return false;
    const asked = parsed.data satisfies { type: FromEngine['type'] };
    if (asked.type === 'endTrial') this.#running.get(asked.id)?.kill();
    else this.#begin(asked.id, asked.request);
    return true;
  }

  /** The engine is gone, and nobody waits for an answer. */
  endAll(): void {
    for (const process of this.#running.values()) process.kill();
  }

  #begin(id: number, request: unknown): void {
    const ended = (how: string) => this.#tell({ type: 'trialEnded', id, how });
    if (this.#running.has(id) || this.#running.size >= atOnce) {
      ended('not started');
      return;
    }
    const process = this.#start();
    this.#running.set(id, process);
    process.onMessage((answer) => this.#tell({ type: 'trialAnswer', id, answer }));
    process.onExit((code) => {
      this.#running.delete(id);
      ended(code === null ? 'not started' : `code ${code}`);
    });
    process.send(request);
  }
}
