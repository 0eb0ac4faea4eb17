import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../shared/card.ts';
import { AppError } from '../../shared/errors.ts';
import type { Job } from '../../shared/jobs.ts';
import type { TableProfile } from '../../shared/table.ts';
import { applicationId, migrate, migrations } from './migrations.ts';
import { ModelRows } from './models.ts';
import { openStore } from './open.ts';
import { ProjectRows } from './projects.ts';
import type { ProjectSettings } from './projects.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-store-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const settings: ProjectSettings = { minutes: 1, stopEarly: true, seed: 7, holdout: 0.2 };
const profile: TableProfile = { format: 'csv', gzip: false, bytes: 9, rows: 3, columns: [], problems: [] };
const card: Card = {
  semblance: '0.1.0',
  created: '2026-01-01T00:00:00.000Z',
  source: { sha256: 'ab', rows: 3, columns: 1 },
  columns: [{ name: 'a', kind: 'integer', role: 'keep' }],
  model: { kind: 'table-gan', version: 1, parameters: 10 },
  seed: 7,
  device: 'cpu',
  training: { rows: 3, seconds: 1, epochs: 1, history: [] },
  warnings: [],
};

function jobOf(projectId: string, id: string, state: Job['state']): Job {
  return {
    id,
    projectId,
    kind: 'train',
    state,
    phase: 'Learning',
    progress: 0.5,
    rate: { value: 10, unit: 'rows' },
    secondsLeft: 3,
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    error: null,
    outcome: null,
    resumable: false,
    saved: null,
  };
}

