import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../shared/errors.ts';
import type { ToEngine } from '../shared/wire.ts';
import { EngineHost, type EngineState } from './engine-host.ts';
import type { EngineProcess } from './engine-process.ts';

/** An engine process that does what the test tells it. */
class FakeProcess implements EngineProcess {
  readonly sent: ToEngine[] = [];
  killed = false;
  say: (message: unknown) => void = () => {};
  die: () => void = () => {};

  send(message: ToEngine): void {
    this.sent.push(message);
  }
  kill(): void {
    this.killed = true;
    this.die();
  }
  onMessage(listener: (message: unknown) => void): void {
    this.say = listener;
  }
  onExit(listener: () => void): void {
    this.die = listener;
  }
  /** Answers its n-th call. */
  answer(call: number, value: unknown): void {
    const message = this.sent.filter((sent) => sent.type === 'call')[call];
    this.say({ type: 'reply', id: message?.id, reply: { ok: true, value } });
  }
}

function setUp() {
  const processes: FakeProcess[] = [];
  const states: EngineState['state'][] = [];
  const onEvent = vi.fn<(name: string, payload: unknown) => void>();
  const host = new EngineHost({
    start: () => {
      const process = new FakeProcess();
      processes.push(process);
      return process;
    },
    onEvent,
    onState: ({ state }) => states.push(state),
    onQuestion: ({ what }) => (what === 'name' ? 'Keychain' : null),
    report: vi.fn(),
  });
  const process = (index: number): FakeProcess => {
    const found = processes[index];
    if (found === undefined) throw new Error(`engine ${index} was not started`);
    return found;
  };
  host.start();
  return { host, process, processes, states, onEvent };
}

const stopped = { code: 'engine/stopped' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a question of the engine', () => {
  it('is answered to it, before it is ready as well', () => {
    const { process } = setUp();
    process(0).say({ type: 'ask', id: 1, question: { what: 'name' } });
    process(0).say({ type: 'ask', id: 2, question: { what: 'unseal', sealed: 'AAAA' } });
    process(0).say({ type: 'ask', id: 3, question: { what: 'password' } });
    expect(process(0).sent).toEqual([
      { type: 'answer', id: 1, value: 'Keychain' },
      { type: 'answer', id: 2, value: null },
    ]);
  });
});

describe('a call', () => {
  it('waits for the engine to be ready, then comes back with its own answer', async () => {
    const { host, process } = setUp();
    const list = host.call('projects.list', undefined);
    const jobs = host.call('jobs.list', undefined);
    expect(process(0).sent).toEqual([]);
    process(0).say({ type: 'ready' });
    process(0).answer(1, ['job']);
    process(0).answer(0, ['project']);
    expect(await list).toEqual(['project']);
    expect(await jobs).toEqual(['job']);
  });

  it('comes back with the error of the engine', async () => {
    const { host, process } = setUp();
    process(0).say({ type: 'ready' });
    const call = host.call('projects.get', { projectId: 'x' });
    const error = { code: 'project/not-found', message: 'There is no such project.', fix: 'Choose another.' };
    process(0).say({ type: 'reply', id: 1, reply: { ok: false, error } });
    await expect(call).rejects.toMatchObject(error);
    await expect(call).rejects.toBeInstanceOf(AppError);
  });

  it('is not confused by what it did not ask for', async () => {
    const { host, process, onEvent } = setUp();
    process(0).say({ type: 'ready' });
    const call = host.call('jobs.list', undefined);
    for (const nonsense of [
      null,
      7,
      'ready',
      {},
      { type: 'reply' },
      { type: 'reply', id: 99, reply: { ok: true, value: 'foreign' } },
      { type: 'exit' },
    ]) {
      process(0).say(nonsense);
    }
    process(0).answer(0, 'first');
    process(0).answer(0, 'second');
    expect(await call).toBe('first');
    expect(onEvent).not.toHaveBeenCalled();
  });

  it('may come back with nothing, as JSON carries it', async () => {
    const { host, process } = setUp();
    process(0).say({ type: 'ready' });
    const call = host.call('projects.remove', { projectId: 'x' });
    process(0).say(
      JSON.parse(JSON.stringify({ type: 'reply', id: 1, reply: { ok: true, value: undefined } })),
    );
    expect(await call).toBeUndefined();
  });

  it('does not wait for ever when its answer is not understood', async () => {
    const { host, process } = setUp();
    process(0).say({ type: 'ready' });
    const call = host.call('jobs.list', undefined);
    process(0).say({
      type: 'reply',
      id: 1,
      reply: { ok: false, error: { code: 'made/up', message: '', fix: '' } },
    });
    await expect(call).rejects.toMatchObject({ code: 'internal' });
  });

  it('is refused when too many wait', async () => {
    const { host, process } = setUp();
    const calls = Array.from({ length: 1000 }, () => host.call('jobs.list', undefined));
    await expect(host.call('jobs.list', undefined)).rejects.toMatchObject({ code: 'request/invalid' });
    process(0).say({ type: 'ready' });
    calls.forEach((_call, index) => process(0).answer(index, index));
    expect(await Promise.all(calls)).toEqual(calls.map((_call, index) => index));
  });
});

