import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
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
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { StoreState } from '../../shared/store.ts';
import { setKey } from './cipher.ts';
import { keyFileName, readKeyFile } from './key-file.ts';
import { migrations } from './migrations.ts';
import { openStore } from './open.ts';
import { freshRecoveryKey } from './recovery-key.ts';
import type { SystemKeyStore } from './system-key.ts';
import { keyFrom, Vault } from './vault.ts';

let folder = '';
let now = 0;
const vaults: Vault[] = [];
const cheap = { N: 2 ** 10, r: 8, p: 1 };
const passphrase = 'correct horse battery';
const settings = { minutes: 1, stopEarly: true, seed: 7, holdout: 0.2 };
const known = 'KnownProjectName';
const at = (name: string): string => join(folder, name);
const database = (): string => at('semblance.db');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-vault-'));
  now = 0;
});
afterEach(() => {
  for (const vault of vaults.splice(0)) vault.close();
  rmSync(folder, { recursive: true, force: true });
});

function vaultOf(system?: SystemKeyStore): Vault {
  const vault = new Vault({ folder, cost: cheap, clock: () => now, ...(system && { system }) });
  vaults.push(vault);
  return vault;
}

async function refusal(action: () => unknown): Promise<AppError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Code of the problem a fresh start meets. */
async function problem(): Promise<string> {
  const vault = vaultOf();
  const state = await vault.state();
  vault.close();
  return state.state === 'problem' ? state.error.code : state.state;
}

/** A store with one project in it, closed. Returns its recovery key. */
async function made(): Promise<string> {
  const vault = vaultOf();
  const recoveryKey = await vault.create({ kind: 'passphrase', passphrase });
  vault.confirmRecoveryKey(recoveryKey.slice(-5));
  vault.store?.projects.create(known, '/data/clients.csv', [], settings);
  vault.close();
  return recoveryKey;
}

const names = (vault: Vault) => vault.store?.projects.list().map(({ name }) => name);

/** A key store of a computer: opens only what it has sealed itself. */
function computer(name = 'Keychain'): SystemKeyStore & { working: boolean } {
  const sealed = new Map<string, string>();
  return {
    working: true,
    name() {
      return Promise.resolve(this.working ? name : null);
    },
    seal: (text) => {
      const token = Buffer.from(`${name} ${sealed.size}`).toString('base64');
      sealed.set(token, text);
      return Promise.resolve(token);
    },
    unseal: (token) => Promise.resolve(sealed.get(token) ?? null),
  };
}

