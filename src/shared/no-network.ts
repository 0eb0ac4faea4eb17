/**
 * Disarms the network of a Node process. Every process of Semblance (main, engine, terminal) does this
 * before anything else, so that not even a dependency can phone home. Child processes and worker threads would
 * start with the network open, so those are refused too, but for a few of its own that close theirs first.
 */
import { AppError } from './errors.ts';

/** Everything in Node that reaches out or listens: module, object inside it, members. What a Node lacks is skipped. */
const doors = [
  ['net', '', ['connect', 'createConnection', 'createServer']],
  ['net', 'Socket.prototype', ['connect']],
  ['net', 'Server.prototype', ['listen']],
  ['tls', '', ['connect', 'createServer']],
  ['http', '', ['request', 'get', 'createServer']],
  ['https', '', ['request', 'get', 'createServer']],
  ['http2', '', ['connect', 'createServer', 'createSecureServer']],
  ['dgram', '', ['createSocket']],
  ['dgram', 'Socket.prototype', ['bind', 'connect', 'send']],
  // `resolve` stands for its family: resolve4, resolveTxt, …
  ['dns', '', ['lookup', 'lookupService', 'resolve', 'reverse']],
  ['dns', 'Resolver.prototype', ['resolve', 'reverse']],
  ['dns', 'promises', ['lookup', 'lookupService', 'resolve', 'reverse']],
  ['dns', 'promises.Resolver.prototype', ['resolve', 'reverse']],
  // A debugger listens on a port.
  ['inspector', '', ['open']],
  // Hands out what the modules above are made of.
  ['process', '', ['binding']],
  ['child_process', '', ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']],
  ['cluster', '', ['fork']],
  ['worker_threads', '', ['Worker']],
] as const;

/** What every kind of child process is started by in the end, `spawnSync` and its like apart. */
const lowestDoor = ['child_process', 'ChildProcess.prototype', 'spawn'] as const;

const globals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];

/** What is thrown at whoever tries a door, e.g. `net.connect`. */
export function networkRefused(door: string): AppError {
  return /^(child_process|cluster|worker_threads)\./.test(door)
    ? AppError.of('request/forbidden', 'program_refused', { door })
    : AppError.of('request/forbidden', 'network_refused', { door });
}

/**
 * Calls `start`, which may start a child process while it runs and not after it has returned. To be used only for
 * a child that disarms its own network before anything else.
 */
export type StartChild = <T>(start: () => T) => T;

/**
 * Replaces every door to the network by a function that throws. Cannot be undone.
 * The caller finishes with `syncBuiltinESMExports()` of node:module, or imports by name keep the open doors.
 *
 * @param load Loads a built-in module of Node, which shared code may not import itself: a `require`.
 * @param scope The global object.
 * @returns The one way that is left to start a child process, for whoever took `fork` before.
 */
export function closeNetwork(load: (module: string) => unknown, scope: object): StartChild {
  for (const [module, inside, members] of doors) {
    const { owner, name } = find(load, module, inside);
    if (owner !== undefined) close(owner, name, members);
  }
  close(scope, 'globalThis', globals);
  return closeLowestDoor(load);
}

function closeLowestDoor(load: (module: string) => unknown): StartChild {
  const [module, inside, member] = lowestDoor;
  const { owner, name } = find(load, module, inside);
  const spawn: unknown = owner === undefined ? undefined : Reflect.get(owner, member);
  let open = false;
  if (owner !== undefined && typeof spawn === 'function') {
    replace(owner, member, function (this: unknown, ...args: unknown[]): unknown {
      if (!open) throw networkRefused(`${name}.${member}`);
      return Reflect.apply(spawn, this, args);
    });
  }
  return (start) => {
    open = true;
    try {
      return start();
    } finally {
      open = false;
    }
  };
}

/** The object that holds the doors, if this Node has it, and its name for people. */
function find(load: (module: string) => unknown, module: string, inside: string) {
  const path = inside === '' ? [] : inside.split('.');
  // By its bare name: only then does Electron first put its own functions into `child_process`, which it could not
  // any more once the doors are closed, and would fail whoever asks for the module.
  let owner: unknown = load(module);
  for (const step of path) owner = isObject(owner) ? Reflect.get(owner, step) : undefined;
  const name = [module, ...path.filter((step) => step !== 'prototype')].join('.');
  return { owner: isObject(owner) ? owner : undefined, name };
}

function close(owner: object, path: string, members: readonly string[]): void {
  const isDoor = (name: string) =>
    members.includes(name) || (members.includes('resolve') && /^resolve[A-Z46]/.test(name));
  for (const name of Object.getOwnPropertyNames(owner).filter(isDoor)) {
    // Not an arrow function, so that `new WebSocket(…)` fails for the same reason.
    replace(owner, name, function () {
      throw networkRefused(`${path}.${name}`);
    });
  }
}

function replace(owner: object, name: string, value: () => unknown): void {
  Object.defineProperty(owner, name, { value, writable: false, configurable: false });
}

function isObject(value: unknown): value is object {
  return value !== null && (typeof value === 'object' || typeof value === 'function');
}
