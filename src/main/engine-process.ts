/** Starts the engine in a process of its own and makes the two ways of doing so look alike. */
import type { ChildProcess, ForkOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from 'electron';
import { AppError } from '../shared/errors.ts';
import type { ToEngine } from '../shared/wire.ts';
import bundledNode from './bundled-node.json' with { type: 'json' };
import { childEnvironment } from './child-environment.ts';
import { DeviceTrials } from './device-trials.ts';
import { startUtility, type UtilityForker } from './utility-process.ts';

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
    env: childEnvironment(process.env),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Pixels go as they are, and not as text.
    serialization: 'advanced',
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

/**
 * Starts the engine on the Node inside Electron.
 *
 * @param session A session that is cut off the network.
 * @param entries Files of the engine and of the process in which it has devices tried.
 */
export function forkOnElectron(
  utilityProcess: UtilityForker,
  session: Session,
  entries: { readonly engine: string; readonly trial: string },
  args: readonly string[],
): EngineProcess {
  const engine = startUtility(utilityProcess, {
    // eslint-disable-next-line semblance/words-in-messages -- its name among the system's processes
    name: 'Semblance engine',
    ...{ entry: entries.engine, args, isHeard: true, session },
  });
  const startTrial = () =>
    startUtility(utilityProcess, {
      // eslint-disable-next-line semblance/words-in-messages -- likewise
      name: 'Semblance device trial',
      // What drivers print is not for whoever started the app.
      ...{ entry: entries.trial, isHeard: false, session },
    });
  const trials = new DeviceTrials(startTrial, (message) => engine.send(message));
  engine.onExit(() => trials.endAll());
  return {
    send: (message) => engine.send(message),
    kill: () => engine.kill(),
    onMessage: (listener) =>
      engine.onMessage((message) => {
        if (!trials.hear(message)) listener(message);
      }),
    onExit: (listener) => engine.onExit(() => listener()),
  };
}
