/** Bad input in the terminal: odd names, places nothing can be written to, tables too long and too wide. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clientsCsv } from '../engine/jobs/test-table.ts';
import { oddColumns, oddTable } from '../engine/tables/test-odd-table.ts';

const program = join(import.meta.dirname, 'main.ts');
vi.setConfig({ testTimeout: 90_000 });

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);

interface Run {
  code: number | null;
  out: string;
  err: string;
}

/** @param user For root, who may write everywhere, somebody else. */
function semblance(args: readonly string[], user: { uid?: number; gid?: number } = {}): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, ...args],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 27, ...user },
  );
  return { code: status, out: stdout, err: stderr };
}

const synth = (path: string, out: string, ...more: string[]): string[] => [
  ...['synth', path, '--rows', '50', '--out', out, '--minutes', '0.02', ...more],
];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-cli-bad-'));
  writeFileSync(at('clients.csv'), clientsCsv(300));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(process.platform === 'win32')('names', () => {
  it.each([
    'emoji 😀',
    `quotes ' " \``,
    'new\nline',
    "x'); DROP TABLE y;--",
    '<b>bold',
    '$(touch run) %s',
    '-dash',
  ])('of any kind are names: %j', (name) => {
    const path = at(`${name}.csv`);
    writeFileSync(path, oddTable());
    const profiled = semblance(['profile', path, '--json']);
    expect([profiled.code, profiled.code === 0 ? '' : profiled.err]).toEqual([0, '']);
    const answer = JSON.parse(profiled.out) as { profile: { rows: number; columns: { name: string }[] } };
    expect(answer.profile.rows).toBe(80);
    expect(answer.profile.columns.map((column) => column.name)).toEqual(oddColumns);
    expect(existsSync(at('run'))).toBe(false);
  });

  it('come out of a table as they went in, into a file of such a name', () => {
    const path = at("in '😀\n.csv");
    writeFileSync(path, oddTable());
    const out = at('out <b>"😀\n.csv');
    const { code, err } = semblance(synth(path, out));
    expect([code, code === 0 ? '' : err]).toEqual([0, '']);
    const [header] = oddTable().split('\n"😀"');
    expect(readFileSync(out, 'utf8').startsWith(header!.replaceAll(/"([^",\n]*)"/g, '$1').slice(0, 8))).toBe(
      true,
    );
    const again = semblance(['profile', out, '--json']);
    const answer = JSON.parse(again.out) as { profile: { columns: { name: string }[] } };
    expect(answer.profile.columns.map((column) => column.name)).toEqual(oddColumns);
    expect(existsSync(`${out}.card.json`)).toBe(true);
  });
});

describe('places', () => {
  it('a path of more than 300 characters is read from and written to', () => {
    const deep = at(...Array.from({ length: 6 }, () => 'd'.repeat(50)));
    mkdirSync(deep, { recursive: true });
    const path = join(deep, 'clients.csv');
    expect(path.length).toBeGreaterThan(300);
    writeFileSync(path, clientsCsv(200));
    const out = join(deep, 'synthetic.csv');
    const { code, err } = semblance(synth(path, out));
    expect([code, code === 0 ? '' : err]).toEqual([0, '']);
    expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(52);
  });

  it.skipIf(process.platform === 'win32')('a link that leads back to itself is told as such', () => {
    symlinkSync('ring', at('ring'));
    const read = semblance(['profile', at('ring')]);
    expect([read.code, read.err]).toEqual([3, expect.stringContaining('leads back to itself')]);
    const below = semblance(['profile', at('ring', 'table.csv')]);
    expect([below.code, below.err]).toEqual([3, expect.stringContaining('leads back to itself')]);
    symlinkSync('out-ring.csv', at('out-ring.csv'));
    const written = semblance(synth('clients.csv', at('out-ring.csv')));
    expect(written.code).toBe(4);
  });

  it.skipIf(process.platform === 'win32')(
    'a folder nothing may be written to: read from it, nothing half in it',
    () => {
      const closed = at('closed');
      mkdirSync(closed);
      writeFileSync(join(closed, 'clients.csv'), clientsCsv(200));
      chmodSync(closed, 0o555);
      const root = process.getuid?.() === 0;
      const user = root ? { uid: 65_534, gid: 65_534 } : {};
      if (root) {
        chmodSync(folder, 0o755);
        mkdirSync(at('open'));
        chownSync(at('open'), 65_534, 65_534);
      } else mkdirSync(at('open'));
      const read = semblance(synth(join(closed, 'clients.csv'), at('open', 'out.csv')), user);
      expect([read.code, read.code === 0 ? '' : read.err]).toEqual([0, '']);
      for (const more of [
        [],
        ['--force'],
        ['--model-out', join(closed, 'm.semblance')],
        ['--report', join(closed, 'r.json')],
      ]) {
        const out = more.length > 1 ? at('open', `other${more.length}.csv`) : join(closed, 'out.csv');
        const { code, err } = semblance(synth(join(closed, 'clients.csv'), out, ...more), user);
        expect([code, err]).toEqual([4, expect.stringContaining('may not be written there')]);
      }
      expect(readdirSync(closed)).toEqual(['clients.csv']);
      expect(readdirSync(at('open')).sort()).toEqual([
        'out.csv',
        'out.csv.card.json',
        'out.csv.manifest.json',
      ]);
      chmodSync(closed, 0o755);
    },
  );
});

describe('tables', () => {
  it('longer than is to be read are learned from in part, and it is told', () => {
    const out = at('some.csv');
    const { code, out: text } = semblance(synth('clients.csv', out, '--learn-rows', '120'));
    expect(code).toBe(0);
    expect(text).toContain('Learned from 96 rows (of 120 drawn from the table’s 300)');
    expect(text.replaceAll(/\s+/g, ' ')).toContain('Only 120 of 300 rows (40 %) were read, drawn by lot');
    const card = JSON.parse(readFileSync(`${out}.card.json`, 'utf8')) as { source: unknown };
    expect(card.source).toMatchObject({ rows: 300, read: 120 });
    const wrong = semblance(['profile', 'clients.csv', '--memory', '3']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--memory takes an amount')]);
  });

  it('of 5,000 columns are profiled', () => {
    const path = at('wide.csv');
    const width = 5000;
    const lines = [Array.from({ length: width }, (_, column) => `column ${column}`).join(',')];
    for (let row = 0; row < 60; row++)
      lines.push(Array.from({ length: width }, (_, column) => (row * (column + 7)) % 41).join(','));
    writeFileSync(path, lines.join('\n'));
    const { code, out } = semblance(['profile', path, '--json']);
    expect(code).toBe(0);
    const answer = JSON.parse(out) as { profile: { columns: { role: string }[] } };
    expect(answer.profile.columns).toHaveLength(width);
    expect(answer.profile.columns.filter(({ role }) => role === 'keep')).toHaveLength(300);
  }, 400_000);
});
