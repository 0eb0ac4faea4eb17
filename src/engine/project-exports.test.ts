/** Exports of a project as the window asks for them: said beforehand, encrypted, mixed, reported, verified, resumed. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { card as cardSchema } from '../shared/card.ts';
import { contract } from '../shared/contract.ts';
import type { Output } from '../shared/contract.ts';
import type { Job } from '../shared/jobs.ts';
import { cardPathOf, manifestPathOf, reportPathOf } from '../shared/output-names.ts';
import { completedInputs } from '../shared/wire.ts';
import { keptRequest } from './jobs/stored-request.ts';
import { clientsCsv } from './jobs/test-table.ts';
import { createService } from './service.ts';
import type { ProjectChannel, Service } from './service.ts';
import { erase } from './store-content.ts';
import { openStore } from './store/open.ts';
import { openModel } from './synthesis/tables/model-file.ts';
import { unseal } from './tables/age.ts';

const passphrase = 'Zyklop Birne Kaktus Nebel Quarz';
let folder = '';
let service: Service;
let projectId = '';
const log: string[] = [];
const emitted: string[] = [];
const at = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(at(name), 'utf8');

function start(): Service {
  return createService({
    // Not encrypted, so that what it holds can be searched.
    store: openStore(at('data')),
    resources: at('resources'),
    emit: (event, payload) => emitted.push(JSON.stringify({ event, payload })),
    log: (line) => log.push(line),
  });
}

async function ask<C extends ProjectChannel>(channel: C, input?: unknown): Promise<Output<C>> {
  const reply = await service.call(channel, input);
  if (!reply.ok) throw Object.assign(new Error(reply.error.message), reply.error);
  expect(contract[channel].output.parse(reply.value)).toEqual(reply.value);
  return reply.value;
}

async function refusal(channel: ProjectChannel, input: unknown): Promise<string | undefined> {
  const reply = await service.call(channel, input);
  if (reply.ok) throw new Error(`${channel} was not refused`);
  expect(reply.error.said, 'to be said in any language').toBeDefined();
  return reply.error.said?.key;
}

async function ended({ id }: Job): Promise<Job> {
  for (;;) {
    const job = (await ask('jobs.list')).find((each) => each.id === id);
    if (!job) throw new Error('the job is gone');
    if (job.finishedAt !== null) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const request = (more: object = {}) => ({ projectId, format: 'csv', rows: 100, seed: 1, ...more });
const generate = async (name: string, more: object = {}): Promise<Job> =>
  ended(await ask('jobs.generate', { ...request(more), path: at(name), overwrite: false }));
const mixing = { share: 0.2, mayUseRealRows: true };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-exports-'));
  mkdirSync(at('resources'));
  writeFileSync(at('clients.csv'), clientsCsv(300));
  service = start();
  ({ id: projectId } = await ask('projects.create', { sourcePath: at('clients.csv') }));
  const [profiling] = await ask('jobs.list');
  if (profiling) await ended(profiling);
  const settings = { minutes: 0.05, stopEarly: true, seed: 4, holdout: 0.2 };
  await ask('projects.setSettings', { projectId, settings });
  expect((await ended(await ask('jobs.train', { projectId }))).state).toBe('done');
}, 120_000);

afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

it('says what would be written, and writes nothing', async () => {
  const before = readdirSync(folder).sort();
  const plan = await ask('exports.plan', {
    ...request({ format: 'sqlite', mixing, report: 'en', rows: 1000 }),
    ...{ name: '../out.sqlite', protection: { by: 'passphrase' } },
  });
  expect(plan.files.map(({ path, role, encrypted, replaces }) => [path, role, encrypted, replaces])).toEqual([
    ['out.sqlite.age', 'rows', true, false],
    ['out.sqlite.card.json.age', 'card', true, false],
    ['out.sqlite.report.html.age', 'report', true, false],
    ['out.sqlite.age.manifest.json', 'manifest', false, false],
  ]);
  expect(plan).toMatchObject({ rows: 1000, realRows: 200, protection: { by: 'passphrase' } });
  expect(plan.columns.at(-1)).toMatchObject({ name: 'synthetic', from: 'mark' });
  expect(plan.signedBy).toBe((await ask('exports.signer')).fingerprint);
  expect(plan.warnings.join()).toMatch(/REAL rows[\s\S]*unencrypted working file/);
  expect(readdirSync(folder).sort()).toEqual(before);

  const plain = await ask('exports.plan', { ...request({ rows: 5000 }), name: 'size.csv' });
  expect((await generate('size.csv', { rows: 5000 })).state).toBe('done');
  const bytes = readFileSync(at('size.csv')).length;
  expect(Math.abs((plain.files[0]?.bytes ?? 0) / bytes - 1)).toBeLessThan(0.1);
});

it('refuses beforehand what would be refused, in any language', async () => {
  const plan = (more: object) => ({ ...request(more), name: 'x.csv' });
  expect(await refusal('exports.plan', plan({ mixing: { ...mixing, share: 0.001 } }))).toBe(
    'real_rows_share',
  );
  expect(await refusal('exports.plan', plan({ mixing, where: 'age > 30' }))).toBe('real_rows_constrained');
  expect(await refusal('exports.plan', plan({ mixing: { share: 0.2 } }))).toBe('request_not_understood');
  expect(
    await refusal('exports.plan', plan({ protection: { by: 'recipients', recipients: ['age1x'] } })),
  ).toBe('request_not_understood');
  // Of two at once the newer is answered.
  const [older, newer] = await Promise.all([
    service.call('exports.plan', plan({})),
    service.call('exports.plan', plan({ rows: 7 })),
  ]);
  expect(newer).toMatchObject({ ok: true, value: { rows: 7 } });
  if (!older.ok) expect(older.error.code).toBe('job/cancelled');
});

it('mixes real rows in, marks them, and remembers how many', async () => {
  expect((await generate('mixed.csv', { mixing, delimiter: ';', report: 'zh-Hans' })).state).toBe('done');
  const [head, ...rows] = text('mixed.csv').trimEnd().split('\n');
  expect(head).toBe('client;age;plan;since;fee;synthetic');
  expect(rows.filter((row) => row.endsWith(';false'))).toHaveLength(20);
  const { exports } = await ask('projects.get', { projectId });
  expect(exports[0]).toMatchObject({ path: at('mixed.csv'), realRows: 20 });
  expect(exports.some(({ path, realRows }) => path === at('size.csv') && realRows === undefined)).toBe(true);
  expect(text('mixed.csv.report.html')).toMatch(/lang="zh-Hans"[\s\S]*100 行中有 20 行/);
  const found = await ask('exports.verify', { path: manifestPathOf(at('mixed.csv')) });
  expect(found).toMatchObject({ ok: true, own: true, signature: 'valid', manifest: { realRows: 20 } });
  expect(found.files.map(({ name }) => name)).toEqual(
    [at('mixed.csv'), cardPathOf(at('mixed.csv')), reportPathOf(at('mixed.csv'))].map((path) =>
      basename(path),
    ),
  );
});

it('holds nothing of the table in the report but what the card has', async () => {
  expect((await generate('told.csv', { report: 'en' })).state).toBe('done');
  const report = text('told.csv.report.html');
  const card = JSON.stringify(cardSchema.parse(JSON.parse(text('told.csv.card.json'))));
  const values = new Set(
    clientsCsv(300)
      .trimEnd()
      .split('\n')
      .slice(1)
      .flatMap((line) => line.split(','))
      // Ages are numbers that may stand for anything.
      .filter((value) => value.length > 2),
  );
  const said = report.match(/[\w.-]+/g) ?? [];
  expect(said.filter((word) => values.has(word) && !card.includes(word))).toEqual([]);
  for (const word of ['basic', 'plus', 'pro']) expect(said).not.toContain(word);
});

it('encrypts for keys: what it names opens with them', async () => {
  const secret = await generateX25519Identity();
  const recipients = [await identityToRecipient(secret)];
  const protection = { by: 'recipients', recipients };
  expect((await generate('sealed.parquet.age', { format: 'parquet', protection })).state).toBe('done');
  const found = await ask('exports.verify', { path: at('sealed.parquet.age.manifest.json') });
  expect(found).toMatchObject({ ok: true, files: [{ encrypted: true }, { encrypted: true }] });
  await unseal(
    at('sealed.parquet.age'),
    at('opened.parquet'),
    { by: 'identities', text: secret },
    { overwrite: false },
  );
  expect(text('opened.parquet').slice(0, 4)).toBe('PAR1');
  const model = { projectId, path: at('m.semblance.age'), overwrite: false, protection };
  expect((await ended(await ask('jobs.exportModel', model))).state).toBe('done');
  expect(text('m.semblance.age').slice(0, 22)).toBe('age-encryption.org/v1\n');
  // A name that does not say so is refused.
  expect(await generate('unsaid.csv', { protection })).toMatchObject({
    error: { said: { key: 'sealed_name_needed' } },
  });
});

it('writes a database of typed columns', async () => {
  expect((await generate('rows.sqlite', { format: 'sqlite' })).state).toBe('done');
  const database = new Database(at('rows.sqlite'), { readonly: true });
  expect(database.prepare('SELECT count(*) FROM rows').pluck().get()).toBe(100);
  database.close();
});

it('says what has been changed after it was written', async () => {
  expect((await generate('changed.csv')).state).toBe('done');
  writeFileSync(at('changed.csv'), `${text('changed.csv')}1,2,3,4,5\n`);
  const path = at('changed.csv.manifest.json');
  expect(await ask('exports.verify', { path })).toMatchObject({ ok: false, signature: 'valid' });
  expect(await ask('exports.verify', { path, signedBy: '0000' })).toMatchObject({
    signature: 'other-signer',
  });
  rmSync(at('changed.csv'));
  expect((await ask('exports.verify', { path, signedBy: ' ' })).files[0]?.state).toBe('missing');
  expect(await refusal('exports.verify', { path: at('clients.csv') })).toBe('not_a_manifest');
});

it('a linked table is not written over by what lies beside the rows either', async () => {
  writeFileSync(at('near.csv.card.json'), '{"a":1}\n{"a":2}\n');
  const near = await ask('projects.create', { sourcePath: at('near.csv.card.json') });
  const input = { ...request(), path: at('near.csv'), overwrite: true };
  expect(await refusal('jobs.generate', input)).toBe('target_is_source');
  expect(text('near.csv.card.json')).toBe('{"a":1}\n{"a":2}\n');
  await ask('projects.remove', { projectId: near.id });
});

it('keeps no passphrase, and asks for it again to resume what was interrupted', async () => {
  const protection = { by: 'passphrase', passphrase };
  const written = await generate('secret.csv.age', { protection });
  expect(written).toMatchObject({ state: 'done', resumable: false });
  const first = at('secret.csv.age');
  await unseal(first, at('secret.csv'), { by: 'passphrase', passphrase }, { overwrite: false });
  const rows = text('secret.csv');
  for (const name of ['secret.csv', first, cardPathOf(first), manifestPathOf(first)])
    rmSync(name === 'secret.csv' ? at(name) : name);
  await service.close();
  // As a killed engine leaves it.
  const store = openStore(at('data'));
  expect(store.jobs.request(written.id)).toBeNull();
  const input = completedInputs['jobs.generate'].parse({
    ...request({ protection }),
    path: first,
    overwrite: false,
  });
  store.jobs.save(
    { ...written, state: 'running', finishedAt: null },
    keptRequest({ kind: 'generate', input }) ?? null,
  );
  store.close();
  service = start();
  const [job] = await ask('jobs.list');
  expect(job).toMatchObject({ state: 'interrupted', resumable: true, needs: 'passphrase' });
  expect(await refusal('jobs.resume', { jobId: written.id })).toBe('passphrase_needed');
  expect(await refusal('jobs.resume', { jobId: written.id, passphrase: 'short' })).toBe(
    'request_not_understood',
  );
  const other = 'another passphrase altogether';
  await ask('jobs.resume', { jobId: written.id, passphrase: other });
  expect((await ended(written)).state).toBe('done');
  await unseal(first, at('secret.csv'), { by: 'passphrase', passphrase: other }, { overwrite: false });
  expect(text('secret.csv')).toBe(rows);

  const kept = readdirSync(at('data'), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(at(`data/${name}`)));
  for (const secret of [passphrase, other]) {
    for (const bytes of kept) expect(bytes.includes(secret)).toBe(false);
    for (const line of [...log, ...emitted]) expect(line).not.toContain(secret);
  }
  // The search would find it.
  expect(kept.some((bytes) => bytes.includes('secret.csv.age'))).toBe(true);
}, 60_000);

it('a report that is erased is not in the packed model either', async () => {
  await service.close();
  const store = openStore(at('data'));
  const opened = () => openModel(store.models.get(projectId)?.file ?? new Uint8Array());
  const before = opened();
  expect(before.card.scores).toBeDefined();
  expect([before.model.history.length, before.card.training.history.length]).not.toContain(0);
  await erase(store, { kind: 'report', id: projectId });
  const after = opened();
  expect(after.card).toEqual(store.models.card(projectId));
  expect([after.card.scores, after.card.training.best, after.model.best]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([after.model.history, after.card.training.history]).toEqual([[], []]);
  expect(after.model.generator).toEqual(before.model.generator);
  store.close();
  service = start();
  expect((await generate('bare.csv')).state).toBe('done');
  expect(cardSchema.parse(JSON.parse(text('bare.csv.card.json'))).scores).toBeUndefined();
}, 60_000);
