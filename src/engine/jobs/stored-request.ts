import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { access } from '../../shared/output.ts';
import { projectRule } from '../../shared/rules.ts';
import { columnChoice, tableProfile } from '../../shared/table.ts';
import { trainingSettings } from '../../shared/training.ts';
import { completedInputs } from '../../shared/wire.ts';
import type { EngineInput } from '../../shared/wire.ts';

const trainingRequest = z.object({
  profile: tableProfile,
  columns: z.array(columnChoice),
  settings: trainingSettings.omit({ columns: true, mostRows: true }),
  /** Those that were on; `auto`: all that the rows learned from are found to keep. */
  rules: z.union([z.literal('auto'), z.array(projectRule)]).default([]),
  /** Rows read at most; as many as memory takes when absent. */
  mostRows: z.number().int().positive().optional(),
  maxEpochs: z.number().int().positive().optional(),
});

/** Who can open it, without the secret. */
const kept = { protection: access.optional() };

/** What it takes to run a job once more, as the store keeps it: all but a passphrase. */
export const storedRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('train'), input: trainingRequest }),
  z.object({ kind: z.literal('generate'), input: completedInputs['jobs.generate'].extend(kept) }),
  z.object({ kind: z.literal('export'), input: completedInputs['jobs.exportModel'].extend(kept) }),
]);
export type StoredRequest = z.infer<typeof storedRequest>;
/** As it stood when training began: what is changed later does not bear on it. */
export type TrainingRequest = z.infer<typeof trainingRequest>;

/** What it takes to run a job, a passphrase included. */
export type WorkRequest =
  | { kind: 'train'; input: TrainingRequest }
  | { kind: 'generate'; input: EngineInput<'jobs.generate'> }
  | { kind: 'export'; input: EngineInput<'jobs.exportModel'> };

/** The text to keep. A passphrase is left out: who resumes such a job has to give it again. */
export function keptRequest(request: WorkRequest): string | undefined {
  const stored = storedRequest.parse(request);
  // Whatever secret another kind of request may come to hold: rather begin anew than keep it.
  return hasSecret(stored) ? undefined : JSON.stringify(stored);
}

/** Null where nothing was kept, or by another version whose requests this one does not understand. */
export function openRequest(text: string | null): StoredRequest | null {
  if (text === null) return null;
  const { data } = storedRequest.safeParse(JSON.parse(text));
  return data ?? null;
}

/** Whether a passphrase has to be given for it. */
export function needsPassphrase(request: StoredRequest | WorkRequest): boolean {
  return request.kind !== 'train' && request.input.protection?.by === 'passphrase';
}

/** The request with what was not kept of it. Throws `job/conflict` where a passphrase is needed and none is given. */
export function completeRequest(request: StoredRequest, passphrase: string | undefined): WorkRequest {
  if (request.kind === 'train') return request;
  const { protection } = request.input;
  if (protection?.by === 'passphrase' && passphrase === undefined) {
    throw AppError.of('job/conflict', 'passphrase_needed', {});
  }
  const complete =
    protection?.by === 'passphrase' && passphrase !== undefined ? { ...protection, passphrase } : undefined;
  const opened = protection?.by === 'recipients' ? protection : complete;
  if (request.kind === 'generate')
    return { kind: 'generate', input: { ...request.input, protection: opened } };
  return { kind: 'export', input: { ...request.input, protection: opened } };
}

function hasSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]) => /pass(phrase|word)|secret/i.test(key) || hasSecret(inner),
  );
}
