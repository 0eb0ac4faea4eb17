import { expect, it } from 'vitest';
import type { Job } from '../shared/jobs.ts';
import { ActiveJobs } from './active-jobs.ts';

function job(id: string, kind: Job['kind'], state: Job['state']): Job {
  return {
    ...{ id, kind, state, projectId: 'p', phase: '', progress: null, rate: null, secondsLeft: null },
    ...{ createdAt: '', startedAt: null, finishedAt: null, error: null, outcome: null },
    ...{ resumable: false, saved: null },
  };
}

it('asks while something long runs or waits, and no longer', () => {
  const jobs = new ActiveJobs();
  expect(jobs.question()).toBeUndefined();
  jobs.hear('job.changed', job('a', 'train', 'queued'));
  jobs.hear('job.changed', job('a', 'train', 'running'));
  jobs.hear('job.changed', job('b', 'generate', 'queued'));
  expect(jobs.question()?.message).toContain('Training is running');
  expect(jobs.question()?.detail).toMatch(/resume it from there.*from its beginning/);
  jobs.hear('job.changed', job('a', 'train', 'cancelled'));
  expect(jobs.question()?.message).toContain('rows are being written');
  expect(jobs.question()).toMatchObject({ buttons: ['Keep running', 'Quit'] });
  expect(jobs.question()?.detail).not.toContain('training');
  jobs.hear('job.changed', job('b', 'generate', 'done'));
  expect(jobs.question()).toBeUndefined();
});

it('does not ask for what is done again in seconds, nor for what is no job', () => {
  const jobs = new ActiveJobs();
  jobs.hear('job.changed', job('a', 'profile', 'running'));
  jobs.hear('job.changed', job('b', 'export', 'running'));
  jobs.hear('job.changed', { id: 'c', kind: 'train', state: 'running' });
  jobs.hear('project.changed', { projectId: 'p' });
  expect(jobs.question()).toBeUndefined();
});

it('offers to stay first, by Enter and by Escape', () => {
  const jobs = new ActiveJobs();
  jobs.hear('job.changed', job('a', 'train', 'running'));
  expect(jobs.question()).toMatchObject({
    buttons: ['Keep running', 'Pause and quit'],
    defaultId: 0,
    cancelId: 0,
  });
  jobs.forget();
  expect(jobs.question()).toBeUndefined();
});
