import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Job } from '../../shared/jobs.ts';
import { openStore } from './open.ts';
import type { Store } from './open.ts';

let folder = '';
let store: Store;
let projectId = '';

const job = (id: string): Job => ({
  ...{ id, projectId, kind: 'train', state: 'running', phase: '', progress: null, rate: null },
  ...{ secondsLeft: null, createdAt: '2026-01-01T00:00:00.000Z', startedAt: null, finishedAt: null },
  ...{ error: null, outcome: null, resumable: true, saved: null },
});
const files = (id: string): string[] => readdirSync(join(folder, 'checkpoints', id));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-checkpoints-'));
  store = openStore(folder);
  const settings = { minutes: 1, stopEarly: true, seed: 7, holdout: 0.2 };
  projectId = store.projects.create('Clients', 'x', [], settings);
  for (const id of ['a', 'b']) store.jobs.save(job(id), '{}');
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

it('gives back the newest state, also to the next process', () => {
  expect(store.checkpoints.of('a').read()).toBeNull();
  const file = store.checkpoints.of('a');
  const best = Float32Array.of(0.5, -0.25);
  file.write({ epoch: 1, best, now: Float32Array.of(1) });
  file.write({ epoch: 2, best, now: Float32Array.of(2) });
  const newest = { epoch: 2, best, now: Float32Array.of(2) };
  expect(store.checkpoints.of('a').read()).toEqual(newest);
  store.close();
  store = openStore(folder);
  const later = store.checkpoints.of('a');
  expect(later.read()).toEqual(newest);
  later.write({ epoch: 3, best });
  expect(store.checkpoints.of('a').read()).toEqual({ epoch: 3, best });
  expect(store.checkpoints.of('b').read()).toBeNull();
});

it('keeps no more files than the newest state needs, and the newest that is safe from a power cut', async () => {
  const file = store.checkpoints.of('a');
  for (let epoch = 0; epoch < 20; epoch++) file.write({ epoch, now: Float32Array.of(epoch) });
  await new Promise((resolve) => setTimeout(resolve, 200));
  file.write({ epoch: 20 });
  expect(files('a').length).toBeLessThanOrEqual(2);
  expect(store.checkpoints.list().find(({ jobId }) => jobId === 'a')?.bytes).toBeGreaterThan(0);
});

it('goes back to an older state where a power cut has taken the newest', async () => {
  const file = store.checkpoints.of('a');
  file.write({ epoch: 1 });
  // The first is made safe at once.
  await new Promise((resolve) => setTimeout(resolve, 200));
  file.write({ epoch: 2 });
  const [newest] = files('a').sort().reverse();
  writeFileSync(join(folder, 'checkpoints', 'a', newest ?? ''), '');
  expect(store.checkpoints.of('a').read()).toEqual({ epoch: 1 });
  for (const name of files('a')) writeFileSync(join(folder, 'checkpoints', 'a', name), 'SMBL');
  expect(() => store.checkpoints.of('a').read()).toThrow(
    expect.objectContaining({ code: 'checkpoint/unusable' }),
  );
});

it('is readable with the key of its job alone', () => {
  store.checkpoints.of('a').write({ secret: 'a planted value' });
  store.checkpoints.of('b').write({ secret: 'another' });
  const [name = ''] = files('a');
  const path = join(folder, 'checkpoints', 'a', name);
  expect(readFileSync(path, 'latin1')).not.toContain('planted');
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
  writeFileSync(join(folder, 'checkpoints', 'b', '9'), readFileSync(path));
  expect(store.checkpoints.of('b').read()).toEqual({ secret: 'another' });
});

it('goes with its job, its project, or when it is removed', () => {
  for (const id of ['a', 'b']) store.checkpoints.of(id).write({ id });
  store.checkpoints.remove('a');
  expect(store.checkpoints.list().map(({ jobId }) => jobId)).toEqual(['b']);
  expect(readdirSync(join(folder, 'checkpoints'))).toEqual(['b']);
  store.projects.remove(projectId);
  store.checkpoints.sweep();
  expect(readdirSync(join(folder, 'checkpoints'))).toEqual([]);
});

it('loses nothing when a state cannot be written', () => {
  const file = store.checkpoints.of('a');
  const best = Float32Array.of(7);
  file.write({ epoch: 1 });
  const unwritable = { epoch: 2, best, endless: {} };
  unwritable.endless = unwritable;
  expect(() => {
    file.write(unwritable);
  }).toThrow();
  file.write({ epoch: 3, best });
  expect(store.checkpoints.of('a').read()).toEqual({ epoch: 3, best });
});
