/** Whatever comes over the contract, an answer comes back: one that keeps to it, or a coded error. Nothing ends. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clientsCsv } from '../../src/engine/jobs/test-table.ts';
import { createService, isEngineChannel } from '../../src/engine/service.ts';
import { Vault } from '../../src/engine/store/vault.ts';
import { createVaultService } from '../../src/engine/vault-service.ts';
import type { EngineService } from '../../src/engine/vault-service.ts';
import { ChosenPaths } from '../../src/main/chosen-paths.ts';
import { engineAnswer, engineChannels } from '../../src/main/engine-answers.ts';
import { answerCall, type CallEvent, type Trust } from '../../src/main/handle.ts';
import { isChannel } from '../../src/shared/channels.ts';
import { contract } from '../../src/shared/contract.ts';
import { AppError } from '../../src/shared/errors.ts';
import { errorShape } from '../../src/shared/jobs.ts';
import { completedInputs } from '../../src/shared/wire.ts';
import { anything, payloads, type Known } from './payloads.ts';

const channels = Object.keys(contract).filter(isChannel);
const page: CallEvent = {
  sender: { id: 1 },
  senderFrame: { url: 'app://semblance/index.html', parent: null },
};
const trust: Trust = { origin: 'app://semblance', isOwnWindow: (id) => id === 1 };

const failure = z.strictObject({ ok: z.literal(false), error: errorShape });

/** Fails unless `reply` is an answer that keeps to the contract or a coded error, and objects are what they were. */
function expectSound(channel: (typeof channels)[number], reply: unknown): void {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) throw new Error('There is no answer.');
  if (reply.ok === true && 'value' in reply) {
    expect(contract[channel].output.safeParse(reply.value).success).toBe(true);
  } else {
    const { ok, error } = failure.parse(reply);
    expect([ok, error.message === '', error.fix === '']).toEqual([false, false, false]);
  }
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
}

describe('main', () => {
  it.each(channels)('answers %s, whatever it is asked and whatever the engine says', async (channel) => {
    const question = payloads(contract[channel].input, {});
    const answer = fc.oneof(payloads(contract[channel].output, {}), anything);
    await fc.assert(
      fc.asyncProperty(question, answer, fc.boolean(), async (input, output, throws) => {
        const reports: string[] = [];
        const ask = async () => {
          // Even what is no error at all.
          if (throws) throw output;
          return output;
        };
        const paths = new ChosenPaths();
        paths.addTarget({ path: 'chosen', overwrite: false });
        const answered = engineChannels.find((name) => name === channel);
        const reply = await answerCall(
          channel,
          page,
          input,
          trust,
          answered === undefined ? ask : engineAnswer(answered, ask, paths),
          (text) => reports.push(text),
        );
        expectSound(channel, reply);
        // What goes wrong is told by names of the contract and of errors, never by what was sent.
        for (const text of reports) expect(text.length).toBeLessThan(400);
      }),
    );
  });

  it('answers only its own page, whatever the sender looks like', async () => {
    const frame = fc.record({
      url: fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.constantFrom('app://semblance', 'app://semblance/index.html'),
      ),
      parent: fc.constantFrom(null, {}),
    });
    const event = fc.record({
      sender: fc.record({ id: fc.constantFrom(1, 2, NaN) }),
      senderFrame: fc.option(frame),
    });
    await fc.assert(
      fc.asyncProperty(event, async (from) => {
        const reply = await answerCall(
          'app.chooseModel',
          from,
          undefined,
          trust,
          () => null,
          () => {},
        );
        const own =
          from.sender.id === 1 &&
          from.senderFrame?.parent === null &&
          /^app:\/\/semblance([/?#]|$)/.test(from.senderFrame.url);
        expect(reply.ok).toBe(own);
        if (!reply.ok) expect(reply.error.code).toBe('request/forbidden');
      }),
    );
  });
});

describe('the engine', () => {
  const cwd = process.cwd();
  let folder = '';
  let service: EngineService;
  let projectId = '';
  const unforeseen: string[] = [];
  const file = fc.oneof(
    fc.constantFrom('clients.csv', 'no.csv', 'empty', '.', 'missing/x', 'a\0b', 'new.csv', 'clients.csv/x'),
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: 60 })
      .map((name) => `empty/${name.replaceAll('/', '_')}`),
  );
  const id = fc
    .constantFrom('', '', 'nope', '__proto__', 'x'.repeat(64))
    .map((name) => (name === '' ? projectId : name));
  const known: Known = { projectId: id, jobId: id, path: file, sourcePath: file };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'semblance-contract-'));
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'clients.csv'), clientsCsv(40));
    writeFileSync(join(folder, 'no.csv'), '\0\ud800\n');
    // A path without a folder in front of it leads here and nowhere else.
    process.chdir(folder);
  });
  // Every channel has a store and a project of its own to do its worst to: it may lock the one and erase the other.
  beforeEach(async () => {
    const emit = (): void => undefined;
    const log = (text: string): void => void unforeseen.push(text);
    service = createVaultService({
      // What a passphrase costs to try is kept low: there are many tries.
      vault: new Vault({ folder: mkdtempSync(join(folder, 'data-')), cost: { N: 2, r: 1, p: 1 } }),
      resources: folder,
      serve: (store) => createService({ store, resources: folder, emit, log }),
      emit,
      log,
    });
    const opened = await service.call('store.create', {
      kind: 'passphrase',
      passphrase: 'correct horse battery',
    });
    expect(opened.ok).toBe(true);
    const made = await service.call('projects.create', { sourcePath: join(folder, 'clients.csv') });
    if (!made.ok) throw new AppError(made.error.code, made.error.message, made.error.fix);
    projectId = contract['projects.create'].output.parse(made.value).id;
  });
  afterEach(async () => {
    await service.close();
    expect(unforeseen.splice(0)).toEqual([]);
  });
  afterAll(() => {
    process.chdir(cwd);
    rmSync(folder, { recursive: true });
  });

  it.each(channels.filter(isEngineChannel))('answers %s, whatever it is asked', async (channel) => {
    const schema =
      Object.entries(completedInputs).find(([name]) => name === channel)?.[1] ?? contract[channel].input;
    await fc.assert(
      fc.asyncProperty(payloads(schema, known), async (input) => {
        expectSound(channel, await service.call(channel, input));
      }),
      { numRuns: 60 },
    );
  });

  it('still works', async () => {
    expect(await service.call('projects.list', undefined)).toMatchObject({ ok: true });
    expect(await service.call('jobs.list', undefined)).toMatchObject({ ok: true });
  });
});
