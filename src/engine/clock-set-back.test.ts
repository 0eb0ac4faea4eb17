/** The clock of the machine is set back while the engine works: nothing changes its order, and no time runs backwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { Job } from '../shared/jobs.ts';
import { JobQueue } from './jobs/queue.ts';
import { openStore, type Store } from './store/open.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-clock-'));
const settings = { minutes: 1, stopEarly: true, seed: 1, holdout: 0.2 };
let store: Store | undefined;

afterEach(() => {
  store?.close();
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** Sets the date, and leaves all other clocks alone. */
function setDate(date: string): void {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(date);
}

it('keeps projects, files and jobs in the order they came', async () => {
  setDate('2026-06-01T12:00:00Z');
  store = openStore(folder);
  const { projects, jobs } = store;
  const told: Job[] = [];
  const queue = new JobQueue(jobs, { onChange: (job) => told.push(job) });
  const first = projects.create('first', '/a.csv', [], settings);
  const run = async (): Promise<string> => 'done';
  const earlier = queue.add({ projectId: first, kind: 'profile', run });
  projects.addExport(first, written('/1.csv'));

  setDate('2025-01-01T00:00:00Z');
  const second = projects.create('second', '/b.csv', [], settings);
  expect(projects.list().map(({ name }) => name)).toEqual(['second', 'first']);
  projects.touch(first);
  expect(projects.list().map(({ name }) => name)).toEqual(['first', 'second']);
  projects.touch(second);
  expect(projects.list().map(({ name }) => name)).toEqual(['second', 'first']);
  projects.addExport(first, written('/2.csv'));
  const [newer, older] = projects.exports(first);
  expect([newer?.path, older?.path]).toEqual(['/2.csv', '/1.csv']);
  expect(newer!.writtenAt > older!.writtenAt).toBe(true);
  const later = queue.add({ projectId: first, kind: 'profile', run });
  expect(later.createdAt > earlier.createdAt).toBe(true);
  await vi.waitFor(() => {
    expect(queue.list().map(({ id, state }) => [id, state])).toEqual([
      [later.id, 'done'],
      [earlier.id, 'done'],
    ]);
  });
});

it('tells the time left by a clock that nobody sets', async () => {
  setDate('2026-06-01T12:00:00Z');
  store = openStore(folder);
  const project = store.projects.create('first', '/a.csv', [], settings);
  const told: Job[] = [];
  const queue = new JobQueue(store.jobs, { intervalMs: 1, onChange: (job) => told.push(job) });
  queue.add({
    projectId: project,
    kind: 'profile',
    run: async ({ report }) => {
      for (let part = 1; part <= 20; part++) {
        // The date jumps back and forth by months; steps of the work take 150 ms.
        setDate(part % 2 === 0 ? '2024-01-01T00:00:00Z' : '2027-01-01T00:00:00Z');
        await new Promise((resolve) => setTimeout(resolve, 150));
        report({ phase: 'working', progress: part / 21 });
      }
      return 'done';
    },
  });
  await vi.waitFor(() => expect(told.at(-1)?.state).toBe('done'), 15_000);
  const left = told.flatMap(({ secondsLeft }) => (secondsLeft === null ? [] : [secondsLeft]));
  expect(left.length).toBeGreaterThan(0);
  for (const seconds of left) {
    expect(seconds).toBeGreaterThanOrEqual(0);
    expect(seconds).toBeLessThan(60);
  }
}, 20_000);

function written(path: string) {
  return { path, what: 'rows' as const, rows: 1, replacedCopies: 0, writtenAt: new Date().toISOString() };
}
