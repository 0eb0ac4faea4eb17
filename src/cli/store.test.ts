import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { clientsCsv } from '../engine/jobs/test-table.ts';

const program = join(import.meta.dirname, 'main.ts');
vi.setConfig({ testTimeout: 120_000 });

let folder = '';
const at = (name: string): string => join(folder, name);

interface Run {
  code: number | null;
  out: string;
  err: string;
}

function semblance(...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

const listing = z.object({ items: z.array(z.object({ kind: z.string(), id: z.string() })) });

/** What the store of these tests holds. */
function items() {
  return listing.parse(JSON.parse(semblance('store', 'list', ...pass, '--json').out)).items;
}

const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
if (!hasScript)
  console.warn('SKIPPED: util-linux’ script is not there, so asking on a terminal is untested.');

const pass = ['--store', 'kept', '--passphrase-file', 'pass.txt'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-cli-store-'));
  writeFileSync(at('clients.csv'), clientsCsv(300));
  writeFileSync(at('pass.txt'), 'correct horse battery\n');
  writeFileSync(at('wrong.txt'), 'wrong horse battery\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a store on the terminal', () => {
  it('is made only with a place for its recovery key, and opened by passphrase or recovery key', () => {
    expect(semblance('store', 'create', ...pass)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--recovery-key-out'),
    });
    expect(semblance('store', 'create', ...pass, '--recovery-key-out', 'recovery.txt').code).toBe(0);
    const recoveryKey =
      /^([0-9A-Z]{5}-){7}[0-9A-Z]{5}$/m.exec(readFileSync(at('recovery.txt'), 'utf8'))?.[0] ?? '';
    writeFileSync(at('recovery-only.txt'), recoveryKey);
    const list = semblance(
      'store',
      'list',
      '--store',
      'kept',
      '--passphrase-file',
      'recovery-only.txt',
      '--json',
    );
    expect(JSON.parse(list.out)).toMatchObject({ ok: true, items: [] });
  });

  it('says what is wrong, with an exit code of its own, and never the passphrase', () => {
    const wrong = semblance('store', 'list', '--store', 'kept', '--passphrase-file', 'wrong.txt');
    expect(wrong).toMatchObject({ code: 6, err: expect.stringContaining('not the passphrase') });
    expect(wrong.err + wrong.out).not.toContain('horse');
    expect(semblance('store', 'list', '--store', 'nowhere', '--passphrase-file', 'pass.txt').code).toBe(6);
    const unasked = semblance('store', 'list', '--store', 'kept');
    expect(unasked).toMatchObject({ code: 2, err: expect.stringContaining('no terminal') });
    expect(semblance('store', 'dance', ...pass).code).toBe(2);
  });

  it('takes the passphrase from an open file descriptor', async () => {
    const args = [program, 'store', 'list', '--store', 'kept', '--passphrase-fd', '0', '--json'];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.end('correct horse battery\n');
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(0);
  });

  it.skipIf(!hasScript)('asks for the passphrase on a terminal and does not show it', async () => {
    const command = `"${process.execPath}" "${program}" store list --store kept`;
    const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder, stdio: 'pipe' });
    let shown = '';
    let answered = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      if (answered || !shown.includes('recovery key: ')) return;
      answered = true;
      // A letter too many is taken back.
      child.stdin.write('correct horse batteryy\u007f\r');
    });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect([answered, code, shown.includes('horse')]).toEqual([true, 0, false]);
  });

  it('keeps what was found in a table, and writes over no table a project is linked to', () => {
    const found = semblance('profile', 'clients.csv', '--json', ...pass);
    expect(found.code, found.err).toBe(0);
    expect(JSON.parse(found.out)).toMatchObject({ ok: true, project: expect.stringMatching(/./) });
    const before = readFileSync(at('clients.csv'), 'utf8');
    writeFileSync(at('other.csv'), before);
    const over = semblance('store', 'backup', 'clients.csv', '--force', ...pass);
    expect([over.code, over.err.includes('clients')]).toEqual([4, true]);
    const rows = ['--rows', '5', '--out', 'clients.csv', '--minutes', '0.05', '--force'];
    expect(semblance('synth', 'other.csv', ...rows, ...pass).code).toBe(4);
    // Nor where the table is not the rows themselves, but lies where something beside them would.
    writeFileSync(at('z.csv.card.json'), before);
    expect(semblance('profile', 'z.csv.card.json', '--json', ...pass).code).toBe(0);
    const beside = ['--rows', '5', '--out', 'z.csv', '--minutes', '0.05', '--force'];
    expect(semblance('synth', 'other.csv', ...beside, ...pass).code).toBe(4);
    expect(readFileSync(at('z.csv.card.json'), 'utf8')).toBe(before);
    expect(readFileSync(at('clients.csv'), 'utf8')).toBe(before);
    expect(semblance('store', 'erase', 'everything', '--force', ...pass).code).toBe(0);
  });

  it('keeps what a training made, generates from it, backs it up, restores and erases it', () => {
    const synth = semblance(
      ...['synth', 'clients.csv', '--rows', '50', '--out', 'one.csv', '--minutes', '0.05', '--json'],
      ...pass,
    );
    expect(synth.code, synth.err).toBe(0);
    const more = semblance('generate', 'clients', '--rows', '20', '--out', 'two.csv', ...pass);
    expect(more.code, more.err).toBe(0);
    expect(more.out).toContain('equal to a row learned from, replaced');

    const listed = items();
    expect(new Set(listed.map(({ kind }) => kind))).toEqual(
      new Set(['project', 'description', 'model', 'report', 'export', 'job']),
    );
    const files = readdirSync(at('kept'), { withFileTypes: true, recursive: true }).filter((entry) =>
      entry.isFile(),
    );
    const raw = Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))));
    expect(raw.includes('clients')).toBe(false);

    expect(semblance('store', 'backup', 'b.semblance-backup', ...pass).code).toBe(0);
    expect(semblance('store', 'backup', 'b.semblance-backup', ...pass).code).toBe(4);
    expect(semblance('store', 'erase', 'everything', ...pass)).toMatchObject({
      code: 2,
      err: expect.stringContaining('Nothing was erased'),
    });
    expect(semblance('store', 'erase', 'everything', ...pass, '--force').code).toBe(0);
    expect(items()).toEqual([]);

    expect(semblance('store', 'restore', 'b.semblance-backup', ...pass).code).toBe(4);
    const restored = semblance('store', 'restore', 'b.semblance-backup', ...pass, '--force');
    expect(restored.code, restored.err).toBe(0);
    const after = items();
    expect(after).toHaveLength(listed.length + 1);
    const id = after.find(({ kind }) => kind === 'set-aside')?.id ?? '';
    expect(semblance('store', 'erase', 'set-aside', id, ...pass, '--force').code).toBe(0);
  });

  it('is not touched without --store', () => {
    const before = readdirSync(folder).sort();
    expect(semblance('profile', 'clients.csv').code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});
