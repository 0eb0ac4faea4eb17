/**
 * The engine is killed twenty times during one training, at random moments, and started again each time. What comes
 * of it in the end has to be what comes of a training that nobody disturbed, to the bit.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Job } from '../shared/jobs.ts';
import type { FromEngine } from '../shared/wire.ts';
import { createRandom } from './compute/random.ts';
import { profile, proposedColumns } from './jobs/profile.ts';
import { keptRequest } from './jobs/stored-request.ts';
import { readKeyFile } from './store/key-file.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/open.ts';
import { keyFrom, Vault } from './store/vault.ts';
import { openModel } from './synthesis/tables/model-file.ts';
import { fingerprint } from './tables/source-file.ts';
import { openSource } from './tables/source.ts';

const kills = 20;
const maxEpochs = 120;
const jobId = 'training';
const passphrase = 'correct horse battery';
let folder = '';
let source = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-killed-'));
  source = join(folder, 'noise.csv');
  // Little to learn: the rate is soon halved, and the critic joins.
  const random = createRandom(11);
  const lines = Array.from({ length: 300 }, () => {
    const group = random.integer(3);
    return `${'abc'[group] ?? ''},${'xyz'[random.integer(3)] ?? ''},${10 * group + random.integer(9)}`;
  });
  writeFileSync(source, `group,letter,number\n${lines.join('\n')}\n`);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The store as the engine has left it, encrypted. */
async function open(data: string): Promise<Store> {
  const keyFile = readKeyFile(data);
  if (keyFile === null) throw new Error('There is no key file.');
  return openStore(data, { key: await keyFrom(keyFile, passphrase) });
}

/** A store in which the training waits to be resumed. Nothing but `maxEpochs` tells it from one of the window. */
async function prepare(data: string): Promise<string> {
  const opened = await openSource(source);
  const found = await profile(opened, { signal: new AbortController().signal, report: () => undefined });
  await opened.close();
  const settings = { minutes: 60, stopEarly: false, seed: 9, holdout: 0.3 };
  const columns = proposedColumns(found);
  const vault = new Vault({ folder: data, cost: { N: 2 ** 10, r: 8, p: 1 } });
  await vault.create({ kind: 'passphrase', passphrase });
  vault.close();
  const store = await open(data);
  const projectId = store.projects.create('Noise', source, columns, settings);
  store.projects.setProfile(projectId, found, columns, await fingerprint(source));
  const input = { profile: found, columns, settings, rules: [], maxEpochs };
  const request = keptRequest({ kind: 'train', input });
  const job: Job = {
    ...{ id: jobId, projectId, kind: 'train', state: 'interrupted', phase: 'Interrupted' },
    ...{ progress: null, rate: null, secondsLeft: null, createdAt: '2026-01-01T00:00:00.000Z' },
    ...{ startedAt: null, finishedAt: null, error: null, outcome: null, resumable: true, saved: null },
  };
  store.jobs.save(job, request ?? null);
  store.close();
  return projectId;
}

/** An engine on the store that has resumed the training. */
class Engine {
  job: Job | undefined;
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #wake = (): void => undefined;
  #calls = 0;
  /** Why there is nothing to wait for any more. */
  #over: string | undefined;

  constructor(data: string) {
    this.#child = fork(join(import.meta.dirname, 'main.ts'), ['--data', data, '--resources', folder], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#exit = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.once('exit', (code, signal) => {
      this.#over ??= `It ended: ${signal ?? code}.`;
      this.#wake();
    });
    this.#child.on('message', (message: FromEngine) => {
      // A computer without a key store.
      if (message.type === 'ask') this.#child.send({ type: 'answer', id: message.id, value: null });
      if (message.type === 'ready') {
        this.#child.send(this.#call('store.unlock', { secret: passphrase }));
        this.#child.send(this.#call('jobs.resume', { jobId }));
      }
      if (message.type === 'reply' && !message.reply.ok) this.#over = message.reply.error.message;
      if (message.type === 'event' && message.event === 'job.changed') this.job = message.payload as Job;
      if (this.job?.error) this.#over = `The job is ${this.job.state}: ${this.job.error.message}`;
      this.#wake();
    });
  }

  #call(channel: string, input: unknown): object {
    return { type: 'call', id: ++this.#calls, channel, input };
  }

  /** Waits until the job is as wanted. Throws where it never will be. */
  async until(wanted: (job: Job) => boolean): Promise<void> {
    while (!this.job || !wanted(this.job)) {
      if (this.#over !== undefined) throw new Error(this.#over);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  async end(): Promise<void> {
    this.#child.send({ type: 'shutdown' });
    await this.#exit;
  }
}

/** What has to be the same: the model and its history, but for what tells the time. */
async function outcome(data: string, projectId: string) {
  const store = await open(data);
  const stored = store.models.get(projectId);
  const left = store.checkpoints.list();
  store.close();
  if (!stored) throw new Error('There is no model.');
  const { generator } = openModel(stored.file).model;
  const { training, scores, warnings } = stored.card;
  const timeless = training.history.map((point) => ({ ...point, seconds: 0 }));
  return { generator: Buffer.from(generator).toString('base64'), timeless, scores, warnings, left };
}

it('ends as if nobody had disturbed it, and loses one epoch at most', { timeout: 600_000 }, async () => {
  const undisturbed = join(folder, 'undisturbed');
  const project = await prepare(undisturbed);
  const calm = new Engine(undisturbed);
  await calm.until(({ state }) => state === 'done');
  await calm.end();

  const data = join(folder, 'killed');
  const killedProject = await prepare(data);
  const random = createRandom(Date.now());
  let finished = 0;
  for (let count = 0; count < kills; count++) {
    const engine = new Engine(data);
    // Spread over the whole training, and a few while it is still starting.
    const epoch = Math.round((maxEpochs * count) / kills);
    if (count % 5 !== 4)
      await engine.until(({ saved, state }) => state === 'done' || (saved?.epoch ?? 0) >= epoch);
    await sleep(random.integer(400));
    const told = /epoch (\d+)/.exec(engine.job?.phase ?? '')?.[1];
    if (engine.job?.state === 'done') finished++;
    await engine.kill();
    // The epoch under way when it was last heard of is the only one that may be lost.
    const store = await open(data);
    const kept = store.checkpoints.of(jobId).read() as { state: SavedState } | null;
    store.close();
    if (told !== undefined && engine.job?.state === 'running')
      expect(kept?.state.loop.learner.batches.epoch ?? 0).toBeGreaterThanOrEqual(Number(told) - 1);
  }
  expect(finished, 'it was still running when it was killed').toBe(0);
  const last = new Engine(data);
  await last.until(({ state }) => state === 'done');
  await last.end();
  const ended = await outcome(data, killedProject);
  expect(ended).toEqual(await outcome(undisturbed, project));
  expect(
    ended.timeless.some(({ criticLoss }) => criticLoss !== null),
    'the critic had joined',
  ).toBe(true);
});

interface SavedState {
  loop: { learner: { batches: { epoch: number } } };
}
