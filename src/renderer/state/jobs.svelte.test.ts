import { expect, it } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-api.ts';
import { project } from '../../../test/renderer/fake-data.ts';
import type { Job } from '../../shared/jobs.ts';
import { Client } from './client.ts';
import { JobBook } from './jobs.svelte.ts';

const job = (id: string, change: Partial<Job> = {}): Job => ({
  id,
  projectId: 'p1',
  kind: 'train',
  state: 'running',
  phase: '',
  progress: 0.5,
  rate: null,
  secondsLeft: null,
  createdAt: `2026-01-0${id}T00:00:00Z`,
  startedAt: null,
  finishedAt: null,
  error: null,
  outcome: null,
  resumable: false,
  saved: null,
  ...change,
});

function setUp(jobs: Job[]) {
  const engine = new FakeEngine({ projects: [project()], jobs, still: true, delay: 0 });
  return new JobBook(new Client(engine));
}

it('lists jobs newest first, and knows those that have not ended', async () => {
  const book = setUp([job('1', { state: 'done' }), job('3', { projectId: 'p2' }), job('2')]);
  await book.load();
  expect(book.all.map(({ id }) => id)).toEqual(['3', '2', '1']);
  expect(book.active.map(({ id }) => id)).toEqual(['3', '2']);
  expect(book.of('p1').map(({ id }) => id)).toEqual(['2', '1']);
  book.put(job('2', { state: 'failed' }));
  expect(book.all).toHaveLength(3);
  expect(book.active.map(({ id }) => id)).toEqual(['3']);
});

it('says that a job is stopping until it has', async () => {
  const book = setUp([job('1')]);
  await book.load();
  const [running] = book.all;
  if (running === undefined) throw new Error('There is no job.');
  const cancelled = book.cancel(running);
  expect(book.stopping.has('1')).toBe(true);
  await cancelled;
  expect(book.stopping.has('1')).toBe(false);
  expect(book.all[0]?.state).toBe('cancelled');
});

it('forgets that it is stopping when it cannot be cancelled', async () => {
  const book = setUp([]);
  await expect(book.cancel(job('9'))).rejects.toThrow('This job is gone.');
  expect(book.stopping.size).toBe(0);
});

it('keeps what runs when the list is cleared', async () => {
  const book = setUp([job('1', { state: 'done' }), job('2')]);
  await book.load();
  await book.clear();
  expect(book.all.map(({ id }) => id)).toEqual(['2']);
});

it('pauses, resumes and gives up what waits to be resumed, and offers what it found waiting', async () => {
  const book = setUp([job('1', { resumable: true }), job('2', { state: 'interrupted', resumable: true })]);
  await book.load();
  expect(book.unfinished.map(({ id }) => id)).toEqual(['2']);
  const running = book.all.find(({ id }) => id === '1')!;
  const paused = book.pause(running);
  expect(book.pausing.has('1')).toBe(true);
  await paused;
  expect(book.pausing.has('1')).toBe(false);
  // Paused in this window: nobody has to be told, not even after the list is read again.
  await book.load();
  expect(book.unfinished.map(({ id }) => id)).toEqual(['2']);
  await book.clear();
  expect(book.all).toHaveLength(2);
  await book.resume(book.all.find(({ id }) => id === '1')!);
  expect(book.active.map(({ id }) => id)).toEqual(['1']);
  await book.cancel(book.unfinished[0]!);
  expect(book.unfinished).toEqual([]);
});
