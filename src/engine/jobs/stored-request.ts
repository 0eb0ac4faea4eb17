import { z } from 'zod';
import { projectRule } from '../../shared/rules.ts';
import { columnChoice, tableProfile } from '../../shared/table.ts';
import { trainingSettings } from '../../shared/training.ts';
import { completedInputs } from '../../shared/wire.ts';

const trainingRequest = z.object({
  profile: tableProfile,
  columns: z.array(columnChoice),
  settings: trainingSettings.omit({ columns: true }),
  /** Those that were on. */
  rules: z.array(projectRule).default([]),
  maxEpochs: z.number().int().positive().optional(),
});

/** What it takes to run a job once more, as the store keeps it. */
export const storedRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('train'), input: trainingRequest }),
  z.object({ kind: z.literal('generate'), input: completedInputs['jobs.generate'] }),
  z.object({ kind: z.literal('export'), input: completedInputs['jobs.exportModel'] }),
]);
export type StoredRequest = z.infer<typeof storedRequest>;
/** As it stood when training began: what is changed later does not bear on it. */
export type TrainingRequest = z.infer<typeof trainingRequest>;

/** The text to keep; undefined for a request with a secret in it, which is not kept: such a job is made anew. */
export function keptRequest(request: StoredRequest): string | undefined {
  return hasSecret(request) ? undefined : JSON.stringify(request);
}

/** Null where nothing was kept, or by another version whose requests this one does not understand. */
export function openRequest(text: string | null): StoredRequest | null {
  if (text === null) return null;
  const { data } = storedRequest.safeParse(JSON.parse(text));
  return data ?? null;
}

function hasSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]) => /pass(phrase|word)|secret/i.test(key) || hasSecret(inner),
  );
}