describe('a store with a passphrase', () => {
  it('is made, locked at the next start, and opened by the passphrase', async () => {
    const vault = vaultOf();
    expect(await vault.state()).toEqual({ state: 'new', plain: false, system: null });
    const recoveryKey = await vault.create({ kind: 'passphrase', passphrase });
    expect(await vault.state()).toMatchObject({ state: 'open', recoveryConfirmed: false });
    expect((await refusal(() => vault.confirmRecoveryKey('00000'))).code).toBe('store/wrong-recovery-key');
    vault.confirmRecoveryKey(recoveryKey.slice(-5).toLowerCase());
    vault.store?.projects.create(known, 'x', [], settings);
    vault.close();

    const again = vaultOf();
    await again.tryOpen();
    expect(again.store).toBeNull();
    expect(await again.state()).toMatchObject({ state: 'locked', protection: 'passphrase', waitSeconds: 0 });
    await again.unlock(passphrase);
    expect(names(again)).toEqual([known]);
    expect(await again.state()).toMatchObject({ state: 'open', recoveryConfirmed: true });
  });

  it('takes the passphrase in other code points for the same', async () => {
    const vault = vaultOf();
    await vault.create({ kind: 'passphrase', passphrase: 'Schlüssel für Ärzte' });
    vault.close();
    await vaultOf().unlock('Schlüssel für Ärzte'.normalize('NFD'));
  });

  it('makes every wrong attempt wait longer, and keeps nothing of what was typed', async () => {
    await made();
    const vault = vaultOf();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      const error = await refusal(() => vault.unlock('wrong horse battery'));
      expect(error.code).toBe('store/wrong-passphrase');
      expect(error.message + error.fix).not.toContain('horse');
      const state = await vault.state();
      if (state.state !== 'locked') throw new Error('it is not locked');
      waits.push(state.waitSeconds);
      // The right one has to wait as well, or the wait would tell it from a wrong one.
      expect((await refusal(() => vault.unlock(passphrase))).code).toBe('store/too-soon');
      now += state.waitSeconds * 1000;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    await vault.unlock(passphrase);
    expect(names(vault)).toEqual([known]);
  });

  it.each(['', 'short', 'aaaaaaaaaaaaaaaa', 'abababababab'])('refuses the passphrase %j', async (weak) => {
    const vault = vaultOf();
    const error = await refusal(() => vault.create({ kind: 'passphrase', passphrase: weak }));
    expect(error.code).toBe('store/weak-passphrase');
    expect(readdirSync(folder)).toEqual(['semblance.lock']);
  });

  it('can be given another passphrase by who knows the present one', async () => {
    await made();
    const vault = vaultOf();
    await vault.unlock(passphrase);
    const change = { kind: 'passphrase', passphrase: 'another long one' } as const;
    expect((await refusal(() => vault.protect(change, 'a wrong one'))).code).toBe('store/wrong-passphrase');
    now += 1000;
    await vault.protect(change, passphrase);
    vault.close();
    const again = vaultOf();
    expect((await refusal(() => again.unlock(passphrase))).code).toBe('store/wrong-passphrase');
    now += 1000;
    await again.unlock('another long one');
    expect(names(again)).toEqual([known]);
  });
});

describe('a recovery key', () => {
  it('opens the store when the passphrase is forgotten, and a new one is set', async () => {
    const recoveryKey = await made();
    const vault = vaultOf();
    await vault.recover(recoveryKey.toLowerCase(), {
      kind: 'passphrase',
      passphrase: 'the second passphrase',
    });
    expect(names(vault)).toEqual([known]);
    vault.close();
    const again = vaultOf();
    await again.unlock('the second passphrase');
    again.close();
    // It stays good.
    await vaultOf().unlock(recoveryKey);
  });

  it('of another store, or with a mistake, opens nothing', async () => {
    const recoveryKey = await made();
    const vault = vaultOf();
    const other = await refusal(() => vault.unlock(freshRecoveryKey()));
    expect(other).toMatchObject({ code: 'store/wrong-recovery-key' });
    expect(other.message).toContain('not the one of this store');
    now += 1000;
    const mistaken = recoveryKey.replace(/^./, (first) => (first === '7' ? '8' : '7'));
    expect((await refusal(() => vault.unlock(mistaken))).message).toContain('group 1.');
    expect(vault.store).toBeNull();
  });

  it('is made anew, the old one void, when it was never confirmed', async () => {
    const vault = vaultOf();
    const first = await vault.create({ kind: 'passphrase', passphrase });
    vault.close();
    const again = vaultOf();
    await again.unlock(passphrase);
    expect(await again.state()).toMatchObject({ state: 'open', recoveryConfirmed: false });
    const second = await again.newRecoveryKey(passphrase);
    again.confirmRecoveryKey(second.slice(-5));
    again.close();
    expect((await refusal(() => vaultOf().unlock(first))).code).toBe('store/wrong-recovery-key');
    vaults.at(-1)?.close();
    await vaultOf().unlock(second);
  });
});