describe('events', () => {
  it('are passed on in their order, however many there are', () => {
    const { process, onEvent } = setUp();
    process(0).say({ type: 'ready' });
    for (let i = 0; i < 10_000; i++) process(0).say({ type: 'event', event: 'job.changed', payload: i });
    expect(onEvent).toHaveBeenCalledTimes(10_000);
    expect(onEvent.mock.calls.at(-1)).toEqual(['job.changed', 9999]);
  });
});

describe('when the engine dies', () => {
  it('answers what is pending, starts it again and works', async () => {
    const { host, process, states } = setUp();
    process(0).say({ type: 'ready' });
    const pending = [host.call('jobs.list', undefined), host.call('projects.list', undefined)];
    process(0).die();
    for (const call of pending) await expect(call).rejects.toMatchObject(stopped);
    expect(host.state.state).toBe('restarting');

    const next = host.call('jobs.list', undefined);
    await vi.advanceTimersByTimeAsync(250);
    process(1).say({ type: 'ready' });
    process(1).answer(0, []);
    expect(await next).toEqual([]);
    expect(states).toEqual(['starting', 'ready', 'restarting', 'ready']);
  });

  it('ignores what the dead one still says', async () => {
    const { host, process, onEvent } = setUp();
    process(0).say({ type: 'ready' });
    process(0).die();
    process(0).die();
    await vi.advanceTimersByTimeAsync(250);
    process(1).say({ type: 'ready' });
    const call = host.call('jobs.list', undefined);
    process(0).say({ type: 'event', event: 'job.changed', payload: 'late' });
    process(0).say({ type: 'reply', id: 1, reply: { ok: true, value: 'late' } });
    process(1).answer(0, 'right');
    expect(await call).toBe('right');
    expect(onEvent).not.toHaveBeenCalled();
  });

  it('gives up after three deaths within a minute, and says so to whoever waits or asks', async () => {
    const { host, process, processes, states } = setUp();
    process(0).die();
    await vi.advanceTimersByTimeAsync(250);
    process(1).die();
    await vi.advanceTimersByTimeAsync(1000);
    const waiting = host.call('jobs.list', undefined);
    process(2).die();
    const gone = {
      ...stopped,
      message: 'The engine stopped three times within a minute.',
      fix: expect.stringContaining('open it again'),
    };
    await expect(waiting).rejects.toMatchObject(gone);
    await expect(host.call('jobs.list', undefined)).rejects.toMatchObject(gone);
    expect(host.state.message, 'said once').not.toContain('open it again');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(processes).toHaveLength(3);
    expect(states.at(-1)).toBe('failed');
  });

  it('keeps going when the deaths are far apart', async () => {
    const { process, processes, states } = setUp();
    for (let life = 0; life < 6; life++) {
      process(life).say({ type: 'ready' });
      await vi.advanceTimersByTimeAsync(40_000);
      process(life).die();
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(processes).toHaveLength(7);
    expect(states).not.toContain('failed');
  });

  it('counts an engine that never gets ready as dead', async () => {
    const { host, process } = setUp();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(process(0).killed).toBe(true);
    expect(host.state.state).toBe('restarting');
  });

  it('says why it could not be started at all', async () => {
    const states: EngineState[] = [];
    const host = new EngineHost({
      start: () => {
        throw new AppError('engine/stopped', 'There is no Node here.', 'Install one.');
      },
      onEvent: vi.fn(),
      onState: (state) => states.push(state),
      onQuestion: () => null,
      report: vi.fn(),
    });
    host.start();
    await vi.advanceTimersByTimeAsync(5000);
    expect(states.at(-1)).toEqual({ state: 'failed', message: 'There is no Node here. Install one.' });
  });
});

describe('shutdown', () => {
  it('asks the engine and waits for it', async () => {
    const { host, process } = setUp();
    process(0).say({ type: 'ready' });
    const call = host.call('jobs.list', undefined);
    const gone = host.shutdown(5000);
    expect(process(0).sent.at(-1)).toEqual({ type: 'shutdown' });
    process(0).die();
    await gone;
    await expect(call).rejects.toMatchObject(stopped);
    expect(process(0).killed).toBe(false);
    await expect(host.call('jobs.list', undefined)).rejects.toMatchObject(stopped);
  });

  it('kills it once the grace is over', async () => {
    const { host, process, processes } = setUp();
    process(0).say({ type: 'ready' });
    const gone = host.shutdown(5000);
    await vi.advanceTimersByTimeAsync(4999);
    expect(process(0).killed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(process(0).killed).toBe(true);
    await gone;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(processes).toHaveLength(1);
  });

  it('does not wait for an engine that is between two lives', async () => {
    const { host, process, processes } = setUp();
    process(0).die();
    await host.shutdown(5000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(processes).toHaveLength(1);
  });
});
