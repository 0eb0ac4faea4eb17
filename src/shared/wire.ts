import { z } from 'zod';
import { contract, type Channel, type EventName, type Input } from './contract.ts';
import type { ErrorShape } from './errors.ts';

/** Whether the user has agreed to replace what is at `path`. Main asks for it in a dialog; the page has no say. */
const agreed = { overwrite: z.boolean() };

/** Inputs of the channels to whose requests main adds something on the way from the page to the engine. */
export const completedInputs = {
  'jobs.generate': contract['jobs.generate'].input.extend(agreed),
  'jobs.exportModel': contract['jobs.exportModel'].input.extend(agreed),
  'jobs.deidentify': contract['jobs.deidentify'].input.extend(agreed),
  'jobs.dicomMap': contract['jobs.dicomMap'].input.extend(agreed),
  'dicom.saveProfile': contract['dicom.saveProfile'].input.extend(agreed),
  'store.backup': contract['store.backup'].input.extend(agreed),
  'store.saveRecoveryKey': contract['store.saveRecoveryKey'].input.extend(agreed),
} as const;

/** Input of a channel as it arrives at the engine. */
export type EngineInput<C extends Channel> = C extends keyof typeof completedInputs
  ? z.infer<(typeof completedInputs)[C]>
  : Input<C>;

/** What main sends to the engine process. Inputs have been checked against the contract before. */
export type ToEngine =
  | { type: 'call'; id: number; channel: Channel; input: unknown }
  /** The machine goes to sleep, or has woken. */
  | { type: 'power'; asleep: boolean }
  | { type: 'answer'; id: number; value: string | null }
  /** What a process said that main has started for `tryDevice`, and how it ended: "code 139". */
  | { type: 'trialAnswer'; id: number; answer: unknown }
  | { type: 'trialEnded'; id: number; how: string }
  | { type: 'shutdown' };

/**
 * What only main can do: the key store of the operating system. `name` tells what it is called; `seal` a text for
 * this user of this computer; `unseal` it again. The answer is null where that cannot be done.
 */
export type Question = { what: 'name' } | { what: 'seal'; text: string } | { what: 'unseal'; sealed: string };

/** What the engine process sends to main. */
export type FromEngine =
  | { type: 'ready' }
  | { type: 'ask'; id: number; question: Question }
  /** In a utility process, which can start no other: a device is to be tried in one; that one is to end. */
  | { type: 'tryDevice'; id: number; request: unknown }
  | { type: 'endTrial'; id: number }
  | { type: 'reply'; id: number; reply: { ok: true; value: unknown } | { ok: false; error: ErrorShape } }
  | { type: 'event'; event: EventName; payload: unknown };