describe('a new recovery key', () => {
  it('is made for nobody who only finds the store open', async () => {
    const vault = vaultOf();
    const recoveryKey = await vault.create({ kind: 'passphrase', passphrase });
    vault.confirmRecoveryKey(recoveryKey.slice(-5));
    expect((await refusal(() => vault.newRecoveryKey(null))).code).toBe('store/wrong-passphrase');
    expect((await refusal(() => vault.newRecoveryKey(passphrase))).code).toBe('store/too-soon');
    now += 1000;
    expect((await refusal(() => vault.newRecoveryKey('not the passphrase'))).code).toBe(
      'store/wrong-passphrase',
    );
    expect(await vault.state()).toMatchObject({ state: 'open', recoveryConfirmed: true });
    now += 2000;
    const second = await vault.newRecoveryKey(recoveryKey);
    now += 2000;
    expect((await refusal(() => vault.newRecoveryKey(recoveryKey))).code).toBe('store/wrong-recovery-key');
    expect(second).not.toBe(recoveryKey);
  });

  it('needs no secret where the system keeps the key', async () => {
    const vault = vaultOf(computer());
    const first = await vault.create({ kind: 'system' });
    expect(await vault.newRecoveryKey(null)).not.toBe(first);
  });
});

describe('the key store of the system', () => {
  it('opens the store by itself, and the store is opened elsewhere by the recovery key only', async () => {
    const system = computer();
    const vault = vaultOf(system);
    const recoveryKey = await vault.create({ kind: 'system' });
    vault.confirmRecoveryKey(recoveryKey.slice(-5));
    vault.close();

    const again = vaultOf(system);
    await again.tryOpen();
    expect(await again.state()).toMatchObject({ state: 'open', protection: 'system', system: 'Keychain' });
    again.close();

    const elsewhere = vaultOf(computer('Other'));
    await elsewhere.tryOpen();
    expect(await elsewhere.state()).toMatchObject({ state: 'locked', protection: 'system', system: 'Other' });
    await elsewhere.recover(recoveryKey, { kind: 'system' });
    expect(await elsewhere.state()).toMatchObject({ state: 'open', protection: 'system' });
  });

  it('is not used where it does not protect', async () => {
    const vault = vaultOf();
    const error = await refusal(() => vault.create({ kind: 'system' }));
    expect(error.code).toBe('store/system-unavailable');
    expect(existsSync(at(keyFileName))).toBe(false);
  });

  it('leaves the store locked when it is switched off later', async () => {
    const system = computer();
    const vault = vaultOf(system);
    const recoveryKey = await vault.create({ kind: 'system' });
    vault.close();
    system.working = false;
    const again = vaultOf(system);
    await again.tryOpen();
    expect(await again.state()).toMatchObject({ state: 'locked', protection: 'system', system: null });
    await again.unlock(recoveryKey);
  });

  it('can be taken on and given up', async () => {
    await made();
    const system = computer();
    const vault = vaultOf(system);
    await vault.unlock(passphrase);
    await vault.protect({ kind: 'system' }, passphrase);
    vault.close();
    const again = vaultOf(system);
    await again.tryOpen();
    expect(names(again)).toEqual([known]);
    await again.protect({ kind: 'passphrase', passphrase: 'back to a passphrase' }, null);
    again.close();
    const last = vaultOf(system);
    await last.tryOpen();
    expect(last.store).toBeNull();
    await last.unlock('back to a passphrase');
  });

  it('is not taken in by the sealed key of another store', async () => {
    const system = computer();
    const vault = vaultOf(system);
    await vault.create({ kind: 'system' });
    const keyFile = readKeyFile(folder);
    vault.close();
    rmSync(database());
    rmSync(at(keyFileName));
    const other = vaultOf(system);
    await other.create({ kind: 'system' });
    other.close();
    const mixed = readKeyFile(folder);
    if (!keyFile || !mixed) throw new Error('no key file');
    writeFileSync(at(keyFileName), JSON.stringify({ ...mixed, protection: keyFile.protection }));
    const again = vaultOf(system);
    await again.tryOpen();
    expect(await again.state()).toMatchObject({ state: 'locked' });
  });
});

