/** What is encrypted opens with the `age` of Debian. Skipped, loudly, where that is not installed. */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { outputFormat, type Protection } from '../../shared/output.ts';
import { looksSealed, sealFor, unseal } from './age.ts';
import { createOutput, type Drive } from './output-file.ts';
import type { ColumnSchema } from './schema.ts';
import type { Table } from './table.ts';
import { writeTable } from './write.ts';

const age = spawnSync('age', ['--version']).status === 0;
if (!age)
  console.warn('SKIPPED: the program age is not installed, so opening our files with it is untested.');

const root = await mkdtemp(join(tmpdir(), 'semblance-test-'));
afterAll(() => rm(root, { recursive: true, force: true }));
let folder = '';
let folders = 0;
beforeEach(async () => {
  folder = join(root, String(++folders));
  await mkdir(folder);
});
const at = (name: string): string => join(folder, name);

const schema: ColumnSchema[] = [
  { name: 'n', kind: 'integer', role: 'keep', nullable: true },
  { name: 't', kind: 'category', role: 'keep', nullable: true },
];
const table: Table = {
  rows: 30_000,
  columns: [
    { type: 'number', name: 'n', values: Float64Array.from({ length: 30_000 }, (_, row) => row * 7) },
    {
      type: 'category',
      name: 't',
      codes: Int32Array.from({ length: 30_000 }, (_, row) => row % 2),
      categories: ['left', 'right'],
    },
  ],
};
async function* chunks(): AsyncIterable<Table> {
  yield table;
}

