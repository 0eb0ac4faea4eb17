import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../shared/card.ts';
import { AppError } from '../../shared/errors.ts';
import type { Job } from '../../shared/jobs.ts';
import type { TableProfile } from '../../shared/table.ts';
import { freshKey, setKey } from './cipher.ts';
import type { StoreKey } from './cipher.ts';
import { holdings } from './inventory.ts';
import type { RowKind } from './inventory.ts';
import { migrate } from './migrations.ts';
import { openStore } from './open.ts';
import type { Store } from './open.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-inventory-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const settings = { minutes: 1, stopEarly: true, seed: 7, holdout: 0.2 };
const history = [{ epoch: 1, step: 9, seconds: 2, quality: 0.5, criticLoss: 0, generatorLoss: 0 }];

/** One of everything, each with a text of its own that can be looked for. */
function fill(store: Store, mark: string): string {
  const id = store.projects.create(`${mark}-project`, `/data/${mark}-source.csv`, [], settings);
  const profile: TableProfile = {
    format: 'csv',
    gzip: false,
    bytes: 9,
    rows: 3,
    columns: [],
    problems: [],
    ...{ note: `${mark}-description` },
  };
  store.projects.setProfile(id, profile, [{ name: `${mark}-column`, kind: 'integer', role: 'keep' }], {
    bytes: 9,
    modified: 5,
  });
  store.projects.setRules(id, [{ text: `plan in ('${mark}-rule')`, origin: 'own', on: true }]);
  const learned = { history, comparisons: [], sample: { columns: [`${mark}-report`], rows: [] }, notes: [] };
  store.projects.setTraining(id, learned);
  const card: Card = {
    semblance: '0.1.0',
    created: '2026-01-01T00:00:00.000Z',
    source: { sha256: 'ab', rows: 3, columns: 1 },
    columns: [{ name: 'a', kind: 'integer', role: 'keep' }],
    model: { kind: 'table-gan', version: 1, parameters: 10 },
    seed: 7,
    device: 'cpu',
    training: { rows: 3, seconds: 1, epochs: 1, history },
    warnings: [],
  };
  // Over several pages, as models are.
  const file = Buffer.alloc(60_000, `${mark}-model `);
  const before = { ...card, training: { ...card.training, history: [] } };
  store.models.save(id, {
    card: before,
    file: Buffer.alloc(60_000, `${mark}-former `),
    rowHashes: null,
    learned: null,
  });
  store.models.save(id, { card, file, rowHashes: Buffer.from(`${mark}-hashes`), learned });
  store.projects.addExport(id, {
    path: `/out/${mark}-export.csv`,
    what: 'rows',
    rows: 5,
    replacedCopies: 1,
    rules: [{ rule: `${mark}-export <= 3`, repaired: 1, redrawn: 0 }],
    writtenAt: card.created,
  });
  const job: Job = {
    id: `${mark}-job`,
    projectId: id,
    kind: 'train',
    state: 'done',
    phase: 'Done',
    progress: 1,
    rate: null,
    secondsLeft: null,
    createdAt: card.created,
    startedAt: null,
    finishedAt: null,
    error: null,
    outcome: `${mark}-outcome`,
    resumable: false,
    saved: null,
  };
  store.jobs.save(job);
  store.checkpoints.of(job.id).write({ epoch: 1 });
  store.signing.publicKey();
  store.devices.write({ wanted: 'auto', reports: [], tested: null, setAside: [], running: null });
  store.pseudonyms.of(id);
  store.dicom.create(id, [`/data/${mark}-dicom`], {
    ...{
      profileName: `${mark}-profile`,
      options: [],
      overrides: [],
      template: '{instance}',
      dicomdir: false,
    },
  });
  store.dicom.setFound(id, Buffer.from(`${mark}-found`), 3);
  return id;
}

const marks = [
  'project',
  'source',
  'description',
  'column',
  'rule',
  'report',
  'model',
  'hashes',
  'export',
  'job',
  'outcome',
  'former',
];

/** The marks of `mark` that any file of the folder holds: database, log, and whatever else lies there. */
function found(mark: string): string[] {
  const files = readdirSync(folder)
    .filter((name) => name !== 'checkpoints')
    .map((name) => readFileSync(join(folder, name)));
  return marks.filter((each) => files.some((content) => content.includes(`${mark}-${each}`)));
}

/** The decrypted pages of an encrypted store, the file itself being decrypted. */
function decrypted(key: StoreKey): Buffer {
  const db = new Database(join(folder, 'semblance.db'));
  setKey(db, key);
  // Page by page as they are, free ones included: a VACUUM here would hide what is left.
  db.pragma('journal_mode = DELETE');
  db.pragma(`rekey = ''`);
  db.close();
  const content = readFileSync(join(folder, 'semblance.db'));
  expect(content.subarray(0, 15).toString()).toBe('SQLite format 3');
  return content;
}

