import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract, events } from '../shared/contract.ts';
import type { EventName, Output } from '../shared/contract.ts';
import type { Job } from '../shared/jobs.ts';
import { clientsCsv } from './jobs/test-table.ts';
import { cardPathOf, manifestPathOf } from '../shared/output-names.ts';
import { completedInputs } from '../shared/wire.ts';
import { keptRequest } from './jobs/stored-request.ts';
import { sample } from './project-view.ts';
import { createService, isProjectChannel } from './service.ts';
import type { ProjectChannel, Service } from './service.ts';
import { openStore } from './store/open.ts';

let folder = '';
let service: Service;
const emitted: { event: EventName; payload: unknown }[] = [];
const log: string[] = [];
const at = (name: string): string => join(folder, name);

function start(): Service {
  return createService({
    store: openStore(at('data')),
    resources: at('resources'),
    emit: (event, payload) => emitted.push({ event, payload }),
    log: (text) => log.push(text),
  });
}

/** Calls a channel and checks that the answer keeps to the contract. */
async function ask<C extends ProjectChannel>(channel: C, input?: unknown): Promise<Output<C>> {
  const reply = await service.call(channel, input);
  if (!reply.ok) throw Object.assign(new Error(reply.error.message), reply.error);
  expect(contract[channel].output.parse(reply.value)).toEqual(reply.value);
  return reply.value;
}

async function refusal(channel: ProjectChannel, input?: unknown): Promise<string> {
  const reply = await service.call(channel, input);
  if (reply.ok) throw new Error(`${channel} was not refused`);
  expect(reply.error.message).not.toBe('');
  expect(reply.error.fix).not.toBe('');
  return reply.error.code;
}

