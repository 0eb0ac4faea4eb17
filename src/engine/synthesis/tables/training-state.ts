import { createHash } from 'node:crypto';
import { z } from 'zod';
import { deviceName } from '../../../shared/devices.ts';
import type { DeviceName } from '../../../shared/device-names.ts';
import { AppError } from '../../../shared/errors.ts';
import { learningPoint } from '../../../shared/training.ts';
import type { Codes } from './codes.ts';
import type { TableEncoding } from './encoding.ts';
import type { LoopState } from './learning-loop.ts';
import type { Snapshot } from './learner.ts';

/**
 * Everything that decides how a training goes on, given the same rows, schema and settings: plain data and typed
 * arrays. It holds no row: of the batches it knows row numbers only.
 */
export interface TrainingState {
  /** Fingerprint of the encoded rows, to notice that they are others or are encoded in another way. */
  rows: string;
  /** Rows in a batch. Fewer than at first when memory was short. */
  batch: number;
  /** Where it was learned last; absent in states of earlier versions. */
  device?: DeviceName | undefined;
  loop: LoopState;
}

const floats = z.instanceof(Float32Array<ArrayBuffer>);
const whole = z.number().int().nonnegative();
const word = z.number().int();

const snapshot: z.ZodType<Snapshot> = z.object({
  parameters: floats,
  average: floats,
  first: floats,
  second: floats,
  step: floats,
});

/** A state as it is read back from where it was kept. */
export const trainingState: z.ZodType<TrainingState> = z.object({
  rows: z.string(),
  batch: z.number().int().positive(),
  device: deviceName.optional(),
  loop: z.object({
    learner: z.object({
      generator: snapshot,
      adversary: z
        .object({
          critic: floats,
          criticFirst: floats,
          criticSecond: floats,
          criticStep: floats,
          steps: whole,
          criticLoss: z.number().nullable(),
        })
        .nullable(),
      random: z.tuple([word, word, word, word]),
      batches: z.object({ order: z.instanceof(Uint32Array<ArrayBuffer>), at: whole, epoch: whole }),
      steps: whole,
    }),
    step: whole,
    firstLoss: z.number().nullable(),
    seconds: z.number().nonnegative(),
    learning: z.number().nonnegative(),
    pace: z.object({ scale: z.number().positive(), halved: whole, stale: whole, rollbacks: whole }),
    checkpoints: z.object({
      best: z.object({ point: learningPoint, guard: z.number(), state: snapshot }).nullable(),
      // Before the first look no loss is known.
      safest: z.object({ guard: z.number().or(z.literal(Infinity)), state: snapshot }),
    }),
    history: z.array(learningPoint),
    notes: z.array(z.string()),
    finished: z.boolean(),
  }),
});

/** The same for the same rows, in the same order, under the same encoding. One-way. */
export function rowsFingerprint(encoding: TableEncoding, { columns }: Codes): string {
  const hash = createHash('sha256').update(JSON.stringify(encoding));
  for (const codes of columns) hash.update(codes);
  return hash.digest('hex');
}

/** Throws `checkpoint/unusable` when the state belongs to rows with another fingerprint. */
export function requireSameRows(state: TrainingState, rows: string): void {
  if (state.rows === rows) return;
  throw AppError.of('checkpoint/unusable', 'checkpoint_does_not_fit', {});
}
