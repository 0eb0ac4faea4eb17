import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { EventName, Output } from '../shared/contract.ts';
import { contract } from '../shared/contract.ts';
import type { EngineInput } from '../shared/wire.ts';
import { clientsCsv } from './jobs/test-table.ts';
import { createService } from './service.ts';
import type { EngineChannel } from './service.ts';
import { readBackupHeader } from './store/backup.ts';
import { finishRestore } from './store/set-aside.ts';
import { Vault } from './store/vault.ts';
import { createVaultService } from './vault-service.ts';
import type { EngineService } from './vault-service.ts';

let folder = '';
let service: EngineService;
let emitted: { event: EventName; payload: unknown }[] = [];
const log: string[] = [];
/** Every look at the clock is long after the one before: nobody waits here. */
let now = 0;
const passphrase = 'correct horse battery';
const at = (...names: string[]): string => join(folder, ...names);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-vault-service-'));
  emitted = [];
  service = start('store');
});
afterEach(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
  expect(log).toEqual([]);
});

function start(name: string): EngineService {
  const emit = (event: EventName, payload: unknown) => void emitted.push({ event, payload });
  return createVaultService({
    vault: new Vault({ folder: at(name), cost: { N: 2 ** 10, r: 8, p: 1 }, clock: () => (now += 1e6) }),
    resources: at('resources'),
    serve: (store) =>
      createService({ store, resources: at('resources'), emit, log: (text) => log.push(text) }),
    emit,
    log: (text) => log.push(text),
  });
}

async function ask<C extends EngineChannel>(
  channel: C,
  input?: EngineInput<C>,
  of = service,
): Promise<Output<C>> {
  const reply = await of.call(channel, input);
  if (!reply.ok) throw Object.assign(new Error(reply.error.message), reply.error);
  const outputs: { readonly [C in EngineChannel]: { output: z.ZodType<Output<C>> } } = contract;
  return outputs[channel].output.parse(reply.value);
}

async function refusal<C extends EngineChannel>(
  channel: C,
  input?: EngineInput<C>,
  of = service,
): Promise<string> {
  const reply = await of.call(channel, input);
  if (reply.ok) throw new Error(`${channel} was not refused`);
  expect(JSON.stringify(reply.error)).not.toContain('horse');
  return reply.error.code;
}

/** A store with one project in it. Returns its recovery key. */
async function make(): Promise<string> {
  const { recoveryKey } = await ask('store.create', { kind: 'passphrase', passphrase });
  await ask('store.confirmRecoveryKey', { lastGroup: recoveryKey.slice(-5) });
  await addProject('clients.csv');
  return recoveryKey;
}

async function addProject(name: string): Promise<void> {
  writeFileSync(at(name), 'a,b\n1,2\n3,4\n');
  await ask('projects.create', { sourcePath: at(name) });
  await idle();
}