describe('what cannot be opened', () => {
  /** Nothing of the store has been changed by looking at it. */
  async function unchanged(look: () => Promise<unknown>): Promise<void> {
    const content = () =>
      ['semblance.db', keyFileName]
        .filter((name) => existsSync(at(name)))
        .map((name) => readFileSync(at(name)).toString('hex'));
    const before = content();
    await look();
    expect(content()).toEqual(before);
  }

  it('is told from each other, and left as it is', async () => {
    await made();
    const key = readFileSync(at(keyFileName));

    await unchanged(async () => {
      const holder = vaultOf();
      await holder.unlock(passphrase);
      // Another connection of the same process is refused like another process.
      expect(await problem()).toBe('store/in-use');
      holder.close();
    });

    rmSync(at(keyFileName));
    await unchanged(async () => expect(await problem()).toBe('store/key-missing'));

    for (const broken of [
      '',
      '{',
      '{"semblance":"store key","version":1}',
      key.toString().replace('scrypt', 'scrapt'),
    ]) {
      writeFileSync(at(keyFileName), broken);
      await unchanged(async () => expect(await problem()).toBe('store/key-damaged'));
    }
    writeFileSync(at(keyFileName), key.toString().replace('"version": 1', '"version": 2'));
    await unchanged(async () => expect(await problem()).toBe('store/newer'));

    writeFileSync(at(keyFileName), key);
    renameSync(database(), at('elsewhere.db'));
    await unchanged(async () => expect(await problem()).toBe('store/missing'));
    renameSync(at('elsewhere.db'), database());
    await unchanged(async () => expect(await problem()).toBe('locked'));
  });

  it('is a key file beside the database of another', async () => {
    await made();
    copyFileSync(at(keyFileName), at('first.json'));
    rmSync(at(keyFileName));
    rmSync(database());
    await made();
    copyFileSync(at('first.json'), at(keyFileName));
    await unchanged(async () => expect(await problem()).toBe('store/key-mismatch'));
  });

  it('is a database with a single damaged page, by the right passphrase', async () => {
    await made();
    const content = readFileSync(database());
    content.writeUInt8((content[4096 + 100] ?? 0) ^ 1, 4096 + 100);
    writeFileSync(database(), content);
    const vault = vaultOf();
    await unchanged(async () => {
      expect((await refusal(() => vault.unlock(passphrase))).code).toBe('store/damaged');
      expect(await vault.state()).toMatchObject({ state: 'problem', replaceable: true });
    });
  });

  it('is a store of a newer version', async () => {
    const vault = vaultOf();
    await vault.create({ kind: 'passphrase', passphrase });
    vault.close();
    const keyFile = readKeyFile(folder);
    if (!keyFile) throw new Error('no key file');
    const db = new Database(database());
    setKey(db, await keyFrom(keyFile, passphrase));
    db.pragma(`user_version = ${migrations.length + 1}`);
    db.close();
    const opened = vaultOf();
    await unchanged(async () => {
      expect((await refusal(() => opened.unlock(passphrase))).code).toBe('store/newer');
      expect(await opened.state()).toMatchObject({ state: 'problem', replaceable: false });
    });
  });

  it('can be set aside, and an empty one begun', async () => {
    await made();
    rmSync(at(keyFileName));
    const vault = vaultOf();
    expect(await vault.state()).toMatchObject({ state: 'problem', replaceable: true });
    const content = readFileSync(database());
    const aside = vault.startOver() ?? '';
    expect(readFileSync(join(at(aside), 'semblance.db'))).toEqual(content);
    expect(await vault.state()).toMatchObject({ state: 'new', plain: false });
    await vault.create({ kind: 'passphrase', passphrase });
    expect(names(vault)).toEqual([]);
  });
});

