/** Personal data through the service: figures that follow the treatments, and what is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { contract, type Output } from '../shared/contract.ts';
import type { ColumnChoice } from '../shared/table.ts';
import { peopleCsv } from './jobs/people-table.ts';
import { createService, type ProjectChannel, type Service } from './service.ts';
import { openStore } from './store/open.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-anonymity-'));
let service: Service;
let projectId = '';

async function ask<C extends ProjectChannel>(channel: C, input?: unknown): Promise<Output<C>> {
  const reply = await service.call(channel, input);
  if (!reply.ok) throw Object.assign(new Error(reply.error.message), reply.error);
  expect(contract[channel].output.parse(reply.value)).toEqual(reply.value);
  return reply.value;
}

const project = () => ask('projects.get', { projectId });

async function choose(change: (choice: ColumnChoice) => Partial<ColumnChoice>): Promise<void> {
  const { columns } = await project();
  await ask('projects.setColumns', {
    projectId,
    columns: columns.map((each) => ({ ...each, ...change(each) })),
  });
}

beforeAll(async () => {
  writeFileSync(join(folder, 'people.csv'), peopleCsv(600));
  service = createService({
    store: openStore(join(folder, 'data')),
    resources: folder,
    emit: () => undefined,
  });
  projectId = (await ask('projects.create', { sourcePath: join(folder, 'people.csv') })).id;
  await vi.waitUntil(async () => (await project()).profile !== null, { timeout: 30_000 });
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('figures of how identifiable rows are', () => {
  it('are by the quasi-identifiers found, and follow treatments', async () => {
    const first = await ask('data.anonymity', { projectId });
    expect(first.before.columns).toEqual(['sex', 'age', 'zip']);
    expect(first.after).toEqual(first.before);
    await choose(({ name }) => (name === 'age' ? { generalise: { how: 'bands', width: 40 } } : {}));
    const second = await ask('data.anonymity', { projectId });
    expect(second.before).toEqual(first.before);
    expect(second.after.classes).toBeLessThan(first.after.classes);
    expect(second.after.k).toBeGreaterThanOrEqual(first.after.k);
  });

  it('are by the columns the user says, and of those nobody should be able to tell', async () => {
    await choose(({ name }) =>
      name === 'zip' ? { anonymity: 'none' } : name === 'ward' ? { anonymity: 'sensitive' } : {},
    );
    const { before } = await ask('data.anonymity', { projectId });
    expect(before.columns).toEqual(['sex', 'age']);
    expect(before.l.map(({ column }) => column)).toEqual(['ward']);
    await choose(({ name }) => (name === 'cost' ? { marked: 'other-attribute' } : {}));
    expect((await ask('data.anonymity', { projectId })).before.columns).toEqual(['sex', 'age', 'cost']);
  });

  it('are given up for newer ones, and when asked to', async () => {
    const older = service.call('data.anonymity', { projectId });
    const newer = service.call('data.anonymity', { projectId });
    expect(await older).toMatchObject({ ok: false, error: { code: 'job/cancelled' } });
    expect(await newer).toMatchObject({ ok: true });
    const stopped = service.call('data.anonymity', { projectId });
    await ask('data.stopAnonymity', { projectId });
    expect(await stopped).toMatchObject({ ok: false, error: { code: 'job/cancelled' } });
  });
});

describe('what names people', () => {
  it('is not learned unless the user has said so of the very column', { timeout: 60_000 }, async () => {
    await choose(({ name }) => (name === 'name' ? { role: 'keep', kind: 'category', fake: undefined } : {}));
    const refused = await service.call('jobs.train', { projectId });
    expect(refused).toMatchObject({ ok: false, error: { code: 'privacy/untreated' } });
    if (!refused.ok) expect(refused.error.message).toContain('“name”');
    // Columns in which nothing was found count, too, once the user has marked them.
    await choose(({ name }) =>
      name === 'name' ? { marked: 'none' } : name === 'ward' ? { marked: 'other-identifier' } : {},
    );
    const marked = await service.call('jobs.train', { projectId });
    if (!marked.ok) expect(marked.error.message).toContain('“ward”');
    expect(marked.ok).toBe(false);

    await choose(({ name }) => (name === 'ward' ? { learnPersonal: true } : {}));
    const job = await ask('jobs.train', { projectId });
    await ask('jobs.cancel', { jobId: job.id });
    const stateOf = async () => (await ask('jobs.list')).find(({ id }) => id === job.id)?.state;
    await vi.waitUntil(async () => (await stateOf()) === 'cancelled', { timeout: 30_000 });
  });
});

it('the card of a model says how identifiable the rows were that it learned from', async () => {
  await choose(({ name }) =>
    ['age', 'cost'].includes(name) ? { generalise: { how: 'bands', width: 1000 } } : {},
  );
  await ask('projects.setSettings', {
    projectId,
    settings: { minutes: 0.05, stopEarly: true, seed: 1, holdout: 0.2 },
  });
  const measured = await ask('data.anonymity', { projectId });
  await ask('jobs.train', { projectId });
  await vi.waitUntil(async () => (await project()).card !== null, { timeout: 60_000 });
  const { card } = await project();
  expect(card?.anonymity).toEqual(measured);
  expect(measured.after.classes).toBeLessThan(measured.before.classes);
}, 90_000);