function refusal(action: () => unknown): AppError {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the store', () => {
  it('keeps projects, models, exports and jobs over a restart', () => {
    const store = openStore(folder);
    const rules = [{ rule: 'a <= b', repaired: 3, redrawn: 1 }];
    const id = store.projects.create('Clients', '/data/clients.csv', [], settings);
    store.projects.setProfile(id, profile, [{ name: 'a', kind: 'integer', role: 'keep' }], {
      bytes: 9,
      modified: 5.5,
    });
    store.models.save(id, { card, file: Uint8Array.of(1, 2, 3), rowHashes: null, learned: null });
    store.projects.addExport(id, {
      path: '/x.csv',
      what: 'rows',
      rows: 5,
      replacedCopies: 1,
      rules,
      writtenAt: card.created,
    });
    store.jobs.save(jobOf(id, 'j1', 'done'));
    store.close();

    const again = openStore(folder);
    expect(again.projects.get(id)).toMatchObject({ name: 'Clients', profile, sourceModified: 5.5, settings });
    expect(again.models.get(id)?.file).toEqual(Buffer.of(1, 2, 3));
    expect(again.models.card(id)).toEqual(card);
    expect(again.models.learned(id)).toBeNull();
    expect(again.projects.exports(id)).toMatchObject([{ path: '/x.csv', rules }]);
    expect(again.jobs.get('j1')).toEqual(jobOf(id, 'j1', 'done'));
    expect(again.projects.list()).toMatchObject([{ id, rows: 3, trained: true }]);
    again.close();
  });

  it('keeps the model before the last one, which can be brought back', () => {
    const store = openStore(folder);
    const id = store.projects.create('Clients', '/data/clients.csv', [], settings);
    const model = (seed: number) => ({
      card: { ...card, seed },
      file: Uint8Array.of(seed),
      rowHashes: Uint8Array.of(seed),
      learned: null,
    });
    const seeds = () => [store.models.card(id)?.seed, store.models.formerCard(id)?.seed];
    expect(store.models.bringBack(id)).toBe(false);
    store.models.save(id, model(1));
    expect(store.models.bringBack(id)).toBe(false);
    store.models.save(id, model(2));
    store.models.save(id, model(3));
    expect(seeds()).toEqual([3, 2]);
    expect(store.models.bringBack(id)).toBe(true);
    expect(seeds()).toEqual([2, 3]);
    expect(store.models.get(id)).toMatchObject({ file: Buffer.of(2), rowHashes: Buffer.of(2) });
    expect(store.models.bringBack(id)).toBe(true);
    expect(seeds()).toEqual([3, 2]);
    store.projects.remove(id);
    expect(store.models.formerCard(id)).toBeNull();
    store.close();
  });

  it('forgets everything of a removed project', () => {
    const store = openStore(folder);
    const id = store.projects.create('Clients', 'x', [], settings);
    store.models.save(id, { card, file: Uint8Array.of(1), rowHashes: Uint8Array.of(2), learned: null });
    store.jobs.save(jobOf(id, 'j1', 'done'));
    store.projects.remove(id);
    expect(store.models.get(id)).toBeNull();
    expect(store.jobs.list()).toEqual([]);
    expect(refusal(() => store.projects.get(id)).code).toBe('project/not-found');
    expect(refusal(() => store.projects.rename(id, 'y')).code).toBe('project/not-found');
    store.close();
  });

  it('gives a second project of the same name a number', () => {
    const store = openStore(folder);
    for (let count = 0; count < 3; count++) store.projects.create('Clients', 'x', [], settings);
    expect(
      store.projects
        .list()
        .map((row) => row.name)
        .sort(),
    ).toEqual(['Clients', 'Clients 2', 'Clients 3']);
    store.close();
  });

  it('turns jobs an earlier engine left behind into interrupted ones, and only those', () => {
    const store = openStore(folder);
    const id = store.projects.create('Clients', 'x', [], settings);
    store.jobs.save(jobOf(id, 'running', 'running'));
    store.jobs.save(jobOf(id, 'queued', 'queued'));
    store.jobs.save(jobOf(id, 'done', 'done'));
    expect(store.jobs.interruptLeftOver()).toBe(2);
    expect(store.jobs.get('running')).toMatchObject({ state: 'interrupted', secondsLeft: null });
    expect(store.jobs.get('queued')?.state).toBe('interrupted');
    expect(store.jobs.get('done')?.state).toBe('done');
    store.jobs.clearEnded();
    expect(store.jobs.list()).toEqual([]);
    store.close();
  });

  it('reads a job whose error another version has named', () => {
    const store = openStore(folder);
    const id = store.projects.create('Clients', 'x', [], settings);
    const error = { code: 'source/empty', message: 'The file is empty.', fix: 'Choose another.' } as const;
    store.jobs.save({ ...jobOf(id, 'j1', 'failed'), error });
    expect(store.jobs.get('j1')?.error).toEqual(error);
    store.close();
    const db = new Database(store.file);
    db.prepare(`UPDATE jobs SET error = json_set(error, '$.code', 'source/haunted')`).run();
    db.close();
    const again = openStore(folder);
    expect(again.jobs.get('j1')?.error).toEqual({ ...error, code: 'internal' });
    again.close();
  });

  it('reports a record that no longer fits its shape', () => {
    const store = openStore(folder);
    const id = store.projects.create('Clients', 'x', [], settings);
    store.close();
    const db = new Database(store.file);
    db.prepare(`UPDATE projects SET settings = '{"minutes":-1}'`).run();
    db.close();
    const again = openStore(folder);
    expect(refusal(() => again.projects.get(id)).code).toBe('store/unusable');
    again.close();
  });

  it.skipIf(process.platform === 'win32')('is readable by its owner only', () => {
    const store = openStore(join(folder, 'data'));
    expect(statSync(store.file).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'data')).mode & 0o077).toBe(0);
    store.close();
  });
});

