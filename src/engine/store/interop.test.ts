/** The encrypted file as other programs see it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshKey } from './cipher.ts';
import { openStore } from './open.ts';

const python = process.env.SEMBLANCE_PYTHON ?? 'python3';
const has = (module: string) => spawnSync(python, ['-c', `import ${module}`]).status === 0;
const [sqlite, sqlcipher] = [has('sqlite3'), has('sqlcipher3')];
if (!sqlite) console.warn(`SKIPPED: ${python} has no sqlite3 that has to fail to read the store.`);
if (!sqlcipher) {
  console.warn(
    `SKIPPED: ${python} has no sqlcipher3 (PyPI: sqlcipher3-binary); set SEMBLANCE_PYTHON to one that has.`,
  );
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-interop-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const key = freshKey();

function write(): string {
  const store = openStore(folder, { key });
  store.projects.create('Clients', '/data/clients.csv', [], {
    minutes: 1,
    stopEarly: true,
    seed: 7,
    holdout: 0.2,
  });
  store.close();
  return store.file;
}

function run(program: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(python, ['-c', program, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

it.skipIf(!sqlite)('cannot be read by SQLite', { timeout: 30_000 }, () => {
  const program = `
import sqlite3, sys
try:
    print(sqlite3.connect(sys.argv[1]).execute('select name from projects').fetchall())
except sqlite3.DatabaseError as error:
    print(error)`;
  expect(run(program, write())).toBe('file is not a database');
  const plain = openStore(join(folder, 'plain'));
  plain.close();
  expect(run(program, plain.file)).toBe('[]');
});

it.skipIf(!sqlcipher)(
  'is what SQLCipher itself writes: it opens with the key and every page is authentic',
  { timeout: 30_000 },
  () => {
    const program = `
import sqlcipher3, sys
db = sqlcipher3.connect(sys.argv[1])
db.execute('pragma key = "x\\'%s\\'"' % sys.argv[2])
print(db.execute('select name from projects').fetchall(), db.execute('pragma cipher_integrity_check').fetchall())`;
    expect(run(program, write(), Buffer.from(key.secret).toString('hex'))).toBe("[('Clients',)] []");
  },
);