describe('the list', () => {
  it('has one of each kind, with its size', () => {
    const store = openStore(folder);
    fill(store, 'one');
    const items = store.inventory.list();
    expect(items.map(({ kind }) => kind)).toEqual(Object.keys(holdings));
    for (const { bytes } of items) expect(bytes).toBeGreaterThan(0);
    expect(items.find(({ kind }) => kind === 'model')?.bytes).toBe(60_000 + 'one-hashes'.length);
    expect(items.find(({ kind }) => kind === 'export')).toMatchObject({
      project: 'one-project',
      detail: '/out/one-export.csv',
    });
    const sum = items.reduce((total, { bytes }) => total + bytes, 0);
    expect(store.inventory.bytes()).toBeGreaterThan(sum);
    store.close();
  });

  it('accounts for every table of the store', () => {
    const db = new Database(':memory:');
    migrate(db);
    const tables = db
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
      )
      .pluck()
      .all();
    db.close();
    const known = new Set(Object.values(holdings).flatMap((holding) => holding.tables));
    expect([...known].sort()).toEqual(tables);
  });
});

describe('what it takes to run a job once more', () => {
  it.each([
    ['done', false],
    ['failed', false],
    ['cancelled', false],
    ['interrupted', true],
    ['paused', true],
  ] as const)('is there of a job that is %s: %s', (state, stays) => {
    const store = openStore(folder);
    const id = store.projects.create('p', '/data/p.csv', [], settings);
    const job: Job = {
      ...{ id: 'j', projectId: id, kind: 'train', state: 'running', phase: '', progress: null, rate: null },
      ...{ secondsLeft: null, createdAt: '2026-01-01T00:00:00.000Z', startedAt: null, finishedAt: null },
      ...{ error: null, outcome: null, resumable: true, saved: null },
    };
    const request = JSON.stringify({ profile: 'described-table' });
    store.jobs.save(job, request);
    expect(store.jobs.request('j')).toBe(request);
    store.jobs.save({ ...job, state }, request);
    expect(store.jobs.request('j')).toBe(stays ? request : null);
    expect(store.jobs.get('j')?.resumable).toBe(stays);
    store.jobs.save({ ...job, id: 'k', state }, request);
    expect(store.jobs.request('k')).toBe(stays ? request : null);
    store.close();
  });
});

describe('erasing', () => {
  it('leaves no trace of anything in a file that is not encrypted', () => {
    const store = openStore(folder);
    fill(store, 'gone');
    fill(store, 'kept');
    // In the log alone, in the database, and in older versions of pages: all are looked through.
    expect(found('gone')).toEqual(marks);
    store.projects.rename(
      store.projects.list().find(({ name }) => name === 'gone-project')?.id ?? '',
      'gone-project-2',
    );
    store.inventory.eraseEverything();
    expect(found('gone')).toEqual([]);
    expect(found('kept')).toEqual([]);
    expect(store.inventory.list()).toEqual([]);
    store.close();
    expect(found('gone')).toEqual([]);
  });

  it.each<[RowKind, string[]]>([
    ['project', marks],
    ['description', ['description', 'column', 'rule']],
    ['model', ['report', 'model', 'hashes', 'former']],
    ['former-model', ['former']],
    ['report', ['report', 'former']],
    ['export', ['export']],
    ['job', ['job', 'outcome']],
  ])('of one %s leaves no trace of it, and everything else', (kind, going) => {
    const store = openStore(folder);
    const id = fill(store, 'gone');
    fill(store, 'kept');
    const item = store.inventory.list().find((each) => each.kind === kind && each.project === 'gone-project');
    expect(found('gone')).toEqual(marks);
    store.inventory.erase(kind, item?.id ?? '');
    expect(found('gone')).toEqual(marks.filter((mark) => !going.includes(mark)));
    expect(found('kept')).toEqual(marks);
    expect(store.inventory.list().some((each) => each.kind === kind && each.id === item?.id)).toBe(false);
    // What is left can still be read.
    if (kind !== 'project') expect(store.projects.get(id).name).toBe('gone-project');
    if (kind === 'report') expect(store.models.get(id)?.card.training.history).toEqual([]);
    store.close();
    expect(found('gone')).toEqual(marks.filter((mark) => !going.includes(mark)));
  });

  it('of a signing key makes the next one another', () => {
    const store = openStore(folder);
    const before = store.signing.publicKey();
    store.inventory.erase('signing-key', '1');
    expect(store.signing.publicKey()).not.toEqual(before);
    store.close();
  });

  it('leaves no trace on the decrypted pages of an encrypted store', () => {
    const key = freshKey();
    const before = openStore(folder, { key });
    fill(before, 'gone');
    fill(before, 'kept');
    before.close();
    expect(found('gone')).toEqual([]);
    expect(decrypted(key).includes('gone-model')).toBe(true);
    rmSync(join(folder, 'semblance.db'));

    const store = openStore(folder, { key });
    fill(store, 'gone');
    fill(store, 'kept');
    store.inventory.erase(
      'project',
      store.projects.list().find(({ name }) => name === 'gone-project')?.id ?? '',
    );
    store.close();
    const pages = decrypted(key);
    expect(marks.filter((mark) => pages.includes(`gone-${mark}`))).toEqual([]);
    expect(marks.filter((mark) => pages.includes(`kept-${mark}`))).toEqual(marks);
  });

  it('of what is not there says so', () => {
    const store = openStore(folder);
    expect(() => {
      store.inventory.erase('model', 'nobody');
    }).toThrow(AppError);
    store.close();
  });

  it('gives the room back', () => {
    const store = openStore(folder);
    const id = fill(store, 'one');
    const before = store.inventory.bytes();
    store.inventory.erase('model', id);
    expect(store.inventory.bytes()).toBeLessThan(before - 50_000);
    store.close();
  });
});
