/** Starts the engine in a process of its own and makes the two ways of doing so look alike. */
import type { ChildProcess, ForkOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from 'electron';
import { AppError } from '../shared/errors.ts';
import type { ToEngine } from '../shared/wire.ts';
import bundledNode from './bundled-node.json' with { type: 'json' };

/** A running engine process, as engine-host.ts sees it. */
export interface EngineProcess {
  send(message: ToEngine): void;
  /** Ends it at once, without asking. */
  kill(): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, whatever ended it; also when it could not be started at all. */
  onExit(listener: () => void): void;
}

/** Oldest major version of Node that the engine runs on. */
export const oldestEngineNode = 22;

/** What runs the engine: Electron itself, or a Node of its own where this Electron's is too old. */
export type EngineRuntime = { kind: 'electron' } | { kind: 'node'; executable: string };

/** Where npm puts the Node that comes with a checkout, by platform and processor; the set-up looks there, too. */
const bundledNodes: Readonly<Record<string, string>> = bundledNode;

/**
 * Chooses what runs the engine.
 *
 * @param nodeVersion Version of the Node inside this Electron.
 * @param chosen Executable named by SEMBLANCE_NODE; a checkout names the Node its native modules were installed for.
 * @param root Root of the checkout.
 * @throws AppError `engine/stopped` when nothing here can run it.
 */
export function chooseEngineRuntime(
  nodeVersion: string,
  chosen: string | undefined,
  root: string,
  platform = `${process.platform}-${process.arch}`,
): EngineRuntime {
  if (chosen !== undefined && chosen !== '') return { kind: 'node', executable: chosen };
  if (isRecentEnough(nodeVersion)) return { kind: 'electron' };
  const bundled = join(root, 'node_modules', bundledNodes[platform] ?? '');
  if (bundledNodes[platform] !== undefined && existsSync(bundled)) {
    return { kind: 'node', executable: bundled };
  }
  throw AppError.of('engine/stopped', 'engine_needs_node', { version: oldestEngineNode });
}

/** Whether the engine could run on this version of Node. */
export function isRecentEnough(nodeVersion: string): boolean {
  return Number.parseInt(nodeVersion, 10) >= oldestEngineNode;
}

/**
 * Environment of the engine: that of the app, without what would change how Node starts, and with the telemetry
 * of native libraries switched off before they are loaded (see src/engine/compute/no-telemetry.ts).
 */
export function engineEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(NODE_|ELECTRON_)/.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), ORT_DISABLE_TELEMETRY: '1', ORT_TELEMETRY_DISABLED: '1' };
}

/** `fork` of node:child_process, which main has put out of reach for everybody else; see no-network.ts. */
export type Forker = (entry: string, args: string[], options: ForkOptions) => ChildProcess;

/** Starts the engine on a Node of its own. */
export function forkOnNode(
  fork: Forker,
  executable: string,
  entry: string,
  args: readonly string[],
): EngineProcess {
  const child = fork(entry, [...args], {
    execPath: executable,
    execArgv: [],
    env: engineEnvironment(process.env),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    send: (message) => {
      // A message to a process that has just died is answered by onExit.
      if (child.connected) child.send(message, () => {});
    },
    kill: () => void child.kill('SIGKILL'),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      let ended = false;
      const end = () => {
        if (!ended) listener();
        ended = true;
      };
      child.once('exit', end);
      child.once('error', end);
    },
  };
}

/** The part of Electron's utilityProcess that this needs. */
export interface UtilityForker {
  fork(
    entry: string,
    args: string[],
    options: { serviceName: string; env: Record<string, string>; stdio: 'inherit'; session: Session },
  ): {
    readonly pid: number | undefined;
    postMessage(message: unknown): void;
    on(event: 'message', listener: (message: unknown) => void): unknown;
    on(event: 'error', listener: () => void): unknown;
    once(event: 'spawn' | 'exit', listener: () => void): unknown;
  };
}

/**
 * Starts the engine on the Node inside Electron.
 *
 * @param session A session that is cut off the network, and with it Electron's own `net` module in the engine.
 */
export function forkOnElectron(
  utilityProcess: UtilityForker,
  session: Session,
  entry: string,
  args: readonly string[],
): EngineProcess {
  const child = utilityProcess.fork(entry, [...args], {
    // eslint-disable-next-line semblance/words-in-messages -- its name among the system's processes
    serviceName: 'Semblance engine',
    env: engineEnvironment(process.env),
    stdio: 'inherit',
    session,
  });
  const listeners: (() => void)[] = [];
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    for (const listener of listeners) listener();
  };
  child.once('exit', end);
  // Told of an engine that V8 ends, out of memory for one. Its exit follows; unheard, this would end the app.
  child.on('error', () => {});
  return {
    send: (message) => child.postMessage(message),
    kill: () => {
      // Its own kill() only asks.
      if (child.pid !== undefined) killProcess(child.pid);
      else {
        // Not there yet, and perhaps it never will be.
        child.once('spawn', () => killProcess(child.pid));
        end();
      }
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void listeners.push(listener),
  };
}

/** Ends a process at once; one that has just ended by itself is as good. */
function killProcess(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}
