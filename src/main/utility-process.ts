/** Starts a process on the Node inside Electron. */
import type { Session } from 'electron';
import { childEnvironment } from './child-environment.ts';

/** The part of Electron's utilityProcess that this needs. */
export interface UtilityForker {
  fork(
    entry: string,
    args: string[],
    options: {
      serviceName: string;
      env: Record<string, string>;
      stdio: 'inherit' | 'ignore';
      session: Session;
    },
  ): {
    readonly pid: number | undefined;
    postMessage(message: unknown): void;
    on(event: 'message', listener: (message: unknown) => void): unknown;
    on(event: 'error', listener: () => void): unknown;
    once(event: 'spawn', listener: () => void): unknown;
    once(event: 'exit', listener: (code: number) => void): unknown;
  };
}

export interface UtilityOptions {
  /** Its name among the system's processes. */
  readonly name: string;
  readonly entry: string;
  readonly args?: readonly string[];
  /** Whether what it prints is shown where the app was started. */
  readonly isHeard: boolean;
  /** A session that is cut off the network, and with it Electron's own `net` module in the process. */
  readonly session: Session;
}

export interface UtilityProcess {
  send(message: unknown): void;
  /** Ends it at once, without asking. */
  kill(): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, whatever ended it, with its exit code; null where it never started. */
  onExit(listener: (code: number | null) => void): void;
}

export function startUtility(utilityProcess: UtilityForker, options: UtilityOptions): UtilityProcess {
  const child = utilityProcess.fork(options.entry, [...(options.args ?? [])], {
    serviceName: options.name,
    env: childEnvironment(process.env),
    stdio: options.isHeard ? 'inherit' : 'ignore',
    session: options.session,
  });
  const listeners: ((code: number | null) => void)[] = [];
  let ended = false;
  const end = (code: number | null) => {
    if (ended) return;
    ended = true;
    for (const listener of listeners) listener(code);
  };
  child.once('exit', end);
  // Told of a process that V8 ends, out of memory for one. Its exit follows; unheard, this would end the app.
  child.on('error', () => {});
  return {
    send: (message) => child.postMessage(message),
    kill: () => {
      // Its own kill() only asks.
      if (child.pid !== undefined) killProcess(child.pid);
      else {
        // Not there yet, and perhaps it never will be.
        child.once('spawn', () => killProcess(child.pid));
        end(null);
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