async function keyPair(): Promise<{ secret: string; recipient: string }> {
  const secret = await generateX25519Identity();
  return { secret, recipient: await identityToRecipient(secret) };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const passphrase = 'correct horse battery staple';

describe('an encrypted output', () => {
  it.skipIf(!age).each(outputFormat.options)(
    '%s opens with age, for each of several recipients',
    async (format) => {
      const [one, two, stranger] = await Promise.all([keyPair(), keyPair(), keyPair()]);
      const seal = sealFor({ by: 'recipients', recipients: [one.recipient, two.recipient] });
      const path = at(`out.${format}.age`);
      const written = await writeTable(path, format, schema, chunks(), { overwrite: false, seal });
      const plain = await writeTable(at(`plain.${format}`), format, schema, chunks(), { overwrite: false });
      const sealed = await readFile(path);
      expect(looksSealed(sealed)).toBe(true);
      expect(sealed.includes('right')).toBe(false);
      expect([written.bytes, written.sha256]).toEqual([sealed.length, sha256(sealed)]);
      for (const [key, opens] of [
        [one, true],
        [two, true],
        [stranger, false],
      ] as const) {
        await writeFile(at('key.txt'), `# made for a test\n${key.secret}\n`);
        const run = spawnSync('age', ['--decrypt', '-i', at('key.txt'), path], { maxBuffer: 2 ** 26 });
        expect(run.status === 0).toBe(opens);
        if (!opens) continue;
        expect(sha256(run.stdout)).toBe(written.contentSha256);
        // The same bytes as without encryption: DuckDB and SQLite write the same file again.
        expect(run.stdout.equals(await readFile(at(`plain.${format}`)))).toBe(true);
        expect(plain.contentSha256).toBe(written.contentSha256);
      }
      expect((await readdir(folder)).sort()).toEqual(['key.txt', `out.${format}.age`, `plain.${format}`]);
    },
  );

  it('opens with its passphrase here, and with no other', async () => {
    const protection: Protection = { by: 'passphrase', passphrase };
    const written = await writeTable(at('out.csv.age'), 'csv', schema, chunks(), {
      overwrite: false,
      seal: sealFor(protection),
    });
    expect((await readFile(at('out.csv.age'))).toString('latin1')).toContain('-> scrypt ');
    const wrong = unseal(
      at('out.csv.age'),
      at('no.csv'),
      { by: 'passphrase', passphrase: 'another one' },
      {
        overwrite: false,
      },
    );
    await expect(wrong).rejects.toMatchObject({ code: 'seal/failed' });
    const { sha256 } = await unseal(at('out.csv.age'), at('out.csv'), protection, { overwrite: false });
    expect(sha256).toBe(written.contentSha256);
    expect((await readdir(folder)).sort()).toEqual(['out.csv', 'out.csv.age']);
  });

  it.skipIf(!age)('opens with age and its passphrase, asked for on a terminal', async (test) => {
    await writeTable(at('out.csv.age'), 'csv', schema, chunks(), {
      overwrite: false,
      seal: sealFor({ by: 'passphrase', passphrase }),
    });
    // age takes passphrases from a terminal only: Python gives it one.
    const script = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp('age', ['age', '--decrypt', '-o', sys.argv[2], sys.argv[1]])
os.read(terminal, 100)
os.write(terminal, (sys.argv[3] + '\\n').encode())
try:
    while os.read(terminal, 1000): pass
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;
    const run = spawnSync('python3', ['-c', script, at('out.csv.age'), at('out.csv'), passphrase]);
    if (run.error) {
      console.warn('SKIPPED: there is no Python to give age a terminal.');
      test.skip();
      return;
    }
    expect(run.status).toBe(0);
    expect((await readFile(at('out.csv'), 'utf8')).slice(0, 8)).toBe('n,t\n0,le');
  });

  it.skipIf(!age)('of age itself opens here', async () => {
    const { secret, recipient } = await keyPair();
    const content = randomBytes(300_000);
    await writeFile(at('in'), content);
    expect(spawnSync('age', ['-r', recipient, '-o', at('in.age'), at('in')]).status).toBe(0);
    await unseal(at('in.age'), at('out'), { by: 'identities', text: secret }, { overwrite: false });
    expect((await readFile(at('out'))).equals(content)).toBe(true);
  });

  it('that is damaged or cut off leaves nothing behind', async () => {
    const { secret, recipient } = await keyPair();
    const seal = sealFor({ by: 'recipients', recipients: [recipient] });
    await writeTable(at('out.csv.age'), 'csv', schema, chunks(), { overwrite: false, seal });
    const sealed = await readFile(at('out.csv.age'));
    const flipped = Buffer.from(sealed);
    flipped[sealed.length - 100]! ^= 1;
    for (const bad of [sealed.subarray(0, sealed.length - 1), sealed.subarray(0, 70_000), flipped]) {
      await writeFile(at('bad.age'), bad);
      const work = unseal(at('bad.age'), at('bad'), { by: 'identities', text: secret }, { overwrite: false });
      await expect(work).rejects.toMatchObject({ code: 'seal/failed' });
    }
    for (const text of ['', '# nothing\n', 'AGE-SECRET-KEY-1NONSENSE'])
      await expect(
        unseal(at('out.csv.age'), at('bad'), { by: 'identities', text }, { overwrite: false }),
      ).rejects.toMatchObject({ code: 'seal/invalid' });
    await writeFile(at('plain.age'), 'a,b\n1,2\n');
    await expect(
      unseal(at('plain.age'), at('bad'), { by: 'identities', text: secret }, { overwrite: false }),
    ).rejects.toMatchObject({ code: 'seal/invalid' });
    expect((await readdir(folder)).sort()).toEqual(['bad.age', 'out.csv.age', 'plain.age']);
  });
});

describe('an encrypted output appears whole or not at all', () => {
  const fullAfter = (bytes: number): Drive => {
    let left = bytes;
    return {
      write: async (file, block) => {
        left -= block.length;
        if (left < 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        return file.write(block, 0, block.length);
      },
    };
  };

  it.each(outputFormat.options)('%s: a full drive, a generator that fails, a cancel', async (format) => {
    const { recipient } = await keyPair();
    const seal = sealFor({ by: 'recipients', recipients: [recipient] });
    const path = at(`there.${format}.age`);
    await writeFile(path, 'before');
    for (const drive of [fullAfter(0), fullAfter(300), fullAfter(10_000)]) {
      const write = writeTable(path, format, schema, chunks(), { overwrite: true, seal, drive });
      await expect(write).rejects.toMatchObject({ code: 'output/disk-full' });
    }
    const failing = async function* (): AsyncIterable<Table> {
      yield table;
      throw new Error('generator broke');
    };
    await expect(writeTable(path, format, schema, failing(), { overwrite: true, seal })).rejects.toThrow(
      'generator broke',
    );
    const stop = new AbortController();
    const endless = async function* (): AsyncIterable<Table> {
      for (let count = 0; ; count++) {
        if (count === 2) stop.abort();
        yield table;
      }
    };
    await expect(
      writeTable(path, format, schema, endless(), { overwrite: true, seal, signal: stop.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    await expect(
      writeTable(path, format, schema, chunks(), { overwrite: false, seal }),
    ).rejects.toMatchObject({ code: 'output/exists' });
    expect(await readdir(folder)).toEqual([`there.${format}.age`]);
    expect(await readFile(path, 'utf8')).toBe('before');
    await writeTable(path, format, schema, chunks(), { overwrite: true, seal });
    expect((await stat(path)).size).toBeGreaterThan(5000);
  });

  it('lets go of an output that nobody finishes', async () => {
    const { recipient } = await keyPair();
    const output = await createOutput(at('half.age'), false, {
      seal: sealFor({ by: 'recipients', recipients: [recipient] }),
    });
    await output.write(randomBytes(200_000));
    await output.discard();
    expect(await readdir(folder)).toEqual([]);
  });
});