describe('a store that cannot be used', () => {
  const file = () => join(folder, 'semblance.db');

  it('is left as it is when it is not a database', () => {
    writeFileSync(file(), 'this is a diary, not a database. '.repeat(100));
    const before = readFileSync(file());
    const error = refusal(() => openStore(folder));
    expect(error.code).toBe('store/damaged');
    expect(readFileSync(file())).toEqual(before);
  });

  it('is left as it is when its pages are damaged', () => {
    const store = openStore(folder);
    const id = store.projects.create('Clients', 'x', [], settings);
    store.models.save(id, { card, file: new Uint8Array(50_000).fill(3), rowHashes: null, learned: null });
    store.close();
    const content = readFileSync(file());
    content.fill(0xa5, 4096, 4096 * 6);
    writeFileSync(file(), content);
    expect(refusal(() => openStore(folder)).code).toBe('store/damaged');
    expect(readFileSync(file())).toEqual(content);
  });

  it('is left as it is when a newer Semblance made it', () => {
    openStore(folder).close();
    const db = new Database(file());
    db.pragma(`user_version = ${migrations.length + 1}`);
    db.close();
    const before = readFileSync(file());
    const error = refusal(() => openStore(folder));
    expect(error.code).toBe('store/newer');
    expect(readFileSync(file())).toEqual(before);
  });

  it("is left as it is when it is some other program's", () => {
    const db = new Database(file());
    db.exec('CREATE TABLE recipes (name TEXT)');
    db.close();
    const before = readFileSync(file());
    expect(refusal(() => openStore(folder)).message).toContain('not a Semblance store');
    expect(readFileSync(file())).toEqual(before);
  });

  it('is refused while another one holds it', () => {
    const store = openStore(folder);
    const program = `
      import { openStore } from ${JSON.stringify(new URL('./open.ts', import.meta.url).href)};
      try { openStore(${JSON.stringify(folder)}, { waitMs: 50 }); console.log('opened'); }
      catch (error) { console.log(error.code, error.message); }`;
    const other = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    store.close();
    expect(other.stdout).toMatch(/^store\/in-use The store is in use/);
  });

  it('is reported when the folder cannot be made', () => {
    writeFileSync(join(folder, 'plain'), '');
    expect(refusal(() => openStore(join(folder, 'plain', 'data'))).code).toBe('store/unusable');
  });
});

describe('migrations', () => {
  it('give a model the training that made it, and not one that was cancelled later', () => {
    const db = new Database(':memory:');
    migrate(db, migrations.slice(0, 1));
    const point = { epoch: 1, step: 9, seconds: 2, quality: 0.5, criticLoss: 0, generatorLoss: 0 };
    const other = { ...point, quality: 0.25 };
    const training = { history: [point], comparisons: [], sample: { columns: [], rows: [] }, notes: [] };
    const model = { ...card, training: { ...card.training, history: [point] } };
    const insertProject = db.prepare(
      `INSERT INTO projects VALUES (?, ?, '', NULL, NULL, '', '', NULL, '[]', '{}', ?)`,
    );
    insertProject.run('same', 'a', JSON.stringify(training));
    insertProject.run('later', 'b', JSON.stringify({ ...training, history: [other] }));
    for (const id of ['same', 'later']) {
      db.prepare(`INSERT INTO models VALUES (?, '', ?, x'01', x'02')`).run(id, JSON.stringify(model));
    }
    db.prepare(`INSERT INTO exports VALUES (1, 'same', '/x.csv', 5, 0, '')`).run();
    migrate(db);
    const models = new ModelRows(db);
    expect(models.learned('same')).toEqual(training);
    expect(models.learned('later')).toBeNull();
    expect(new ProjectRows(db).exports('same')).toMatchObject([{ what: 'rows', rows: 5 }]);
    db.close();
  });

  it('apply each step once and in order, undoing a step that fails', () => {
    const db = new Database(':memory:');
    migrate(db, ['CREATE TABLE a (x)']);
    migrate(db, ['CREATE TABLE a (x)', 'CREATE TABLE b (x)']);
    expect(db.pragma('user_version', { simple: true })).toBe(2);
    expect(db.pragma('application_id', { simple: true })).toBe(applicationId);
    expect(() => {
      migrate(db, ['', '', 'CREATE TABLE c (x); CREATE TABLE b (x)']);
    }).toThrow();
    expect(db.pragma('user_version', { simple: true })).toBe(2);
    expect(db.prepare(`SELECT name FROM sqlite_schema ORDER BY name`).pluck().all()).toEqual(['a', 'b']);
    db.close();
  });
});