async function found({ id }: Job): Promise<Job> {
  const job = (await ask('jobs.list')).find((each) => each.id === id);
  if (!job) throw new Error('the job is gone');
  return job;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Waits until a job has ended. */
async function ended({ id }: Job): Promise<Job> {
  for (;;) {
    const job = (await ask('jobs.list')).find((each) => each.id === id);
    if (!job) throw new Error('the job is gone');
    if (job.finishedAt !== null) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function createProject(name: string, content = clientsCsv(300)) {
  writeFileSync(at(name), content);
  const { id } = await ask('projects.create', { sourcePath: at(name) });
  const [job] = await ask('jobs.list');
  if (!job) throw new Error('no job was started');
  return { id, profiled: await ended(job) };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-service-'));
  mkdirSync(at('resources/samples'), { recursive: true });
  writeFileSync(at(`resources/samples/${sample.file}`), gzipSync(clientsCsv(60)));
  service = start();
});

afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('projects', () => {
  it('link a source, profile it, and remember what the user decides', async () => {
    const { id, profiled } = await createProject('clients.csv');
    expect(profiled).toMatchObject({ kind: 'profile', state: 'done', outcome: '300 rows, 5 columns' });
    const project = await ask('projects.get', { projectId: id });
    expect(project).toMatchObject({
      name: 'clients',
      rows: 300,
      source: 'present',
      trained: false,
      card: null,
    });
    expect(project.columns.map(({ role }) => role)).toEqual(['identifier', 'keep', 'keep', 'keep', 'keep']);
    const columns = project.columns.map((choice) =>
      choice.name === 'fee' ? { ...choice, role: 'drop' } : choice,
    );
    expect((await ask('projects.setColumns', { projectId: id, columns })).columns).toEqual(columns);
    const settings = { minutes: 2, stopEarly: false, seed: 4, holdout: 0.3, target: 'plan' };
    expect((await ask('projects.setSettings', { projectId: id, settings })).settings).toEqual(settings);
    expect((await ask('projects.rename', { projectId: id, name: '  Clients 2026 ' })).name).toBe(
      'Clients 2026',
    );
    expect(await ask('projects.list')).toMatchObject([{ id, name: 'Clients 2026', trained: false }]);
    expect(await refusal('projects.setColumns', { projectId: id, columns: columns.slice(1) })).toBe(
      'table/unknown-column',
    );
    // Choices survive the table being read again.
    expect((await ended(await ask('jobs.profile', { projectId: id }))).state).toBe('done');
    expect((await ask('projects.get', { projectId: id })).columns).toEqual(columns);
    await ask('projects.remove', { projectId: id });
    expect(await ask('projects.list')).toEqual([]);
    expect(readFileSync(at('clients.csv'), 'utf8')).toBe(clientsCsv(300));
    expect(await refusal('projects.get', { projectId: id })).toBe('project/not-found');
  });

  it('are not made of what cannot be opened', async () => {
    writeFileSync(at('empty.csv'), '');
    expect(await refusal('projects.create', { sourcePath: at('empty.csv') })).toBe('source/empty');
    expect(await refusal('projects.create', { sourcePath: at('none.csv') })).toBe('source/not-found');
    expect(await refusal('projects.create', { sourcePath: folder })).toBe('source/is-directory');
    expect(await refusal('projects.importModel', { path: at('empty.csv') })).toBe('model/invalid');
    expect(await ask('projects.list')).toEqual([]);
  });

  it('can be made of the bundled sample, which is linked where it lies now', async () => {
    const project = await ask('projects.createSample');
    expect(project).toMatchObject({ name: sample.name, source: 'present' });
    expect(project.sourcePath).toBe(at(`resources/samples/${sample.file}`));
    const page = await ask('data.preview', { projectId: project.id, offset: 10, limit: 5 });
    expect(page).toMatchObject({ offset: 10, columns: ['client', 'age', 'plan', 'since', 'fee'] });
    expect(page.rows).toHaveLength(5);
    await ask('projects.remove', { projectId: project.id });
  });

  it('notice when their source has changed or gone', async () => {
    const { id } = await createProject('moving.csv');
    expect((await ask('data.preview', { projectId: id, offset: 0, limit: 2 })).total).toBe(300);
    writeFileSync(at('moving.csv'), clientsCsv(301, 2));
    expect((await ask('projects.get', { projectId: id })).source).toBe('changed');
    expect(await refusal('data.preview', { projectId: id, offset: 0, limit: 2 })).toBe('source/changed');
    expect(await refusal('jobs.train', { projectId: id })).toBe('source/changed');
    expect((await ended(await ask('jobs.profile', { projectId: id }))).state).toBe('done');
    expect(await ask('projects.get', { projectId: id })).toMatchObject({ source: 'present', rows: 301 });
    expect((await ask('data.preview', { projectId: id, offset: 0, limit: 2 })).total).toBe(301);
    rmSync(at('moving.csv'));
    expect((await ask('projects.get', { projectId: id })).source).toBe('missing');
    expect(await refusal('data.preview', { projectId: id, offset: 0, limit: 2 })).toBe('source/not-found');
    expect(await refusal('jobs.train', { projectId: id })).toBe('source/not-found');
    expect(await ended(await ask('jobs.profile', { projectId: id }))).toMatchObject({
      state: 'failed',
      error: { code: 'source/not-found' },
    });
    await ask('projects.remove', { projectId: id });
  });
});

describe('the way from a table to synthetic rows', () => {
  it('goes through training, sampling, generating, exporting and importing', async () => {
    const { id } = await createProject('learn.csv');
    expect(await refusal('jobs.generate', generateInput(id, 'early.csv'))).toBe('model/invalid');
    expect(await refusal('model.sample', { projectId: id, rows: 3, seed: 1 })).toBe('model/invalid');
    const settings = { minutes: 0.05, stopEarly: true, seed: 4, holdout: 0.2, mostRows: 250 };
    await ask('projects.setSettings', { projectId: id, settings });
    // Two at the same moment, as by two clicks: one is taken.
    const twice = await Promise.all([1, 2].map(() => service.call('jobs.train', { projectId: id })));
    expect(twice.map((reply) => (reply.ok ? 'taken' : reply.error.code)).sort()).toEqual([
      'job/conflict',
      'taken',
    ]);
    const job = (await ask('jobs.list')).find(({ kind }) => kind === 'train');
    if (!job) throw new Error('no training was started');
    expect(await refusal('jobs.profile', { projectId: id })).toBe('job/conflict');
    expect(await ended(job)).toMatchObject({ kind: 'train', state: 'done', progress: 1, error: null });

    const project = await ask('projects.get', { projectId: id });
    expect(project).toMatchObject({ trained: true, card: { seed: 4, source: { rows: 300, read: 250 } } });
    expect(project.training?.history.length).toBeGreaterThan(0);
    expect(project.learned).toEqual(project.training);
    expect(project.formerModel).toBeNull();
    expect(await refusal('projects.bringBackModel', { projectId: id })).toBe('model/invalid');
    const page = await ask('model.sample', { projectId: id, rows: 3, seed: 1 });
    expect(page.rows).toHaveLength(3);

    const generated = await ended(await ask('jobs.generate', generateInput(id, 'out.csv')));
    expect(generated).toMatchObject({ state: 'done', outcome: '250 rows in out.csv' });
    expect(readFileSync(at('out.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(251);
    expect((await ask('projects.get', { projectId: id })).exports).toMatchObject([
      { path: at('out.csv'), rows: 250 },
    ]);
    expect(await ended(await ask('jobs.generate', generateInput(id, 'out.csv')))).toMatchObject({
      state: 'failed',
      error: { code: 'output/exists' },
    });
    // Not even with the user's leave.
    expect(await refusal('jobs.generate', { ...generateInput(id, 'learn.csv'), overwrite: true })).toBe(
      'output/exists',
    );

    const model = { projectId: id, path: at('m.semblance'), overwrite: false };
    expect((await ended(await ask('jobs.exportModel', model))).state).toBe('done');
    expect((await ask('projects.get', { projectId: id })).exports[0]).toMatchObject({
      path: at('m.semblance'),
      what: 'model',
    });
    const imported = await ask('projects.importModel', { path: at('m.semblance') });
    expect(imported).toMatchObject({
      name: 'm',
      sourcePath: '',
      profile: null,
      trained: true,
      source: 'missing',
    });
    expect(imported.card).toEqual(project.card);
    const passphrase = 'correct horse battery staple';
    const sealed = { ...model, path: at('m.semblance.age'), protection: { by: 'passphrase', passphrase } };
    expect((await ended(await ask('jobs.exportModel', sealed))).state).toBe('done');
    const { path } = sealed;
    expect(await refusal('projects.importModel', { path })).toBe('seal/needed');
    const wrong = { by: 'passphrase', passphrase: 'another horse' };
    expect(await refusal('projects.importModel', { path, opener: wrong })).toBe('seal/failed');
    expect(await refusal('projects.importModel', { path, opener: { by: 'keys', path: at('none') } })).toBe(
      'source/not-found',
    );
    const opened = await ask('projects.importModel', { path, opener: { by: 'passphrase', passphrase } });
    expect(opened).toMatchObject({ name: 'm 2', trained: true, card: project.card });
    expect(imported.learned).toBeNull();
    expect((await ask('model.sample', { projectId: imported.id, rows: 3, seed: 1 })).rows).toHaveLength(3);
    expect((await ended(await ask('jobs.generate', generateInput(imported.id, 'again.csv')))).state).toBe(
      'done',
    );
    expect(await refusal('jobs.train', { projectId: imported.id })).toBe('source/not-found');
    expect(await refusal('data.preview', { projectId: imported.id, offset: 0, limit: 1 })).toBe(
      'source/not-found',
    );

    const names = new Set(emitted.map(({ event }) => event));
    expect([...names].sort()).toEqual(['job.changed', 'project.changed', 'training.progress']);
    for (const { event, payload } of emitted) expect(events[event].safeParse(payload).success).toBe(true);
  }, 60_000);

  it('survives a restart, with what was running paused and what waited still in its order', async () => {
    const [project] = (await ask('projects.list')).filter(({ sourcePath }) =>
      sourcePath.endsWith('learn.csv'),
    );
    const projectId = project?.id ?? '';
    const settings = { minutes: 10, stopEarly: false, seed: 4, holdout: 0.2 };
    await ask('projects.setSettings', { projectId, settings });
    const job = await ask('jobs.train', { projectId });
    const [first, second] = [
      await ask('jobs.generate', generateInput(projectId, 'first.csv')),
      await ask('jobs.generate', generateInput(projectId, 'second.csv')),
    ];
    await until(async () => (await found(job)).saved !== null);
    await service.close();
    service = start();
    expect(await found(job)).toMatchObject({ state: 'paused', resumable: true, finishedAt: null });
    expect((await found(job)).saved?.epoch).toBeGreaterThan(0);
    expect(await ask('projects.get', { projectId })).toMatchObject({ trained: true, settings });
    expect((await ask('model.sample', { projectId, rows: 2, seed: 1 })).rows).toHaveLength(2);

    // The later one is resumed first, and waits behind the earlier all the same.
    const resumed = await ask('jobs.resume', { jobId: job.id });
    expect(resumed.state).toBe('running');
    expect((await ask('jobs.resume', { jobId: second.id })).state).toBe('queued');
    expect((await ask('jobs.resume', { jobId: first.id })).state).toBe('queued');
    expect(await refusal('jobs.resume', { jobId: first.id })).toBe('job/conflict');
    expect(await refusal('jobs.train', { projectId })).toBe('job/conflict');
    // One that waits can be given up, also after the restart.
    await service.close();
    service = start();
    expect((await ask('jobs.cancel', { jobId: second.id })).state).toBe('cancelled');
    await ask('jobs.resume', { jobId: job.id });
    await ask('jobs.resume', { jobId: first.id });
    await until(async () => (await found(job)).state === 'running');
    expect((await ask('jobs.pause', { jobId: job.id })).phase).toBe('Pausing');
    expect((await ended(first)).state).toBe('done');
    expect(await found(job)).toMatchObject({ state: 'paused' });
    expect((await ask('jobs.clear')).map(({ id }) => id)).toEqual([job.id]);
    expect(await found(job)).toMatchObject({ state: 'paused' });
  }, 120_000);

  it('resumes only with the table it began with, and starts anew otherwise', async () => {
    const projectId = (await ask('projects.list')).find(({ sourcePath }) =>
      sourcePath.endsWith('learn.csv'),
    )?.id;
    const [job] = await ask('jobs.list');
    if (!job || projectId === undefined) throw new Error('There is no paused training.');
    // Another date is no other table.
    utimesSync(at('learn.csv'), 5, 5);
    await ask('jobs.resume', { jobId: job.id });
    await until(async () => (await found(job)).phase.startsWith('Learning'));
    await ask('jobs.pause', { jobId: job.id });
    await until(async () => (await found(job)).state === 'paused');
    writeFileSync(at('learn.csv'), clientsCsv(300, 9));
    await ask('jobs.resume', { jobId: job.id });
    await until(async () => (await found(job)).state === 'paused');
    expect(await found(job)).toMatchObject({ error: { code: 'source/changed' }, resumable: true });
    expect((await found(job)).saved).not.toBeNull();
    // Back as it was.
    writeFileSync(at('learn.csv'), clientsCsv(300));
    await ask('jobs.resume', { jobId: job.id });
    await until(async () => (await found(job)).phase.startsWith('Learning'));
    await ask('jobs.pause', { jobId: job.id });
    await until(async () => (await found(job)).state === 'paused');
    // A new training gives the old one up.
    expect((await ended(await ask('jobs.profile', { projectId }))).state).toBe('done');
    const anew = await ask('jobs.train', { projectId });
    expect(await found(job)).toMatchObject({ state: 'cancelled', saved: null });
    await ask('jobs.cancel', { jobId: anew.id });
    expect((await ended(anew)).state).toBe('cancelled');
    expect(readdirSync(at('data/checkpoints'))).toEqual([]);
  }, 120_000);

  it('leaves no half of a file that was being written when the engine was killed', async () => {
    const projectId = (await ask('projects.list')).find(({ sourcePath }) =>
      sourcePath.endsWith('learn.csv'),
    )?.id;
    if (projectId === undefined) throw new Error('There is no project.');
    const job = await ask('jobs.generate', generateInput(projectId, 'killed.csv'));
    expect((await ended(job)).state).toBe('done');
    const rows = readFileSync(at('killed.csv'), 'utf8');
    await service.close();
    // As a killed engine leaves it.
    const store = openStore(at('data'));
    const input = completedInputs['jobs.generate'].parse(generateInput(projectId, 'killed.csv'));
    store.jobs.save({ ...job, state: 'running' }, keptRequest({ kind: 'generate', input }) ?? null);
    store.close();
    rmSync(at('killed.csv'));
    rmSync(cardPathOf(at('killed.csv')));
    rmSync(manifestPathOf(at('killed.csv')));
    writeFileSync(at('.killed.csv.0123abcd.unfinished'), 'half a');
    writeFileSync(at('.killed.card.json.0123abce.unfinished'), '{');
    writeFileSync(at('.killed-other.csv.0123abcf.unfinished'), 'not of this job');
    service = start();
    expect(readdirSync(folder).filter((name) => name.endsWith('.unfinished'))).toEqual([
      '.killed-other.csv.0123abcf.unfinished',
    ]);
    expect(await found(job)).toMatchObject({ state: 'interrupted', resumable: true, saved: null });
    expect(await refusal('jobs.pause', { jobId: job.id })).toBe('job/conflict');
    await ask('jobs.resume', { jobId: job.id });
    expect((await ended(job)).state).toBe('done');
    expect(readFileSync(at('killed.csv'), 'utf8')).toBe(rows);
  }, 60_000);

  it('can be left at any moment: a removed project takes its jobs along', async () => {
    const { id } = await createProject('leave.csv');
    const settings = { minutes: 10, stopEarly: false, seed: 4, holdout: 0.2 };
    await ask('projects.setSettings', { projectId: id, settings });
    const job = await ask('jobs.train', { projectId: id });
    await ask('projects.remove', { projectId: id });
    expect((await ask('jobs.list')).some((each) => each.id === job.id)).toBe(false);
    const { id: other } = await createProject('cancel.csv');
    await ask('projects.setSettings', { projectId: other, settings });
    const second = await ask('jobs.train', { projectId: other });
    await ask('jobs.cancel', { jobId: second.id });
    expect((await ended(second)).state).toBe('cancelled');
    expect((await ask('jobs.clear')).some((each) => each.id === second.id)).toBe(false);
  }, 60_000);

  it('refuses to train on nothing', async () => {
    const { id } = await createProject('nothing.csv');
    const { columns } = await ask('projects.get', { projectId: id });
    const dropped = columns.map((choice) => ({ ...choice, role: 'drop' }));
    await ask('projects.setColumns', { projectId: id, columns: dropped });
    expect(await refusal('jobs.train', { projectId: id })).toBe('table/no-usable-column');
    await ask('projects.setColumns', { projectId: id, columns });
    const settings = { minutes: 1, stopEarly: true, seed: 1, holdout: 0.2, target: 'client' };
    await ask('projects.setSettings', { projectId: id, settings });
    expect(await refusal('jobs.train', { projectId: id })).toBe('table/unknown-column');
    // The date of a file counts as well as its size.
    utimesSync(at('nothing.csv'), 1, 1);
    expect((await ask('projects.get', { projectId: id })).source).toBe('changed');
  });

  function generateInput(projectId: string, name: string) {
    return { projectId, path: at(name), format: 'csv', rows: 250, seed: 2, overwrite: false };
  }
});

describe('what makes no sense', () => {
  it('is answered with a code on every channel, and never with what was sent', async () => {
    for (const channel of Object.keys(contract).filter(isProjectChannel)) {
      if (contract[channel].input.safeParse(undefined).success) {
        expect(await refusal(channel, { secret: 1 })).toBe('request/invalid');
        continue;
      }
      for (const input of [
        undefined,
        null,
        7,
        [],
        {},
        { projectId: 5, jobId: {}, path: 'a\u0000secret'.repeat(4096) },
      ]) {
        expect(await refusal(channel, input)).toBe('request/invalid');
      }
    }
    expect(await refusal('jobs.cancel', { jobId: 'nope' })).toBe('job/not-found');
    expect(await refusal('jobs.train', { projectId: 'nope' })).toBe('project/not-found');
    expect(await refusal('projects.remove', { projectId: 'nope' })).toBe('project/not-found');
  });

  it('was nowhere an error nobody foresaw', () => {
    expect(log).toEqual([]);
  });
});
