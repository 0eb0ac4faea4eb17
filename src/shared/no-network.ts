/**
 * Disarms the network of a Node process. Every process of Semblance (main, engine, terminal) does this
 * before anything else, so that not even a dependency can phone home.
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
] as const;

const globals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];

/** What is thrown at whoever tries a door, e.g. `net.connect`. */
export function networkRefused(door: string): AppError {
  return new AppError(
    'request/forbidden',
    `Something tried to use the network (${door}) and was refused.`,
    'Semblance works without a network. Nothing has left your computer; please report this.',
  );
}

/**
 * Replaces every door to the network by a function that throws. Cannot be undone.
 * The caller finishes with `syncBuiltinESMExports()` of node:module, or imports by name keep the open doors.
 *
 * @param load Loads a built-in module of Node, which shared code may not import itself: a `require`.
 * @param scope The global object.
 */
export function closeNetwork(load: (module: string) => unknown, scope: object): void {
  for (const [module, inside, members] of doors) {
    const path = inside === '' ? [] : inside.split('.');
    let owner: unknown = load(`node:${module}`);
    for (const step of path) owner = isObject(owner) ? Reflect.get(owner, step) : undefined;
    const name = [module, ...path.filter((step) => step !== 'prototype')].join('.');
    if (isObject(owner)) close(owner, name, members);
  }
  close(scope, 'globalThis', globals);
}

function close(owner: object, path: string, members: readonly string[]): void {
  const isDoor = (name: string) =>
    members.includes(name) || (members.includes('resolve') && /^resolve[A-Z46]/.test(name));
  for (const name of Object.getOwnPropertyNames(owner).filter(isDoor)) {
    Object.defineProperty(owner, name, {
      // Not an arrow function, so that `new WebSocket(…)` fails for the same reason.
      value: function () {
        throw networkRefused(`${path}.${name}`);
      },
      writable: false,
      configurable: false,
    });
  }
}

function isObject(value: unknown): value is object {
  return value !== null && (typeof value === 'object' || typeof value === 'function');
}
