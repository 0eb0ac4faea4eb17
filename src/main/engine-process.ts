/** Starts the engine in a process of its own and makes the two ways of doing so look alike. */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
  throw new AppError(
    'engine/stopped',
    `The engine needs Node ${oldestEngineNode} or newer, and there is none here.`,
    'Run `npm run setup`, or name one in the environment variable SEMBLANCE_NODE.',
  );
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

/** Starts the engine on a Node of its own. */
export function forkOnNode(executable: string, entry: string, args: readonly string[]): EngineProcess {
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
    options: { serviceName: string; env: Record<string, string>; stdio: 'inherit' },
  ): {
    readonly pid: number | undefined;
    postMessage(message: unknown): void;
    kill(): boolean;
    on(event: 'message', listener: (message: unknown) => void): unknown;
    once(event: 'exit', listener: () => void): unknown;
  };
}

/** Starts the engine on the Node inside Electron. */
export function forkOnElectron(
  utilityProcess: UtilityForker,
  entry: string,
  args: readonly string[],
): EngineProcess {
  const child = utilityProcess.fork(entry, [...args], {
    serviceName: 'Semblance engine',
    env: engineEnvironment(process.env),
    stdio: 'inherit',
  });
  return {
    send: (message) => child.postMessage(message),
    kill: () => {
      // Its own kill() only asks.
      if (child.pid === undefined) child.kill();
      else process.kill(child.pid, 'SIGKILL');
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
  };
}
