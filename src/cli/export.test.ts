/** Writing with protection from the terminal: encrypted, mixed, signed, and said beforehand. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { peopleCsv } from '../engine/jobs/people-table.ts';
import { clientsCsv } from '../engine/jobs/test-table.ts';
import { card } from '../shared/card.ts';
import { exportPlan } from '../shared/export-plan.ts';
import { manifest } from '../shared/manifest.ts';

const program = join(import.meta.dirname, 'main.ts');
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let folder = '';
let recipient = '';
const at = (name: string): string => join(folder, name);
const left = (): string[] => readdirSync(folder).sort();
const text = (name: string): string => readFileSync(at(name), 'utf8');

function semblance(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

const generate = (out: string, ...more: string[]) =>
  semblance('generate', 'm.semblance', '--rows', '50', '--out', out, ...more);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-export-'));
  writeFileSync(at('clients.csv'), clientsCsv(300).replaceAll(',', ';'));
  const secret = await generateX25519Identity();
  recipient = await identityToRecipient(secret);
  writeFileSync(at('age.txt'), `${secret}\n`);
  writeFileSync(at('passphrase.txt'), 'six words that nobody would guess\n');
  spawnSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', at('key.pem')]);
  const made = semblance(
    ...['synth', 'clients.csv', '--rows', '20', '--out', 'first.csv', '--minutes', '0.03'],
    ...['--model-out', 'm.semblance', '--report', 'r.json'],
  );
  expect([made.code, made.code === 0 ? '' : made.err]).toEqual([0, '']);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('what is written', () => {
  it('comes with a manifest that holds, also for the report; the model has its own', () => {
    expect(left()).toEqual(expect.arrayContaining(['first.csv.manifest.json', 'm.semblance.manifest.json']));
    const found = manifest.parse(JSON.parse(text('first.csv.manifest.json')));
    expect(found.files.map(({ name, role }) => [name, role])).toEqual([
      ['first.csv', 'rows'],
      ['first.csv.card.json', 'card'],
      ['r.json', 'report'],
    ]);
    for (const name of ['first.csv.manifest.json', 'm.semblance.manifest.json']) {
      const verified = semblance('verify', name);
      expect(verified.code).toBe(0);
      expect(verified.out).toContain('Not signed');
    }
  });

  it('keeps the delimiter of its source, unless told otherwise', () => {
    expect(text('first.csv').split('\n')[0]).toBe('client;age;plan;since;fee');
    expect(generate('tabs.tsv').code).toBe(0);
    expect(text('tabs.tsv').split('\n')[0]).toBe('client\tage\tplan\tsince\tfee');
    expect(generate('commas.csv', '--delimiter', 'comma').code).toBe(0);
    expect(text('commas.csv').split('\n')[0]).toBe('client,age,plan,since,fee');
    expect(generate('odd.csv', '--delimiter', 'x').code).toBe(2);
  });

  it('is a SQLite database by its ending', () => {
    expect(generate('rows.sqlite').code).toBe(0);
    const database = new Database(at('rows.sqlite'), { readonly: true });
    expect(database.prepare('SELECT count(*), count(DISTINCT client) FROM rows').raw().get()).toEqual([
      50, 50,
    ]);
    database.close();
  });
});

describe('a report to be read', () => {
  it('is a page where its name ends in .html, beside the rows and in their manifest', () => {
    const run = generate('told.csv', '--report', 'told.html', '--json');
    expect(run.code).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({ report: 'told.html' });
    expect(text('told.html')).toMatch(/^<!doctype html>[\s\S]*Report on a synthetic table/);
    expect(text('told.html')).not.toMatch(/<script|\b(basic|plus|pro)\b/);
    expect(text('told.csv.manifest.json')).toContain('"name": "told.html"');
    expect(semblance('verify', 'told.csv.manifest.json').code).toBe(0);
    // JSON by any other name, and nothing replaced without being asked.
    expect(generate('told.csv', '--report', 'told.json', '--force').code).toBe(0);
    expect(card.parse(z.object({ card }).parse(JSON.parse(text('told.json'))).card).output?.rows).toBe(50);
    expect(generate('new.csv', '--report', 'told.html').code).toBe(4);
    expect(generate('new.csv', '--report', join('elsewhere', 'x.html')).code).toBe(2);
    expect(left()).not.toContain('new.csv');
  });
});

describe('encryption', () => {
  it('covers rows and card, not the manifest; decrypt opens them', () => {
    const run = generate('sealed.csv', '--encrypt-to', recipient, '--signing-key', 'key.pem');
    expect([run.code, run.err.includes('semblance:')]).toEqual([0, false]);
    const written = left().filter((name) => name.startsWith('sealed'));
    expect(written.sort()).toEqual([
      'sealed.csv.age',
      'sealed.csv.age.manifest.json',
      'sealed.csv.card.json.age',
    ]);
    expect(text('sealed.csv.age.manifest.json')).not.toMatch(/age1|plan|since/);
    const verified = semblance('verify', 'sealed.csv.age.manifest.json', '--json');
    const { fingerprint } = z
      .object({ ok: z.literal(true), signature: z.literal('valid'), fingerprint: z.string() })
      .parse(JSON.parse(verified.out));
    expect(semblance('verify', 'sealed.csv.age.manifest.json', '--signed-by', fingerprint).code).toBe(0);
    expect(semblance('verify', 'sealed.csv.age.manifest.json', '--signed-by', '0000').code).toBe(7);
    for (const name of ['sealed.csv', 'sealed.csv.card.json'])
      expect(semblance('decrypt', `${name}.age`, '--out', name, '--identity', 'age.txt').code).toBe(0);
    const papers = card.parse(JSON.parse(text('sealed.csv.card.json')));
    expect(generate('plain.csv').code).toBe(0);
    expect(text('sealed.csv')).toBe(text('plain.csv'));
    expect(papers.output?.sha256).toBe(card.parse(JSON.parse(text('plain.csv.card.json'))).output?.sha256);
    writeFileSync(at('sealed.csv.age'), 'something else');
    const changed = semblance('verify', 'sealed.csv.age.manifest.json');
    expect([changed.code, changed.out.includes('CHANGED')]).toEqual([7, true]);
  });

  it('may be with a passphrase from a file', () => {
    const run = generate('secret.parquet.age', '--encrypt-passphrase-file', 'passphrase.txt');
    expect(run.code).toBe(0);
    const open = (file: string) =>
      semblance('decrypt', 'secret.parquet.age', '--out', 'secret.parquet', '--passphrase-file', file);
    expect(open('age.txt').code).toBe(3);
    expect(left()).not.toContain('secret.parquet');
    expect(open('passphrase.txt').code).toBe(0);
    expect(text('secret.parquet').slice(0, 4)).toBe('PAR1');
  });

  it('says plainly what is wrong with a recipient', () => {
    const before = left();
    const cases: [string, string][] = [
      [`${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`, 'mistyped'],
      [recipient.slice(0, 40), 'too short'],
      [text('age.txt').trim(), 'secret key'],
      ['ssh-ed25519', 'SSH'],
      ['someone@example.org', 'begin with age1'],
    ];
    for (const [typed, said] of cases) {
      const { code, err } = generate('no.csv', '--encrypt-to', typed);
      expect([code, err.includes(said)]).toEqual([2, true]);
      if (said === 'secret key') expect(err).not.toContain(typed);
    }
    expect(generate('no.csv.age').code).toBe(2);
    expect(left()).toEqual(before);
  });
});

describe('real rows', () => {
  it('are mixed in only with the right to, from the very source, and marked', () => {
    const before = left();
    expect(generate('no.csv', '--mix', '0.2', '--source', 'clients.csv').code).toBe(2);
    expect(generate('no.csv', '--mix', '0.2', '--i-may-use-real-rows').code).toBe(2);
    writeFileSync(at('other.csv'), clientsCsv(299).replaceAll(',', ';'));
    const other = generate('no.csv', '--mix', '0.2', '--i-may-use-real-rows', '--source', 'other.csv');
    expect([other.code, other.err.includes('not the very file')]).toEqual([3, true]);
    rmSync(at('other.csv'));
    expect(left()).toEqual(before);

    const run = generate('mixed.csv', '--mix', '20%', '--i-may-use-real-rows', '--source', 'clients.csv');
    expect(run.code).toBe(0);
    expect(run.out).toContain('REAL');
    const [head, ...rows] = text('mixed.csv').trimEnd().split('\n');
    expect(head).toBe('client;age;plan;since;fee;synthetic');
    const bare = (line: string): string => line.split(';').slice(1, 5).join(';');
    const source = new Set(text('clients.csv').trimEnd().split('\n').map(bare));
    const real = rows.filter((line) => line.endsWith(';false'));
    expect([rows.length, real.length]).toEqual([50, 10]);
    for (const line of real) expect(source).toContain(bare(line));
    // Identifiers are made anew for real rows too.
    const clients = new Set(
      text('clients.csv')
        .split('\n')
        .map((line) => line.split(';')[0]),
    );
    for (const line of rows) expect(clients).not.toContain(line.split(';')[0]);
    const papers = card.parse(JSON.parse(text('mixed.csv.card.json')));
    expect(papers.output?.realRows).toEqual({ rows: 10, markedBy: 'synthetic' });
    expect(papers.warnings[0]).toContain('REAL rows');
    expect(semblance('verify', 'mixed.csv.manifest.json').out).toContain('10 rows of these are real');
  });
});

describe('real rows and rules', () => {
  it('are refused together before anything is learned', () => {
    const before = left();
    const mixing = ['--mix', '0.2', '--i-may-use-real-rows', '--rows', '50', '--out', 'no.csv'];
    for (const ruled of [
      ['--rules', 'auto'],
      ['--where', 'age > 30'],
    ]) {
      const run = semblance('synth', 'clients.csv', ...mixing, ...ruled);
      expect([run.code, run.err.includes('conditions or rules')]).toEqual([4, true]);
    }
    expect(left()).toEqual(before);
  });
});

describe('people in real rows', () => {
  const names = ['name', 'email', 'ssn', 'sex', 'age', 'zip', 'ward', 'cost'];

  /** Rows taken from the source, by the age that tells a person apart here, with what stands for them. */
  function people(file: string): Map<string, string> {
    const [head = '', ...rows] = text(file).trimEnd().split('\n');
    expect(head.split(',')).toEqual([...names, 'synthetic']);
    const real = rows.map((line) => line.split(',')).filter((cells) => cells.at(-1) === 'false');
    expect(real.length).toBe(100);
    return new Map(
      real.map(([name = '', email = '', ssn = '', , age = '']) => [age, `${name} ${email} ${ssn}`]),
    );
  }

  it('are the same made-up people with the same key, and nobody else’s', () => {
    writeFileSync(at('people.csv'), peopleCsv(400));
    const mixing = ['--mix', '0.5', '--i-may-use-real-rows'];
    const keyed = [...mixing, '--key-file', 'people.key'];
    const first = semblance(
      ...['synth', 'people.csv', '--rows', '200', '--out', 'p1.csv', '--minutes', '0.03'],
      ...['--model-out', 'p.semblance', ...keyed],
    );
    expect([first.code, first.err.includes('semblance:')]).toEqual([0, false]);
    expect(first.out).toMatch(/People {3}made up for the real rows with the key just made in people\.key/);
    expect(statSync(at('people.key')).mode & 0o777).toBe(0o600);
    const key = text('people.key');
    expect(key).toMatch(/^[0-9a-f]{64}\n$/);

    const more = (out: string, ...args: string[]) =>
      semblance('generate', 'p.semblance', '--rows', '200', '--out', out, '--source', 'people.csv', ...args);
    expect(more('p2.csv', '--seed', '9', ...keyed).out).toContain('with the key in people.key');
    const once = more('p3.csv', '--seed', '9', ...mixing);
    expect(once.out).toContain('with a key that is now gone');
    const [one, two, three] = [people('p1.csv'), people('p2.csv'), people('p3.csv')];
    const both = [...one.keys()].filter((age) => two.has(age));
    expect(both.length).toBeGreaterThan(20);
    for (const age of both) expect(two.get(age)).toBe(one.get(age));
    for (const age of both) if (three.has(age)) expect(three.get(age)).not.toBe(one.get(age));
    for (const file of ['p1.csv', 'p2.csv', 'p3.csv']) {
      expect(text(file)).not.toMatch(/zyx/i);
      // Numbers made up begin with 9, those of the table never do.
      expect(text(file)).not.toMatch(/[^9]\d\d-45-6\d{3}/);
      expect(text(file)).not.toContain(key.trim());
      expect(text(`${file}.card.json`)).not.toContain(key.trim());
    }
    expect(text('people.key')).toBe(key);
  });

  it('need a key that is one, and real rows to use it for', () => {
    const asked = ['--source', 'people.csv', '--mix', '0.5', '--i-may-use-real-rows'];
    expect(generate('no.csv', '--key-file', 'people.key').code).toBe(2);
    expect(left()).not.toContain('no.csv');
    const withKey = (...key: string[]) =>
      semblance('generate', 'p.semblance', '--rows', '9', '--out', 'no.csv', ...asked, '--key-file', ...key);
    const wrong = withKey('passphrase.txt');
    expect([wrong.code, wrong.err.includes('holds no key')]).toEqual([2, true]);
    const dry = withKey('new.key', '--dry-run');
    expect([dry.code, left().includes('new.key')]).toEqual([0, false]);
  });
});

