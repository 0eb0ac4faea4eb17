import { fork, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromEngine, ToEngine } from '../shared/wire.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-engine-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function start(): {
  child: ChildProcess;
  next: (wanted: (message: FromEngine) => boolean) => Promise<FromEngine>;
} {
  const child = fork(
    join(import.meta.dirname, 'main.ts'),
    ['--data', join(folder, 'data'), '--resources', folder],
    {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      silent: true,
    },
  );
  const messages: FromEngine[] = [];
  let wake = (): void => undefined;
  child.on('message', (message: FromEngine) => {
    // A computer without a key store.
    if (message.type === 'ask')
      child.send({ type: 'answer', id: message.id, value: null } satisfies ToEngine);
    messages.push(message);
    wake();
  });
  const next = async (wanted: (message: FromEngine) => boolean): Promise<FromEngine> => {
    for (;;) {
      const index = messages.findIndex(wanted);
      if (index >= 0) return messages.splice(index, 1)[0] ?? { type: 'ready' };
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { child, next };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

const isReady = ({ type }: FromEngine): boolean => type === 'ready';
const isReplyTo = (id: number) => (message: FromEngine) => message.type === 'reply' && message.id === id;

describe('the engine process', () => {
  it('removes what a killed one has left of tables', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const left = mkdtempSync(join(tmpdir(), `semblance-tables-${pid}-`));
    writeFileSync(join(left, 'spilled'), 'rows');
    const { child, next } = start();
    await next(isReady);
    await vi.waitFor(() => expect(existsSync(left)).toBe(false), { timeout: 10_000 });
    child.send({ type: 'shutdown' } satisfies ToEngine);
    expect(await exitOf(child)).toBe(0);
  });

  it('says it is ready, answers calls, and ends when asked', async () => {
    const { child, next } = start();
    await next(isReady);
    const call: ToEngine = { type: 'call', id: 1, channel: 'projects.list', input: undefined };
    child.send(call);
    expect(await next(isReplyTo(1))).toMatchObject({ reply: { ok: false, error: { code: 'store/locked' } } });
    child.send({
      type: 'call',
      id: 3,
      channel: 'store.create',
      input: { kind: 'passphrase', passphrase: 'correct horse battery' },
    });
    expect(await next(isReplyTo(3))).toMatchObject({ reply: { ok: true } });
    child.send({ ...call, id: 4 });
    expect(await next(isReplyTo(4))).toMatchObject({ reply: { ok: true, value: [] } });
    child.send({ type: 'call', id: 2, channel: 'app.info', input: undefined });
    expect(await next(isReplyTo(2))).toMatchObject({
      reply: { ok: false, error: { code: 'request/invalid' } },
    });
    child.send('nonsense');
    const exit = exitOf(child);
    child.send({ type: 'shutdown' } satisfies ToEngine);
    expect(await exit).toBe(0);
  });

  it('outlives whatever is sent to it', async () => {
    const { child, next } = start();
    await next(isReady);
    const channel = fc.constantFrom(
      'jobs.train',
      'projects.get',
      'data.preview',
      'app.info',
      '__proto__',
      'toString',
      '',
    );
    const call = fc.record(
      {
        type: fc.constantFrom('call', 'call', 'Shutdown', '__proto__'),
        id: fc.oneof(fc.nat(1000), fc.constantFrom(-1, 0.5, 1e308, null, '1')),
        channel: fc.oneof(channel, fc.jsonValue()),
        input: fc.oneof(
          fc.jsonValue(),
          fc.constant(JSON.parse('{"__proto__": {"projectId": 1}, "projectId": "x"}')),
        ),
      },
      { requiredKeys: [] },
    );
    for (const sent of fc.sample(fc.oneof(fc.jsonValue(), call), 300)) child.send(sent as ToEngine);
    child.send({ type: 'call', id: 123_456, channel: 'store.state', input: undefined } satisfies ToEngine);
    expect(await next(isReplyTo(123_456))).toMatchObject({ reply: { ok: true } });
    const exit = exitOf(child);
    child.send({ type: 'shutdown' } satisfies ToEngine);
    expect(await exit).toBe(0);
  });

  it('ends when whoever started it is gone', async () => {
    const { child, next } = start();
    await next(isReady);
    const exit = exitOf(child);
    child.disconnect();
    expect(await exit).toBe(0);
  });

  it('says why its store cannot be used', async () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');
    const { child, next } = start();
    await next(isReady);
    child.send({ type: 'call', id: 1, channel: 'store.state', input: undefined });
    expect(await next(isReplyTo(1))).toMatchObject({
      reply: { ok: true, value: { state: 'problem', error: { code: 'store/unusable' } } },
    });
    child.send({ type: 'call', id: 2, channel: 'projects.list', input: undefined });
    expect(await next(isReplyTo(2))).toMatchObject({ reply: { ok: false, error: { code: 'store/locked' } } });
    const exit = exitOf(child);
    child.send({ type: 'shutdown' });
    expect(await exit).toBe(0);
  });
});
