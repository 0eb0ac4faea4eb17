/** Every choice in the window that destroys something can be taken back; erasing for good alone cannot. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-api.ts';
import { project } from '../../../test/renderer/fake-data.ts';
import type { Job } from '../../shared/jobs.ts';
import { AppState } from './app.svelte.ts';
import { Client } from './client.ts';

const training: Job = {
  id: 'j1',
  projectId: 'p1',
  kind: 'train',
  state: 'running',
  phase: '',
  progress: 0.5,
  rate: null,
  secondsLeft: null,
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: null,
  finishedAt: null,
  error: null,
  outcome: null,
  resumable: true,
  saved: { epoch: 7, at: '2026-01-01T00:00:00Z' },
};

async function setUp(change: Partial<Job> = {}) {
  const engine = new FakeEngine({
    projects: [project()],
    jobs: [{ ...training, ...change }],
    still: true,
    delay: 0,
  });
  const app = new AppState(new Client(engine));
  await app.start();
  await vi.waitFor(() => expect(app.jobs.all).toHaveLength(1));
  const told = async () => (await app.client.call('jobs.list'))[0]?.state;
  const [job] = app.jobs.all;
  if (job === undefined) throw new Error('There is no job.');
  return { app, job, told };
}

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  // What of a page the state of the window touches.
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a training that is cancelled goes on when that is undone', async () => {
  const { app, job, told } = await setUp();
  await app.jobActions.cancel(job);
  expect(app.jobs.all[0]?.state, 'shown as what was asked for').toBe('cancelled');
  expect(await told(), 'nothing is lost yet').toBe('paused');
  expect(app.jobs.unfinished).toEqual([]);
  app.deferred.undo();
  await vi.waitFor(() => expect(app.jobs.all[0]?.state).toBe('running'));
});

it('a training that is cancelled is so for good when the time is over', async () => {
  const { app, job, told } = await setUp();
  await app.jobActions.cancel(job);
  vi.advanceTimersByTime(11_000);
  await vi.waitFor(async () => expect(await told()).toBe('cancelled'));
  expect(app.jobs.all[0]?.state).toBe('cancelled');
  expect(app.deferred.current).toBeNull();
});

it('a training that ends before it can be stopped is not told of as an error', async () => {
  const { app, job } = await setUp();
  const call = vi.spyOn(app.client, 'call');
  call.mockImplementationOnce(() => Promise.reject(new Error('It cannot be paused.')));
  await app.jobActions.cancel(job);
  expect(app.error).toBeNull();
  expect(app.deferred.current).toBeNull();
  expect(app.jobs.all[0]?.state).toBe('cancelled');
});

it('a paused training that is discarded waits again when that is undone', async () => {
  const { app, job, told } = await setUp({ state: 'paused' });
  app.jobActions.discard(job);
  expect(app.jobActions.discarding?.id, 'something learned would be lost, so it is asked').toBe('j1');
  app.jobActions.discard(job);
  expect(app.jobs.all[0]?.state).toBe('cancelled');
  app.deferred.undo();
  expect(app.jobs.all[0]?.state).toBe('paused');
  app.jobActions.discard(job);
  app.jobActions.discard(job);
  app.deferred.settle();
  await vi.waitFor(async () => expect(await told()).toBe('cancelled'));
});

it('ended jobs that are cleared come back when that is undone', async () => {
  const { app, told } = await setUp({ state: 'done', resumable: false });
  app.jobActions.clear();
  expect(app.jobs.all).toEqual([]);
  app.deferred.undo();
  expect(app.jobs.all).toHaveLength(1);
  app.jobActions.clear();
  app.deferred.settle();
  await vi.waitFor(async () => expect(await told()).toBeUndefined());
});

it('a project that is removed comes back when that is undone', async () => {
  const { app } = await setUp();
  await app.openProject('p1');
  await app.remove();
  expect(app.projects).toEqual([]);
  app.deferred.undo();
  await vi.waitFor(() => expect(app.open?.id).toBe('p1'));
  await vi.waitFor(() => expect(app.projects).toHaveLength(1));
  await app.remove();
  app.deferred.settle();
  await vi.waitFor(async () => expect(await app.client.call('projects.list')).toEqual([]));
});

it('a rule that is removed, and a change to a column, come back one after the other', async () => {
  const { app } = await setUp();
  await app.openProject('p1');
  const { open } = app;
  if (open?.kind !== 'table') throw new Error('No project is open.');
  for (const text of ['a < b', 'b < c']) {
    open.rulesForm.text = text;
    await open.rulesForm.add();
  }
  const name = open.project.columns.find(({ role }) => role === 'keep')?.name ?? '';
  await open.setRole(name, 'drop');
  await open.removeRule('a < b');
  const own = () => open.project.rules.filter(({ origin }) => origin === 'own').map(({ text }) => text);
  expect(own()).toEqual(['b < c']);
  expect(open.lastChange).toContain('“a < b” has been removed');
  await open.undo();
  expect(own()).toEqual(['a < b', 'b < c']);
  await open.undo();
  expect(open.project.columns.find((column) => column.name === name)?.role).toBe('keep');
  expect(open.lastChange).toBeNull();
});