describe('a store that an earlier version left readable', () => {
  function plainStore(): void {
    const store = openStore(folder);
    const id = store.projects.create(known, '/data/KnownSource.csv', [], settings);
    store.jobs.list();
    for (let count = 0; count < 40; count++)
      store.projects.create(`${known} ${count}`, 'x'.repeat(3000), [], settings);
    store.projects.rename(id, known);
    store.close();
  }

  it('is encrypted with everything in it', async () => {
    plainStore();
    const vault = vaultOf();
    expect(await vault.state()).toEqual({ state: 'new', plain: true, system: null });
    await vault.create({ kind: 'passphrase', passphrase });
    expect(names(vault)).toHaveLength(41);
    vault.close();
    for (const name of readdirSync(folder)) expect(readFileSync(at(name)).includes('Known')).toBe(false);
  });

  it('is not touched when it is no store of ours, and gets no key', async () => {
    const db = new Database(database());
    db.exec('CREATE TABLE recipes (name TEXT)');
    db.close();
    const before = readFileSync(database());
    expect(await problem()).toBe('store/foreign');
    const vault = vaultOf();
    expect((await refusal(() => vault.create({ kind: 'passphrase', passphrase }))).code).toBe(
      'store/foreign',
    );
    expect(readFileSync(database())).toEqual(before);
    expect(existsSync(at(keyFileName))).toBe(false);
  });

  it('is whole after the process was killed at any moment of it', { timeout: 120_000 }, async () => {
    const program = `
      import { Vault } from ${JSON.stringify(new URL('./vault.ts', import.meta.url).href)};
      const vault = new Vault({ folder: process.argv[1], cost: ${JSON.stringify(cheap)} });
      process.stdout.write('go');
      const state = await vault.state();
      if (state.state === 'new') await vault.create({ kind: 'passphrase', passphrase: ${JSON.stringify(passphrase)} });
      else await vault.unlock(${JSON.stringify(passphrase)});
      vault.close();`;
    for (let round = 0; round < 8; round++) {
      folder = mkdtempSync(join(tmpdir(), 'semblance-vault-'));
      plainStore();
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      // Listened for from the start: on a fast machine it has done all of it before it is killed.
      const gone = new Promise((resolve) => child.once('exit', resolve));
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, round * 6));
      child.kill('SIGKILL');
      await gone;
      const vault = vaultOf();
      const state: StoreState['state'] = (await vault.state()).state;
      if (state === 'new') await vault.create({ kind: 'passphrase', passphrase });
      else await vault.unlock(passphrase);
      expect(names(vault)).toHaveLength(41);
      vault.close();
      for (const name of readdirSync(folder)) expect(readFileSync(at(name)).includes('Known')).toBe(false);
      expect(readdirSync(folder).filter((name) => name.includes('encrypting'))).toEqual([]);
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the files of a store', () => {
  it('hold nothing readable, while it is open and after', async () => {
    const vault = vaultOf();
    const recoveryKey = await vault.create({ kind: 'passphrase', passphrase });
    const id = vault.store?.projects.create(known, '/data/KnownSource.csv', [], settings) ?? '';
    vault.store?.projects.rename(id, `${known} again`);
    const secrets = [
      'Known',
      'CREATE TABLE',
      'SQLite format',
      passphrase,
      recoveryKey,
      recoveryKey.slice(0, 11),
    ];
    const readable = () =>
      readdirSync(folder).flatMap((name) =>
        secrets.filter((secret) => readFileSync(at(name)).includes(secret)),
      );
    expect(existsSync(at('semblance.db-wal'))).toBe(true);
    expect(statSync(at('semblance.db-wal')).size).toBeGreaterThan(0);
    expect(readable()).toEqual([]);
    vault.close();
    expect(readable()).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('are readable by their owner only', async () => {
    await made();
    for (const name of ['semblance.db', keyFileName]) expect(statSync(at(name)).mode & 0o077).toBe(0);
  });

  it('hold no two wrappings alike', async () => {
    await made();
    const one = readKeyFile(folder);
    rmSync(at(keyFileName));
    rmSync(database());
    await made();
    const two = readKeyFile(folder);
    expect(one?.store).not.toBe(two?.store);
    expect(one?.recovery.box).not.toEqual(two?.recovery.box);
  });
});
