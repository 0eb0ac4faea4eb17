import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { Job, JobKind } from '../../shared/jobs.ts';
import { JobQueue } from './queue.ts';
import type { JobKeeper } from './kept-jobs.ts';
import type { QueueOptions } from './queue.ts';
import type { TaskContext } from './task.ts';

function keeperInMemory(): JobKeeper & { saves: Job[] } {
  const rows = new Map<string, Job>();
  const saves: Job[] = [];
  return {
    saves,
    save: (job) => {
      rows.set(job.id, job);
      saves.push(job);
    },
    get: (id) => rows.get(id) ?? null,
    list: () => [...rows.values()],
    clearEnded: () => {
      for (const [id, { state }] of rows) if (state !== 'queued' && state !== 'running') rows.delete(id);
    },
  };
}

/** A queue, what it told, and a way to add jobs and wait for their end. */
function bench(options: Partial<QueueOptions> = {}) {
  const keeper = keeperInMemory();
  const told: Job[] = [];
  const log: string[] = [];
  const waiting = new Map<string, (job: Job) => void>();
  const queue = new JobQueue(keeper, {
    intervalMs: 30,
    log: (text) => log.push(text),
    onChange: (job) => {
      told.push(job);
      if (job.finishedAt !== null) waiting.get(job.id)?.(job);
    },
    ...options,
  });
  const add = (run: (context: TaskContext) => Promise<string>, kind: JobKind = 'train', projectId = 'p') => {
    const job = queue.add({ projectId, kind, run });
    const ended = new Promise<Job>((resolve) => waiting.set(job.id, resolve));
    return { id: job.id, ended };
  };
  return { queue, keeper, told, log, add };
}

/** A task that runs until it is cancelled. */
async function untilCancelled({ signal }: TaskContext): Promise<string> {
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve);
  });
  signal.throwIfAborted();
  return 'never';
}

