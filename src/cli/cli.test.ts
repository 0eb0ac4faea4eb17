import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { clientsCsv } from '../engine/jobs/test-table.ts';
import { card } from '../shared/card.ts';
import { personalFinding } from '../shared/personal.ts';
import { scores } from '../shared/scores.ts';
import { tableProfile } from '../shared/table.ts';

const program = join(import.meta.dirname, 'main.ts');
// Each run is a process of its own; several of them on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000 });

let folder = '';
const at = (name: string): string => join(folder, name);
const left = (): string[] => readdirSync(folder).sort();

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

/** The one JSON object on standard output. */
function json<S extends z.ZodType>({ out }: Run, schema: S): z.infer<S> {
  return schema.parse(JSON.parse(out));
}

const failure = z.object({
  ok: z.literal(false),
  error: z.object({ code: z.string(), message: z.string(), fix: z.string() }),
});

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-cli-'));
  writeFileSync(at('clients.csv'), clientsCsv(300));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('help and usage', () => {
  it('tells what there is, in general and for each command', () => {
    const general = semblance('--help');
    expect(general.code).toBe(0);
    for (const name of ['synth', 'profile', 'generate', 'evaluate']) {
      expect(general.out).toContain(name);
      const own = semblance(name, '--help');
      expect(own.code).toBe(0);
      expect(own.out).toMatch(/Usage[\s\S]+Example/);
    }
    for (const line of general.out.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
    expect(semblance('--version').out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(semblance().code).toBe(2);
  });

  it('refuses what it does not understand with exit code 2', () => {
    const { code, out, err } = semblance('synth', 'clients.csv', '--rows', 'ten', '--out', 'o.csv');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('--rows takes a whole number');
    expect(json(semblance('dance', '--json'), failure).error.code).toBe('usage');
    const over = semblance('synth', 'clients.csv', '--rows', '9', '--out', 'clients.csv', '--force');
    expect(over).toMatchObject({ code: 2, err: expect.stringContaining('cannot be written as well') });
    const trial = semblance('synth', 'clients.csv', '--rows', '9', '--out', 'clients.csv', '--dry-run');
    expect(trial).toMatchObject({ code: 2, err: expect.stringContaining('cannot be written as well') });
    expect(left()).toEqual(['clients.csv']);
  });

  it('writes over none of the files that options name to be read', () => {
    const written = { 'rules.csv': '[]', 'phrase.csv.age': 'correct horse battery', 'key.csv': 'x' };
    for (const [name, text] of Object.entries(written)) writeFileSync(at(name), text);
    const to = (out: string, ...options: string[]): Run =>
      semblance('synth', 'clients.csv', '--rows', '9', '--out', out, '--force', ...options);
    const refused = [
      to('rules.csv', '--rules', 'rules.csv'),
      to('phrase.csv', '--encrypt-passphrase-file', 'phrase.csv.age'),
      to('key.csv', '--key-file', 'key.csv', '--mix', '0.1', '--i-may-use-real-rows'),
    ];
    for (const run of refused)
      expect(run).toMatchObject({ code: 2, err: expect.stringContaining('cannot be written as well') });
    for (const [name, text] of Object.entries(written)) {
      expect(readFileSync(at(name), 'utf8')).toBe(text);
      rmSync(at(name));
    }
  });
});

describe('profile', () => {
  it('prints an aligned table that fits, problems first', () => {
    const { code, out, err } = semblance('profile', 'clients.csv');
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^clients\.csv: 300 rows, 5 columns, .* CSV$/);
    expect(out).toMatch(/^client +identifier +made anew/m);
    expect(out).toMatch(/^age +integer +learned +0 % +\d+ +18 to 7\d$/m);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('gives one JSON object to machines, and progress as JSON lines', () => {
    const run = semblance('profile', 'clients.csv', '--json');
    const answer = json(
      run,
      z.object({ ok: z.literal(true), command: z.literal('profile'), profile: tableProfile }),
    );
    expect(answer.profile.rows).toBe(300);
    for (const line of run.err.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('phase');
  });
});

describe('synth, generate and evaluate', () => {
  it('go from a table to rows, card, model and report, and on from the model', () => {
    const run = semblance(
      ...['synth', 'clients.csv', '--rows', '400', '--out', 'out.csv', '--minutes', '0.03', '--drop', 'fee'],
      ...['--model-out', 'm.semblance', '--report', 'r.json', '--target', 'plan', '--json'],
    );
    expect([run.code, run.code === 0 ? '' : run.out + run.err]).toEqual([0, '']);
    const answer = json(
      run,
      z.object({ ok: z.literal(true), scores, output: z.object({ rows: z.number() }) }),
    );
    expect(answer.output.rows).toBe(400);
    expect(answer.scores.utility?.target).toBe('plan');
    const lines = readFileSync(at('out.csv'), 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe('client,age,plan,since');
    expect(lines).toHaveLength(401);
    const papers = card.parse(JSON.parse(readFileSync(at('out.csv.card.json'), 'utf8')));
    expect(papers.output?.rows).toBe(400);
    const report = z
      .object({
        card,
        profile: z.object({
          rows: z.number(),
          columns: z.array(
            z.strictObject({
              name: z.string(),
              kind: z.string(),
              role: z.string(),
              nulls: z.number(),
              distinct: z.number(),
              decimals: z.number().optional(),
              format: z.string().optional(),
              // What was found, in counts: no value.
              personal: z.array(personalFinding.strict()).optional(),
            }),
          ),
        }),
      })
      .parse(JSON.parse(readFileSync(at('r.json'), 'utf8')));
    expect(report.card).toEqual(papers);
    expect(report.profile.columns).toHaveLength(5);
    for (const line of run.err.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('progress');

    const more = semblance(
      'generate',
      'm.semblance',
      '--rows',
      '50',
      '--out',
      'more.jsonl',
      '--source',
      'clients.csv',
    );
    expect([more.code, more.err]).toEqual([0, '']);
    expect(more.out).toMatch(/Copies +\d+ rows? equal to a row learned from, replaced/);
    expect(readFileSync(at('more.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(50);
    expect(semblance('generate', 'm.semblance', '--rows', '50', '--out', 'more.jsonl').code).toBe(4);
    expect(
      semblance('generate', 'm.semblance', '--rows', '5', '--out', 'more.jsonl', '--force').out,
    ).toContain('--source');

    writeFileSync(at('holdout.csv'), clientsCsv(200, 5));
    const tables = ['--train', 'clients.csv', '--holdout', 'holdout.csv', '--synthetic', 'out.csv'];
    const unequal = semblance('evaluate', ...tables);
    expect(unequal.code).toBe(3);
    expect(unequal.err).toContain('“fee”');
    const evaluated = semblance('evaluate', ...tables, '--drop', 'fee');
    const over = semblance('evaluate', ...tables, '--report', 'clients.csv', '--force');
    expect([over.code, over.err.includes('cannot be written as well')]).toEqual([2, true]);
    expect([evaluated.code, evaluated.err]).toEqual([0, '']);
    expect(evaluated.out).toMatch(/(good|fair|poor) +The synthetic table agrees/);
    expect(evaluated.out).toMatch(/^Note +clients\.csv: The table has only 300 rows/m);
    expect(
      json(semblance('evaluate', ...tables, '--drop', 'fee', '--json'), z.object({ scores })).scores.rows
        .synthetic,
    ).toBe(400);
    for (const name of left().filter((each) => !/^(clients|holdout)/.test(each))) rmSync(at(name));
  });
});

describe('Ctrl-C', () => {
  it('ends with 130 and leaves nothing', async () => {
    const before = left();
    const args = ['synth', 'clients.csv', '--rows', '1000', '--out', 'c.csv', '--minutes', '9', '--json'];
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let interrupted = false;
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      if (interrupted || !data.toString().includes('Learning')) return;
      interrupted = true;
      child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(130);
    expect(failure.parse(JSON.parse(out)).error.code).toBe('job/cancelled');
    expect(left()).toEqual(before);
  });
});

describe('bad input', () => {
  const rows = (count: number, row: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => `${row(index)}\n`).join('');

  /** Name, content, and what profile and synth make of it: an exit code and a part of what is said. */
  const cases: [
    name: string,
    content: string | Buffer,
    profile: [number, RegExp],
    synth: [number, RegExp],
  ][] = [
    ['empty.csv', '', [3, /is empty/], [3, /is empty/]],
    ['header.csv', 'a,b\n', [0, /0 rows/], [3, /row/]],
    ['one-row.csv', 'a,b\n1,2\n', [0, /1 row,/], [3, /at least 20/]],
    ['all-null.csv', `a,b\n${rows(60, (i) => `,${i % 5}`)}`, [0, /60 rows/], [0, /Rows +o\.csv: 30 rows/]],
    ['only-null.csv', `a,b\n${rows(60, () => ',')}`, [0, /60 rows/], [3, /column/]],
    ['constant.csv', `a,b\n${rows(60, (i) => `7,${i % 5}`)}`, [0, /60 rows/], [0, /30 rows/]],
    ['one-column.csv', `a\n${rows(60, (i) => String(i % 7))}`, [0, /1 column/], [0, /30 rows/]],
    [
      'names.csv',
      `a,a,\n${rows(60, (i) => `${i % 3},${i % 4},x${i % 2}`)}`,
      [0, /3 columns/],
      [0, /30 rows/],
    ],
    [
      'ragged.csv',
      `a,b\n${rows(60, (i) => (i === 30 ? '1,2,3' : `${i % 3},${i % 4}`))}`,
      [0, /row/],
      [0, /30 rows/],
    ],
    [
      'noise.bin',
      Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 97 + (i >> 3)) % 256)),
      [3, /not a table/],
      [3, /not a table/],
    ],
    ['broken.csv.gz', gzipSync(clientsCsv(3000)).subarray(0, 9000), [3, /./], [3, /./]],
  ];

  for (const [name, content, profiled, synthesised] of cases) {
    it(`${name}: a clear error or a sound result`, () => {
      writeFileSync(at(name), content);
      const before = left();
      const profile = semblance('profile', name);
      expect([profile.code, profile.out + profile.err]).toEqual([
        profiled[0],
        expect.stringMatching(profiled[1]),
      ]);
      const synth = semblance('synth', name, '--rows', '30', '--out', 'o.csv', '--minutes', '0.02');
      expect([synth.code, synth.out + synth.err]).toEqual([
        synthesised[0],
        expect.stringMatching(synthesised[1]),
      ]);
      expect(synth.err).not.toContain('unforeseen');
      if (synth.code === 0) {
        expect(readFileSync(at('o.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(31);
        rmSync(at('o.csv'));
        rmSync(at('o.csv.card.json'));
        rmSync(at('o.csv.manifest.json'));
      }
      expect(left()).toEqual(before);
      rmSync(at(name));
    });
  }

  it('a quote never closed: said, or read as it stands', () => {
    writeFileSync(at('quote.csv'), `a,b\n1,"x\n${rows(60, (i) => `${i},y`)}`);
    const { code, out, err } = semblance('profile', 'quote.csv');
    expect([0, 3]).toContain(code);
    expect(out + err).toMatch(/quote/i);
    expect(err).not.toContain('unforeseen');
    rmSync(at('quote.csv'));
  });

  it('a folder, a file that is not there', () => {
    mkdirSync(at('folder.csv'));
    expect(semblance('profile', 'folder.csv')).toMatchObject({
      code: 3,
      err: expect.stringContaining('is a folder'),
    });
    expect(semblance('profile', 'none.csv')).toMatchObject({
      code: 3,
      err: expect.stringContaining('There is no file “none.csv”'),
    });
    const target = ['synth', 'clients.csv', '--rows', '5', '--out', 'folder.csv', '--force'];
    expect(semblance(...target)).toMatchObject({ code: 4, err: expect.stringContaining('folder') });
    const nowhere = ['synth', 'clients.csv', '--rows', '5', '--out', 'no/where.csv'];
    expect(semblance(...nowhere)).toMatchObject({ code: 4, err: expect.stringContaining('does not exist') });
    expect(semblance('generate', 'none.semblance', '--rows', '5', '--out', 'x.csv').code).toBe(3);
    writeFileSync(at('no.semblance'), 'not a zip');
    expect(semblance('generate', 'no.semblance', '--rows', '5', '--out', 'x.csv').code).toBe(5);
    rmSync(at('folder.csv'), { recursive: true });
    rmSync(at('no.semblance'));
  });

  it.skipIf(process.platform === 'win32')('no permission to read the table or to write beside it', (test) => {
    mkdirSync(at('closed'));
    writeFileSync(at('closed/secret.csv'), clientsCsv(60));
    chmodSync(at('closed/secret.csv'), 0);
    chmodSync(at('closed'), 0o555);
    chmodSync(folder, 0o755);
    try {
      // Permissions do not hold for root: then the program runs as nobody.
      const who = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
      const run = (...args: string[]) =>
        spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8', ...who });
      if (run('--version').status !== 0) test.skip('this account cannot run the program as another one');
      const read = run('profile', 'closed/secret.csv');
      expect([read.status, read.stderr]).toEqual([3, expect.stringContaining('may not be read')]);
      const write = run('synth', 'clients.csv', '--rows', '5', '--out', 'closed/o.csv', '--minutes', '0.02');
      expect([write.status, write.stderr]).toEqual([4, expect.stringContaining('may not be written')]);
      expect(readdirSync(at('closed'))).toEqual(['secret.csv']);
    } finally {
      chmodSync(at('closed'), 0o755);
      rmSync(at('closed'), { recursive: true });
    }
  });

  it('a file that disappears during training: what was read before is enough', async () => {
    writeFileSync(at('gone.csv'), clientsCsv(300));
    const args = ['synth', 'gone.csv', '--rows', '40', '--out', 'g.csv', '--minutes', '0.03', '--json'];
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      if (data.toString().includes('Learning')) rmSync(at('gone.csv'), { force: true });
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, left().includes('gone.csv')]).toEqual([0, false]);
    expect(JSON.parse(out)).toMatchObject({ ok: true, output: { rows: 40 } });
    rmSync(at('g.csv'));
    rmSync(at('g.csv.card.json'));
    rmSync(at('g.csv.manifest.json'));
  });

  it.skipIf(process.platform === 'win32')('a full disk: said, and no half file', () => {
    const made = semblance(
      'synth',
      'clients.csv',
      '--rows',
      '5',
      '--out',
      'disk.csv',
      '--minutes',
      '0.02',
      '--model-out',
      'disk.semblance',
    );
    expect(made.code).toBe(0);
    const before = left();
    // A limit on file size stands in for the disk: writing fails in the middle just the same.
    const limited = spawnSync(
      'bash',
      ['-c', `ulimit -f 200; trap '' XFSZ; exec "$0" "$@"`, process.execPath, program].concat([
        ...['generate', 'disk.semblance', '--rows', '100000', '--out', 'big.csv'],
      ]),
      { cwd: folder, encoding: 'utf8' },
    );
    expect([limited.status, limited.stderr]).toEqual([4, expect.stringContaining('full')]);
    expect(left()).toEqual(before);
    for (const name of before.filter((each) => each.startsWith('disk.'))) rmSync(at(name));
  });
});
