import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeBackup } from './jobs/write-backup.ts';
import { saveRecoveryKey } from './save-recovery-key.ts';
import { Vault } from './store/vault.ts';
import type * as outputFile from './tables/output-file.ts';

/** Rights of every unfinished file for others than its owner, before anything is written to it. */
const rights: number[] = [];
vi.mock('./tables/output-file.ts', async (original) => {
  const real = await original<typeof outputFile>();
  const createOutput: typeof real.createOutput = async (...args) => {
    const output = await real.createOutput(...args);
    rights.push(statSync(output.temporary).mode & 0o077);
    return output;
  };
  return { ...real, createOutput };
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-own-'));
  rights.length = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it.skipIf(process.platform === 'win32')('no other can open what opens a store, from the start', async () => {
  const vault = new Vault({ folder: join(folder, 'store'), cost: { N: 2 ** 10, r: 8, p: 1 } });
  const recoveryKey = await vault.create({ kind: 'passphrase', passphrase: 'correct horse battery' });
  const paths = [join(folder, 'key.txt'), join(folder, 'a.semblance-backup')] as const;
  await saveRecoveryKey(paths[0], false, recoveryKey, vault.folder);
  const { store, keyFile } = vault;
  if (!store || !keyFile) throw new Error('not open');
  await writeBackup(store, keyFile, paths[1], { overwrite: false });
  vault.close();
  expect(rights).toEqual([0, 0]);
  expect(paths.map((path) => statSync(path).mode & 0o077)).toEqual([0, 0]);
  expect(readFileSync(paths[0], 'utf8')).toContain(recoveryKey);
});