describe('the job queue', () => {
  it('runs heavy jobs one at a time in order, and light ones beside them', async () => {
    const { add } = bench();
    const events: string[] = [];
    const task = (name: string) => async (): Promise<string> => {
      events.push(`${name} begins`);
      await sleep(20);
      events.push(`${name} ends`);
      return name;
    };
    const jobs = [add(task('first')), add(task('second'), 'generate'), add(task('profile'), 'profile')];
    const [first, second] = await Promise.all(jobs.map((job) => job.ended));
    expect(first).toMatchObject({ state: 'done', progress: 1, outcome: 'first', error: null });
    expect(second?.state).toBe('done');
    expect(events.indexOf('profile begins')).toBeLessThan(events.indexOf('first ends'));
    expect(events.indexOf('second begins')).toBeGreaterThan(events.indexOf('first ends'));
  });

  it('cancels a queued job without ever starting it', async () => {
    const { queue, add } = bench();
    let started = false;
    const running = add(untilCancelled);
    const queued = add(async () => {
      started = true;
      return '';
    });
    expect(queue.cancel(queued.id).state).toBe('cancelled');
    expect((await queued.ended).state).toBe('cancelled');
    queue.cancel(running.id);
    expect((await running.ended).state).toBe('cancelled');
    await sleep(10);
    expect(started).toBe(false);
  });

  it('cancels a running job, waits for its clean-up and goes on with the next', async () => {
    const { queue, add } = bench();
    let cleaned = false;
    const running = add(async ({ signal }) => {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      await sleep(20);
      cleaned = true;
      signal.throwIfAborted();
      return '';
    });
    const next = add(async () => 'next');
    expect(queue.cancel(running.id)).toMatchObject({ state: 'running', phase: 'Cancelling' });
    expect(await running.ended).toMatchObject({ state: 'cancelled', error: null });
    expect(cleaned).toBe(true);
    expect((await next.ended).state).toBe('done');
    expect(queue.cancel(running.id).state).toBe('cancelled');
  });

  it('declares a job cancelled when its grace is over, and says when the task is stuck', async () => {
    let stuck = false;
    const { queue, add, keeper } = bench({ graceMs: 20, stuckMs: 40, onStuck: () => (stuck = true) });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const deaf = add(async ({ report }) => {
      await held;
      report({ phase: 'still here', progress: 0.9 });
      return 'too late';
    });
    const next = add(async () => 'next');
    queue.cancel(deaf.id);
    expect((await deaf.ended).state).toBe('cancelled');
    expect(keeper.get(next.id)?.state).toBe('queued');
    await sleep(80);
    expect(stuck).toBe(true);
    release();
    expect((await next.ended).state).toBe('done');
    expect(keeper.get(deaf.id)).toMatchObject({ state: 'cancelled', outcome: null });
  });

  it('reports a failure with its code, and keeps the text of an unforeseen one to itself', async () => {
    const { add, log } = bench();
    const meant = await add(async () => {
      throw new AppError('output/disk-full', 'The disk is full.', 'Free some space.');
    }).ended;
    expect(meant).toMatchObject({ state: 'failed', error: { code: 'output/disk-full' } });
    const unforeseen = await add(async () => {
      throw new TypeError('cannot read 4111-1111');
    }).ended;
    expect(unforeseen.error?.code).toBe('internal');
    expect(JSON.stringify(unforeseen)).not.toContain('4111');
    expect(log.join()).toContain('TypeError');
    expect(log.join()).not.toContain('4111');
  });

  it('tells of progress at most once an interval, and always of the last', async () => {
    const { add, told, keeper } = bench({ intervalMs: 50 });
    const job = add(async ({ report }) => {
      const begun = performance.now();
      for (let step = 0; performance.now() - begun < 300; step++) {
        report({ progress: (performance.now() - begun) / 1000, phase: `step ${step}` });
        await sleep(1);
      }
      report({ progress: 0.99, phase: 'last' });
      await sleep(100);
      return 'done';
    });
    await job.ended;
    const running = told.filter(({ state }) => state === 'running');
    expect(running.length).toBeGreaterThan(3);
    expect(running.length).toBeLessThan(12);
    expect(running.at(-1)).toMatchObject({ phase: 'last', progress: 0.99 });
    expect(keeper.saves).toHaveLength(told.length);
  });

  it('goes on where jobs cannot be saved, and saves them when it can again', async () => {
    const kept = keeperInMemory();
    let full = true;
    const keeper: JobKeeper = {
      ...kept,
      save: (job) => {
        if (full) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
        kept.save(job, null);
      },
    };
    const log: string[] = [];
    const told: Job[] = [];
    const queue = new JobQueue(keeper, {
      intervalMs: 5,
      log: (text) => log.push(text),
      onChange: (job) => told.push(job),
    });
    const run = async ({ report }: TaskContext): Promise<string> => {
      for (const progress of [0.1, 0.2, 0.3]) {
        report({ progress });
        await sleep(10);
      }
      return 'done';
    };
    const { id } = queue.add({ projectId: 'p', kind: 'train', run });
    while (told.at(-1)?.finishedAt === null) await sleep(5);
    expect(told.at(-1)).toMatchObject({ id, state: 'done', outcome: 'done' });
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('SQLITE_FULL');
    expect(kept.saves).toEqual([]);
    expect(queue.list()).toMatchObject([{ id, state: 'done' }]);
    expect(queue.cancel(id).state).toBe('done');
    full = false;
    queue.add({ projectId: 'p', kind: 'profile', run });
    expect(kept.get(id)?.state).toBe('done');
    await queue.close();
  });

  it('ends everything as interrupted when it closes, and takes nothing more', async () => {
    const { queue, add, keeper } = bench();
    const running = add(untilCancelled);
    const queued = add(async () => '');
    await queue.close();
    expect(keeper.get(running.id)?.state).toBe('interrupted');
    expect(keeper.get(queued.id)?.state).toBe('interrupted');
    expect(() => add(async () => '')).toThrow(AppError);
  });

  it('waits until the jobs of one project have ended', async () => {
    const { queue, add, keeper } = bench();
    const mine = add(untilCancelled, 'train', 'mine');
    const other = add(untilCancelled, 'profile', 'other');
    expect(queue.isActive('mine', ['train'])).toBe(true);
    await queue.cancelProject('mine');
    expect(keeper.get(mine.id)?.state).toBe('cancelled');
    expect(queue.isActive('mine', ['train'])).toBe(false);
    expect(keeper.get(other.id)?.state).toBe('running');
    expect(queue.clear().map(({ id }) => id)).toEqual([other.id]);
    await queue.close();
  });

  it('knows nothing of a job it never had', () => {
    const { queue } = bench();
    expect(() => queue.cancel('nope')).toThrow(expect.objectContaining({ code: 'job/not-found' }));
  });
});