async function idle(): Promise<void> {
  while ((await ask('jobs.list')).some(({ finishedAt }) => finishedAt === null)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const projects = async () => (await ask('projects.list')).map(({ name }) => name).sort();

describe('the lock', () => {
  it('lets nothing through until the store is open, and tells when it is', async () => {
    expect(await refusal('projects.list')).toBe('store/locked');
    expect(await refusal('store.list')).toBe('store/locked');
    expect(await refusal('store.backup', { path: at('b'), overwrite: false })).toBe('store/locked');
    await make();
    expect(await projects()).toEqual(['clients']);
    expect(emitted.filter(({ event }) => event === 'store.changed')).toMatchObject([
      { payload: { state: 'open', recoveryConfirmed: false } },
      { payload: { state: 'open', recoveryConfirmed: true } },
    ]);
    await service.close();

    service = start('store');
    expect(await ask('store.state')).toMatchObject({ state: 'locked' });
    expect(await refusal('projects.list')).toBe('store/locked');
    expect(await refusal('store.unlock', { secret: 'wrong horse battery' })).toBe('store/wrong-passphrase');
    expect(await ask('store.unlock', { secret: passphrase })).toMatchObject({ state: 'open' });
    expect(await projects()).toEqual(['clients']);
  });

  it('answers what is not understood with a code', async () => {
    const reply = await service.call('store.unlock', { secret: 7 });
    expect(reply).toMatchObject({ ok: false, error: { code: 'request/invalid' } });
  });

  it('does not let a store that can be used be moved away', async () => {
    await make();
    expect(await refusal('store.startOver')).toBe('request/invalid');
    expect(await projects()).toEqual(['clients']);
  });
});

describe('a recovery key in a file', () => {
  it('is written for its owner alone, and only when it is one', async () => {
    const recoveryKey = await make();
    const path = at('recovery.txt');
    await ask('store.saveRecoveryKey', { path, overwrite: false, recoveryKey });
    expect(readFileSync(path, 'utf8')).toContain(recoveryKey);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
    expect(await refusal('store.saveRecoveryKey', { path, overwrite: false, recoveryKey })).toBe(
      'output/exists',
    );
    const other = { path: at('other.txt'), overwrite: false, recoveryKey: 'anything' };
    expect(await refusal('store.saveRecoveryKey', other)).toBe('store/wrong-recovery-key');
    expect(existsSync(at('other.txt'))).toBe(false);
  });
});

describe('a backup', () => {
  const backup = () => at('clients.semblance-backup');

  it('never takes the place of a table a project is linked to', async () => {
    await ask('store.create', { kind: 'passphrase', passphrase });
    writeFileSync(at('clients.csv'), clientsCsv(40));
    await ask('projects.create', { sourcePath: at('clients.csv') });
    const before = readFileSync(at('clients.csv'));
    expect(await refusal('store.backup', { path: at('clients.csv'), overwrite: true })).toBe('output/exists');
    expect(readFileSync(at('clients.csv'))).toEqual(before);
  });

  it('brings the store back as it was, the present one set aside', async () => {
    await make();
    await ask('store.backup', { path: backup(), overwrite: false });
    await addProject('later.csv');
    const { state, aside } = await ask('store.restore', { path: backup(), secret: passphrase });
    expect(state).toMatchObject({ state: 'open' });
    expect(await projects()).toEqual(['clients']);
    const { items } = await ask('store.list');
    expect(items.find(({ kind }) => kind === 'set-aside')).toMatchObject({ id: aside });
    expect(readdirSync(at('store')).filter((name) => /restoring|ready|copying/.test(name))).toEqual([]);

    // What was set aside is whole: it can be put back by hand.
    const kept = start(join('store', aside ?? ''));
    await ask('store.unlock', { secret: passphrase }, kept);
    expect((await ask('projects.list', undefined, kept)).map(({ name }) => name).sort()).toEqual([
      'clients',
      'later',
    ]);
    await kept.close();

    await ask('store.erase', { kind: 'set-aside', id: aside ?? '' });
    expect(existsSync(at('store', aside ?? ''))).toBe(false);
  });

  it('holds nothing readable, and is restored elsewhere by the recovery key', async () => {
    const recoveryKey = await make();
    const { bytes } = await ask('store.backup', { path: backup(), overwrite: false });
    const content = readFileSync(backup());
    expect(content.length).toBe(bytes);
    for (const word of ['clients', 'CREATE TABLE', passphrase, recoveryKey]) {
      expect(content.subarray(content.indexOf('\n')).includes(word)).toBe(false);
    }
    expect(content.includes(passphrase)).toBe(false);
    if (process.platform !== 'win32') expect(statSync(backup()).mode & 0o077).toBe(0);
    expect((await readBackupHeader(backup())).database.bytes).toBe(bytes - content.indexOf('\n') - 1);

    const elsewhere = start('elsewhere');
    expect(await ask('store.restore', { path: backup(), secret: recoveryKey }, elsewhere)).toMatchObject({
      state: { state: 'open' },
      aside: null,
    });
    expect(await ask('projects.list', undefined, elsewhere)).toMatchObject([{ name: 'clients' }]);
    await elsewhere.close();
  });

  it('replaces another one only when told to', async () => {
    await make();
    writeFileSync(backup(), 'something else');
    expect(await refusal('store.backup', { path: backup(), overwrite: false })).toBe('output/exists');
    expect(readFileSync(backup(), 'utf8')).toBe('something else');
    await ask('store.backup', { path: backup(), overwrite: true });
    await readBackupHeader(backup());
  });

  it('that cannot be used changes nothing', async () => {
    await make();
    await ask('store.backup', { path: backup(), overwrite: false });
    await addProject('later.csv');
    const good = readFileSync(backup());
    const end = good.indexOf('\n') + 1;
    const flipped = Buffer.from(good);
    flipped.writeUInt8((flipped[end + 5000] ?? 0) ^ 1, end + 5000);
    const bad: [Buffer, string][] = [
      [good.subarray(0, good.length - 1), 'backup/invalid'],
      [Buffer.concat([good, Buffer.from('x')]), 'backup/invalid'],
      [flipped, 'backup/invalid'],
      [good.subarray(0, 100), 'backup/invalid'],
      [Buffer.from('{}\n'), 'backup/invalid'],
      [Buffer.from('name,age\nAda,36\n'), 'backup/invalid'],
      [Buffer.alloc(0), 'backup/invalid'],
      [
        Buffer.concat([
          Buffer.from(good.subarray(0, end).toString().replace('"version":1', '"version":9')),
          good.subarray(end),
        ]),
        'store/newer',
      ],
    ];
    for (const [content, code] of bad) {
      writeFileSync(backup(), content);
      expect(await refusal('store.restore', { path: backup(), secret: passphrase })).toBe(code);
    }
    writeFileSync(backup(), good);
    expect(await refusal('store.restore', { path: backup(), secret: 'wrong horse battery' })).toBe(
      'store/wrong-passphrase',
    );
    expect(await refusal('store.restore', { path: at('nowhere'), secret: passphrase })).toBe(
      'backup/invalid',
    );
    expect(await projects()).toEqual(['clients', 'later']);
    expect(readdirSync(at('store')).filter((name) => /restoring|ready|set-aside/.test(name))).toEqual([]);
  });

  it('is put in place to the end when that was interrupted', async () => {
    await make();
    await service.close();
    const staged = at('store', 'ready-set-aside-2026-01-02T03-04-05');
    const name = 'semblance.key.json';
    // As if the machine had stopped after the database was moved and before the key file was.
    mkdirSync(staged);
    renameSync(at('store', name), join(staged, name));
    writeFileSync(at('store', name), 'the key file of the store before');
    expect(finishRestore(at('store'))).toBe('set-aside-2026-01-02T03-04-05');
    service = start('store');
    await ask('store.unlock', { secret: passphrase });
    expect(await projects()).toEqual(['clients']);
    expect(
      readFileSync(at('store', 'set-aside-2026-01-02T03-04-05', 'semblance.key.json'), 'utf8'),
    ).toContain('before');
  });
});

describe('what is stored', () => {
  it('is listed and erased, one thing or all', async () => {
    await make();
    await addProject('second.csv');
    const { items, bytes, folder: where } = await ask('store.list');
    expect(where).toBe(at('store'));
    expect(
      items
        .filter(({ kind }) => kind === 'project')
        .map(({ project }) => project)
        .sort(),
    ).toEqual(['clients', 'second']);
    expect(bytes).toBeGreaterThan(items.reduce((sum, item) => sum + item.bytes, 0));

    const one = items.find(({ kind, project }) => kind === 'project' && project === 'second');
    const after = await ask('store.erase', { kind: 'project', id: one?.id ?? '' });
    expect(after.items.some(({ project }) => project === 'second')).toBe(false);
    expect(await projects()).toEqual(['clients']);
    expect(await refusal('store.erase', { kind: 'project', id: one?.id ?? 'x' })).toBe(
      'store/item-not-found',
    );
    expect(await refusal('store.erase', { kind: 'set-aside', id: '../..' })).toBe('store/item-not-found');

    expect((await ask('store.erase', { everything: true })).items).toEqual([]);
    expect(await projects()).toEqual([]);
    expect(existsSync(at('clients.csv'))).toBe(true);
  });

  it('is kept while a job works with it', async () => {
    await make();
    const [project] = await ask('projects.list');
    if (!project) throw new Error('no project');
    await ask('jobs.profile', { projectId: project.id });
    expect(await refusal('store.erase', { kind: 'description', id: project.id })).toBe('job/conflict');
    const [job] = await ask('jobs.list');
    expect(await refusal('store.erase', { kind: 'job', id: job?.id ?? '' })).toBe('job/conflict');
    await ask('store.erase', { everything: true });
    expect(await ask('jobs.list')).toEqual([]);
  });
});
