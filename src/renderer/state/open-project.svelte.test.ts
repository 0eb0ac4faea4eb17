import { describe, expect, it } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-api.ts';
import { project, trained, training, columns } from '../../../test/renderer/fake-data.ts';
import { AppError } from '../../shared/errors.ts';
import type { Job } from '../../shared/jobs.ts';
import type { Project } from '../../shared/project.ts';
import { Client } from './client.ts';
import { JobBook } from './jobs.svelte.ts';
import { OpenProject } from './open-project.svelte.ts';

function setUp(given: Project, jobs: Job[] = []) {
  const engine = new FakeEngine({ projects: [given], jobs, still: true, delay: 0 });
  const client = new Client(engine);
  const book = new JobBook(client);
  for (const job of jobs) book.put(job);
  return { engine, book, open: new OpenProject(client, book, given) };
}

function trainJob(state: Job['state']): Job {
  return {
    id: 'j1',
    projectId: 'p1',
    kind: 'train',
    state,
    phase: '',
    progress: null,
    rate: null,
    secondsLeft: null,
    createdAt: '2026-01-01T00:00:00Z',
    startedAt: null,
    finishedAt: null,
    error: null,
    outcome: null,
    resumable: false,
    saved: null,
  };
}

const kindOf = (open: OpenProject, name: string) =>
  open.project.columns.find((column) => column.name === name)?.kind;

describe('undo', () => {
  it('takes back two changes at two quick presses', async () => {
    const { open } = setUp(project());
    await open.setKind('age', 'category');
    await open.setKind('sex', 'text');
    await Promise.all([open.undo(), open.undo()]);
    expect([kindOf(open, 'age'), kindOf(open, 'sex')]).toEqual(['integer', 'category']);
    expect(open.lastChange).toBeNull();
  });

  it('takes back a change that is still on its way', async () => {
    const { open } = setUp(project());
    await Promise.all([open.setKind('age', 'category'), open.undo()]);
    expect(kindOf(open, 'age')).toBe('integer');
  });

  it('can be tried again when the engine refuses it', async () => {
    const { open, engine } = setUp(project());
    await open.setKind('age', 'category');
    engine.refusal = new AppError('store/unusable', 'No.', 'Later.');
    await open.undo();
    expect(open.error?.code).toBe('store/unusable');
    expect(kindOf(open, 'age')).toBe('category');
    engine.refusal = null;
    await open.undo();
    expect(kindOf(open, 'age')).toBe('integer');
  });

  it('keeps nothing of a change the engine refused, not even of two at once', async () => {
    const { open, engine } = setUp(project());
    engine.refusal = new AppError('store/unusable', 'No.', 'Later.');
    await Promise.all([open.setKind('age', 'category'), open.setKind('sex', 'text')]);
    expect([kindOf(open, 'age'), kindOf(open, 'sex')]).toEqual(['integer', 'category']);
    expect(open.lastChange).toBeNull();
  });

  it('forgets what belongs to other columns', async () => {
    const { open } = setUp(project());
    await open.setKind('age', 'category');
    open.take({ ...open.project, name: 'Renamed' });
    expect(open.lastChange).not.toBeNull();
    open.take({ ...open.project, columns: open.project.columns.slice(1) });
    expect(open.lastChange).toBeNull();
  });
});

describe('the training shown', () => {
  const newer = training(columns(), 12);
  const retrained = trained({ training: newer });

  it('is the newest while it runs and after it came to nothing', () => {
    for (const state of ['running', 'cancelled', 'failed', 'interrupted'] as const) {
      const { open } = setUp(retrained, [trainJob(state)]);
      expect(open.finished).toBe(false);
      expect(open.shownTraining).toBe(newer);
    }
  });

  it('is that of the other model when that is used instead, and back', async () => {
    const formerModel = { created: '2026-01-01T00:00:00Z', quality: 0.9 };
    const { open } = setUp({ ...retrained, formerModel });
    const { card } = open.project;
    await open.bringBackModel();
    expect(open.project.card?.created).toBe(formerModel.created);
    await open.bringBackModel();
    expect(open.project.card).toEqual(card);
    expect(open.project.formerModel).toMatchObject({ created: formerModel.created });
    expect(open.error).toBeNull();
  });

  it('stays where there is no other model', async () => {
    const { open } = setUp(retrained);
    await open.bringBackModel();
    expect(open.error?.code).toBe('model/invalid');
  });

  it('is that of the model once the jobs are cleared', async () => {
    const { open, book } = setUp(retrained, [trainJob('cancelled')]);
    await book.clear();
    expect(open.finished).toBe(true);
    expect(open.shownTraining).toBe(retrained.learned);
  });
});
