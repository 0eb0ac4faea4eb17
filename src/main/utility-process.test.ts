import type { Session } from 'electron';
import { expect, it, vi } from 'vitest';
import { FakeUtility, stubborn } from './fake-utility.ts';
import { startUtility, type UtilityForker } from './utility-process.ts';

const session = {} as Session;
const start = () => {
  const child = new FakeUtility();
  const fork = vi.fn<UtilityForker['fork']>(() => child);
  const running = startUtility(
    { fork },
    { name: 'A process', entry: '/out/engine/main.mjs', args: ['--data', 'D'], isHeard: true, session },
  );
  const ended = vi.fn();
  running.onExit(ended);
  return { child, fork, running, ended };
};

it('starts with a clean environment and in the session that is cut off', () => {
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
  running.send({ type: 'call', id: 1 });
  child.spawned(1);
  child.emit('message', { type: 'ready' });
  expect(child.posted).toEqual([{ type: 'call', id: 1 }]);
  expect(heard.mock.calls).toEqual([[{ type: 'ready' }]]);
});

it('tells once of the end, and of nothing else as if it were one', () => {
  const { child, ended } = start();
  child.spawned(1);
  expect(() => child.emit('error', 'FatalError', 'v8::Heap', '{}')).not.toThrow();
  expect(ended).not.toHaveBeenCalled();
  child.exited(7);
  child.exited(7);
  expect(ended.mock.calls).toEqual([[7]]);
});

it('kills what does not listen, and nothing once it is gone', async () => {
  const { child, running, ended } = start();
  const { pid, gone } = stubborn();
  child.spawned(pid);
  running.kill();
  await gone;
  expect(() => running.kill()).not.toThrow();
  child.exited(9);
  running.kill();
  expect(ended).toHaveBeenCalledOnce();
});

it('gives up what has not started, and kills it should it start after all', async () => {
  const { child, running, ended } = start();
  running.kill();
  expect(ended.mock.calls).toEqual([[null]]);
  const { pid, gone } = stubborn();
  child.spawned(pid);
  await gone;
  child.exited(9);
  expect(ended).toHaveBeenCalledOnce();
});
