import { z } from 'zod';
import { errorCodes, type ErrorValue } from './errors.ts';

export const jobKind = z.enum([
  'profile',
  'train',
  'generate',
  'export',
  'import',
  'deidentify',
  'map',
  'text',
]);
export type JobKind = z.infer<typeof jobKind>;

/**
 * `paused`: by the user, by the end of the app, or by something in its way (`error` says what).
 * `interrupted`: the engine died under it.
 */
export const jobState = z.enum(['queued', 'running', 'paused', 'done', 'failed', 'cancelled', 'interrupted']);
export type JobState = z.infer<typeof jobState>;

const errorValue: z.ZodType<ErrorValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.array(z.string()), z.object({ part: z.string(), values: errorValues })]),
);
const errorValues = z.record(z.string(), errorValue);

/** An error in no language. */
export const saidError = z.object({ key: z.string(), values: errorValues });

export const errorShape = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  fix: z.string(),
  /** What it says in no language; absent in what an older version has stored. */
  said: saidError.optional(),
});

/** A job as everyone sees it: one row of the store. */
export const job = z.object({
  id: z.string(),
  projectId: z.string(),
  kind: jobKind,
  state: jobState,
  /** What it is doing now, in plain words. */
  phase: z.string(),
  /** 0 to 1; null while it cannot be known. */
  progress: z.number().min(0).max(1).nullable(),
  /** Work done per second with its unit, e.g. 41000 'rows'. */
  rate: z.object({ value: z.number(), unit: z.string() }).nullable(),
  /** Seconds left, once it can be estimated. */
  secondsLeft: z.number().nonnegative().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  error: errorShape.nullable(),
  /** One line about the result, e.g. the file written. */
  outcome: z.string().nullable(),
  /** Whether it can be resumed when it is paused or interrupted. */
  resumable: z.boolean(),
  /** Where resuming it would go on; null: from the beginning. */
  saved: z.object({ epoch: z.number().int().nonnegative(), at: z.string() }).nullable(),
  /** What has to be given again to resume it, since it is not kept. */
  needs: z.literal('passphrase').optional(),
});
export type Job = z.infer<typeof job>;
