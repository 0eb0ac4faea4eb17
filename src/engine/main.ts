/**
 * The engine process. `main.ts --data DIR --resources DIR`; speaks src/shared/wire.ts with the process that started
 * it: over Electron's parent port in a utility process, over Node's IPC channel after a fork.
 */
import './no-network.ts';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { toErrorShape } from '../shared/errors.ts';
import type { FromEngine } from '../shared/wire.ts';
import type { TrialProcess } from './compute/devices/probe.ts';
import { unforeseen } from './jobs/unforeseen.ts';
import type { Emit } from './project-jobs.ts';
import type { SystemKeyStore } from './store/system-key.ts';
import { connectParent } from './parent.ts';
import { startDrawThread } from './draw-thread.ts';
import { startMakerThread } from './maker-thread.ts';
import { learnInThread } from './learning-thread.ts';
import { createService, isEngineChannel } from './service.ts';
import { Vault } from './store/vault.ts';
import { systemKeyStoreOf } from './system-key-store.ts';
import { removeOrphans } from './tables/temporary.ts';
import { startTrialProcess } from './trial-process.ts';
import { trialsByMain } from './trials-by-main.ts';
import { createVaultService } from './vault-service.ts';
import type { EngineService } from './vault-service.ts';

/** 70 is EX_SOFTWARE of sysexits.h: an internal fault. */
const exitCodes = { ok: 0, usage: 2, fault: 70, stuck: 75 } as const;

/** A call without input arrives without the key: JSON knows no undefined. */
const message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call'),
    id: z.number().int(),
    channel: z.string(),
    input: z.unknown().optional(),
  }),
  z.object({ type: z.literal('power'), asleep: z.boolean() }),
  z.object({ type: z.literal('answer'), id: z.number().int(), value: z.string().nullable() }),
  z.object({ type: z.literal('trialAnswer'), id: z.number().int(), answer: z.unknown() }),
  z.object({ type: z.literal('trialEnded'), id: z.number().int(), how: z.string() }),
  z.object({ type: z.literal('shutdown') }),
]);

const log = (text: string): void => {
  process.stderr.write(`engine: ${text}\n`);
};

function fail(error: unknown): never {
  log(unforeseen(error) ?? toErrorShape(error).message);
  process.exit(exitCodes.fault);
}
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
// The parent decides when the engine ends; Ctrl-C in a terminal reaches both.
process.on('SIGINT', () => undefined);

function readArguments(): { data: string; resources: string } {
  const { values } = parseArgs({ options: { data: { type: 'string' }, resources: { type: 'string' } } });
  if (values.data === undefined || values.resources === undefined) {
    log('usage: --data DIR --resources DIR');
    process.exit(exitCodes.usage);
  }
  return { data: values.data, resources: values.resources };
}

function startService(
  send: (message: FromEngine) => void,
  system: SystemKeyStore,
  startTrial: () => TrialProcess,
): EngineService {
  const { data, resources } = readArguments();
  const emit: Emit = (event, payload) => {
    send({ type: 'event', event, payload });
  };
  return createVaultService({
    vault: new Vault({ folder: data, system }),
    resources,
    serve: (store) =>
      createService({
        store,
        resources,
        emit,
        log,
        startTrial,
        startThread: startDrawThread,
        startMaker: startMakerThread,
        learnApart: (clock) => learnInThread(clock, log),
        onStuck: () => {
          log('a cancelled job does not end; starting over');
          process.exit(exitCodes.stuck);
        },
      }),
    emit,
    log,
  });
}

const parent = connectParent<FromEngine>();
if (parent === null) {
  log('the engine has to be started by Semblance');
  process.exit(exitCodes.usage);
}
const { send } = parent;
const system = systemKeyStoreOf(send);
const trials = trialsByMain(send);
const service = startService(send, system, parent.isElectron ? trials.start : startTrialProcess);

let closing = false;
const close = (): void => {
  if (closing) return;
  closing = true;
  service.close().then(() => process.exit(exitCodes.ok), fail);
};

function call(id: number, channel: string, input: unknown): void {
  if (!isEngineChannel(channel)) {
    const error = { message: `The engine does not answer ${channel}.`, fix: 'Please report this.' };
    send({ type: 'reply', id, reply: { ok: false, error: { code: 'request/invalid', ...error } } });
    return;
  }
  void service.call(channel, input).then((reply) => {
    send({ type: 'reply', id, reply });
  });
}

parent.onMessage((raw) => {
  const parsed = message.safeParse(raw);
  if (!parsed.success) return;
  const received = parsed.data;
  switch (received.type) {
    case 'shutdown':
      close();
      return;
    case 'power':
      service.power(received.asleep);
      return;
    case 'answer':
      system.answer(received.id, received.value);
      return;
    case 'trialAnswer':
      trials.answer(received.id, received.answer);
      return;
    case 'trialEnded':
      trials.ended(received.id, received.how);
      return;
    case 'call':
      call(received.id, received.channel, received.input);
  }
});
parent.onGone(close);
send({ type: 'ready' });
void removeOrphans();
