/**
 * `synth --store` is killed again and again while it learns, and started again by the same command. What it writes in the
 * end has to be what an undisturbed run writes, to the byte.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createRandom } from '../engine/compute/random.ts';
import { readKeyFile } from '../engine/store/key-file.ts';
import { openStore } from '../engine/store/open.ts';
import { keyFrom } from '../engine/store/vault.ts';

const program = join(import.meta.dirname, 'main.ts');
const passphrase = 'correct horse battery';
let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-killed-synth-'));
  const random = createRandom(4);
  const rows = Array.from({ length: 1500 }, () => {
    const group = random.integer(3);
    return `${'abc'[group] ?? ''},${'xyz'[random.integer(3)] ?? ''},${10 * group + random.integer(9)},${random.integer(50)}`;
  });
  writeFileSync(at('noise.csv'), `group,letter,number,other\n${rows.join('\n')}\n`);
  writeFileSync(at('pass.txt'), `${passphrase}\n`);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const command = (store: string, out: string, ...more: string[]): string[] => [
  ...[program, 'synth', 'noise.csv', '--rows', '200', '--out', out, '--minutes', '5', '--rules', 'auto'],
  ...['--store', store, '--passphrase-file', 'pass.txt', '--recovery-key-out', `${store}-key.txt`],
  ...['--model-out', `${out}.semblance`, '--json', '--force', ...more],
];

const ended = z.object({
  ok: z.literal(true),
  project: z.string(),
  resumed: z.object({ job: z.string(), epoch: z.number() }).optional(),
});

/** Runs to the end. */
function run(...args: string[]): z.infer<typeof ended> & { told: string } {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const answer: unknown = JSON.parse(stdout);
  return { ...ended.parse(answer), told: stderr };
}

/** Ends the command by a signal once it learns in this epoch or a later one; the epoch it was last heard of in. */
function endAt(epoch: number, signal: 'SIGKILL' | 'SIGINT', ...args: string[]): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let heard = 0;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    for (const [, told] of text.matchAll(/epoch (\d+)"/g)) heard = Number(told);
    if (heard >= epoch) child.kill(signal);
  });
  return new Promise((resolve) => child.once('exit', () => resolve(heard)));
}

async function open(store: string) {
  const keyFile = readKeyFile(at(store));
  if (keyFile === null) throw new Error('There is no key file.');
  return openStore(at(store), { key: await keyFrom(keyFile, passphrase) });
}

it('a killed synth --store goes on by the same command, loses one epoch at most and ends the same', async () => {
  const calm = run(...command('calm', 'calm.csv'));
  expect(calm.resumed).toBeUndefined();

  const again = command('killed', 'killed.csv');
  let job = '';
  for (const [epoch, signal] of [
    [3, 'SIGKILL'],
    [8, 'SIGINT'],
    [14, 'SIGKILL'],
  ] as const) {
    const heard = await endAt(epoch, signal, ...again);
    expect(heard, 'it was still learning').toBeGreaterThanOrEqual(epoch);
    const store = await open('killed');
    const [left, ...others] = store.jobs.list();
    store.close();
    expect(others, 'one job, gone on with').toEqual([]);
    expect(left?.state).toBe(signal === 'SIGINT' ? 'interrupted' : 'running');
    // The epoch under way is the only one that may be lost. Epochs are told from 1 on.
    expect(left?.saved?.epoch).toBeGreaterThanOrEqual(heard - 1);
    job ||= left?.id ?? '';
    expect(left?.id).toBe(job);
  }
  const last = run(...again);
  expect(last.resumed?.job).toBe(job);
  expect(last.told).toContain(`Going on with training ${job} from epoch ${last.resumed?.epoch}`);
  expect(readFileSync(at('killed.csv')).equals(readFileSync(at('calm.csv')))).toBe(true);

  const [one, other] = await Promise.all([open('calm'), open('killed')]);
  expect(other.models.get(last.project)?.card.scores).toEqual(one.models.get(calm.project)?.card.scores);
  expect(other.projects.list()).toHaveLength(1);
  expect(other.jobs.list().map(({ state }) => state)).toEqual(['done']);
  expect(other.checkpoints.list()).toEqual([]);
  for (const store of [one, other]) store.close();
}, 120_000);

it('other choices, or --anew, begin from the beginning; a training without an epoch leaves nothing', async () => {
  await endAt(4, 'SIGKILL', ...command('choices', 'c.csv'));
  await endAt(4, 'SIGKILL', ...command('choices', 'c.csv', '--drop', 'other'));
  await endAt(4, 'SIGKILL', ...command('choices', 'c.csv', '--anew'));
  const store = await open('choices');
  expect(store.jobs.list()).toHaveLength(3);
  expect(store.projects.list()).toHaveLength(3);
  store.close();

  const failing = command('failing', 'f.csv', '--drop', 'group,letter,number,other');
  expect(() => run(...failing)).toThrow();
  const empty = await open('failing');
  expect(empty.projects.list()).toEqual([]);
  empty.close();
  expect(readdirSync(folder)).not.toContain('f.csv');
}, 120_000);