describe('a dry run', () => {
  it('says what would be written and writes nothing, with a model and without', () => {
    const before = left();
    const run = generate('dry.sqlite', '--dry-run', '--encrypt-to', recipient, '--json');
    const { plan } = z.object({ plan: exportPlan }).parse(JSON.parse(run.out));
    expect(plan.files.map(({ path, encrypted }) => [path, encrypted])).toEqual([
      ['dry.sqlite.age', true],
      ['dry.sqlite.card.json.age', true],
      ['dry.sqlite.age.manifest.json', false],
    ]);
    expect(plan.columns.map(({ name, type }) => `${name} ${type ?? ''}`)).toEqual(
      expect.arrayContaining(['age INTEGER', 'since DATE', 'fee REAL']),
    );
    expect(plan.protection).toEqual({ by: 'recipients', recipients: [recipient] });

    const mixing = ['--out', 'x.csv', '--dry-run', '--mix', '0.5', '--i-may-use-real-rows'];
    const untrained = semblance('synth', 'clients.csv', '--rows', '600', ...mixing);
    expect([untrained.code, untrained.err.includes('semblance:')]).toEqual([0, false]);
    expect(untrained.out).toMatch(/Nothing has been written[\s\S]*300 of them REAL/);
    for (const line of untrained.out.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
    const tooMany = semblance('synth', 'clients.csv', '--rows', '1000', ...mixing);
    expect([tooMany.code, tooMany.err.includes('500 real rows')]).toEqual([3, true]);
    expect(left()).toEqual(before);
  });

  it('is near the truth', () => {
    for (const name of ['size.csv', 'size.sqlite', 'size.parquet']) {
      const args = ['generate', 'm.semblance', '--rows', '20000', '--out', name, '--json'];
      const run = semblance(...args, '--dry-run');
      const { plan } = z.object({ plan: exportPlan }).parse(JSON.parse(run.out));
      const done = semblance(...args);
      const { output } = z.object({ output: z.object({ bytes: z.number() }) }).parse(JSON.parse(done.out));
      const ratio = (plan.files[0]?.bytes ?? 0) / output.bytes;
      if (plan.files[0]?.estimate === 'at-most') expect(ratio).toBeGreaterThan(1);
      else expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
    }
  });
});
