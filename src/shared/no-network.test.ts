import { describe, expect, it } from 'vitest';
import { AppError } from './errors.ts';
import { closeNetwork } from './no-network.ts';

const open = () => 'reached';

/** A make-believe Node: only the modules that the tests look at have members. */
function fakeNode() {
  const socket = class {
    connect = undefined;
  };
  Object.assign(socket.prototype, { connect: open, write: open });
  const net = { connect: open, createConnection: open, createServer: open, isIP: open, Socket: socket };
  const dns = { lookup: open, resolve: open, resolve4: open, resolveTxt: open, resolver: open };
  const scope = { fetch: open, WebSocket: class {}, setTimeout: open };
  const childProcess = class {
    spawn() {
      return 'started';
    }
  };
  const children = { fork: open, ChildProcess: childProcess };
  const empty = {};
  const modules = new Map<string, object>([
    ['net', net],
    ['dns', dns],
    ['child_process', children],
  ]);
  return {
    net,
    socket: socket.prototype,
    dns,
    children,
    childProcess: childProcess.prototype,
    scope,
    empty,
    load: (name: string) => modules.get(name) ?? empty,
  };
}

function call(object: object, name: string): unknown {
  const value: unknown = Reflect.get(object, name);
  if (typeof value !== 'function') throw new Error(`${name} is not a function`);
  return Reflect.apply(value, object, []);
}

describe('closeNetwork', () => {
  it('makes every door throw with its name', () => {
    const { net, socket, scope, load } = fakeNode();
    closeNetwork(load, scope);
    for (const name of ['connect', 'createConnection', 'createServer']) {
      expect(() => call(net, name)).toThrow(`(net.${name})`);
    }
    expect(() => call(socket, 'connect')).toThrow('(net.Socket.connect)');
    expect(() => call(scope, 'fetch')).toThrow(AppError);
  });

  it('closes a whole family of resolvers, and nothing that only sounds like it', () => {
    const { dns, scope, load } = fakeNode();
    closeNetwork(load, scope);
    for (const name of ['resolve', 'resolve4', 'resolveTxt']) expect(() => call(dns, name)).toThrow('dns');
    expect(call(dns, 'resolver')).toBe('reached');
  });

  it('refuses constructors for the same reason', () => {
    const { scope, load } = fakeNode();
    closeNetwork(load, scope);
    expect(() => new scope.WebSocket()).toThrow('globalThis.WebSocket');
  });

  it('leaves the rest alone and adds nothing', () => {
    const { net, socket, scope, empty, load } = fakeNode();
    closeNetwork(load, scope);
    expect(call(net, 'isIP')).toBe('reached');
    expect(call(socket, 'write')).toBe('reached');
    expect(Object.keys(empty)).toEqual([]);
  });

  it('lets a child be started by whoever it gave leave to, and only meanwhile', () => {
    const { children, childProcess, scope, load } = fakeNode();
    const { fork } = children;
    const startChild = closeNetwork(load, scope);
    expect(() => call(childProcess, 'spawn')).toThrow(
      'start another program (child_process.ChildProcess.spawn)',
    );
    expect(startChild(() => [fork(), call(childProcess, 'spawn')])).toEqual(['reached', 'started']);
    expect(() => startChild(() => call(children, 'fork'))).toThrow('(child_process.fork)');
    expect(() => call(childProcess, 'spawn')).toThrow(AppError);
  });

  it('cannot be undone', () => {
    const { net, scope, load } = fakeNode();
    closeNetwork(load, scope);
    expect(() => Object.assign(net, { connect: open })).toThrow(TypeError);
    expect(() => Object.defineProperty(net, 'connect', { value: open })).toThrow(TypeError);
  });
});
