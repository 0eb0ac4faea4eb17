/** Keeps a training in its checkpoint while it runs, and finds it there again. */
import type { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import type { Job } from '../shared/jobs.ts';
import type { TrainingProgress } from '../shared/training.ts';
import type { SavedTraining, TrainingKeeper } from './jobs/train.ts';
import { unforeseen } from './jobs/unforeseen.ts';
import type { CheckpointFile } from './store/checkpoints.ts';

interface KeepOptions {
  /** Nothing is kept once it is aborted. */
  signal: AbortSignal;
  onSaved: (saved: NonNullable<Job['saved']>) => void;
  log?: ((text: string) => void) | undefined;
}

export interface KeeperOptions extends KeepOptions {
  /** What an earlier run has kept, and what it told last; null at first. */
  from: SavedTraining | null;
  told: TrainingProgress | null;
}

export function trainingKeeper(
  checkpoint: CheckpointFile,
  { from, told, ...options }: KeeperOptions,
): TrainingKeeper {
  return {
    ...{ from, told, keep: keepIn(checkpoint, options) },
    elsewhere: { place: () => checkpoint.place(), onSaved: options.onSaved },
  };
}

/** Keeps each state it is given; where that fails the training goes on. */
export function keepIn(
  checkpoint: CheckpointFile,
  { signal, onSaved, log }: KeepOptions,
): TrainingKeeper['keep'] {
  let failing = false;
  return (saved) => {
    if (signal.aborted) return;
    try {
      checkpoint.write(saved);
      const { epoch } = saved.state.loop.learner.batches;
      onSaved({ epoch, at: new Date().toISOString() });
      failing = false;
    } catch (error) {
      // A full drive is no reason to lose the training. Once while it lasts.
      if (!failing) log?.(`a checkpoint could not be written: ${unforeseen(error) ?? 'refused'}`);
      failing = true;
    }
  };
}

/** Null where nothing was kept. Throws `checkpoint/unusable` for what cannot be read, or another version has kept. */
export function readSaved(
  checkpoint: CheckpointFile,
  schema: z.ZodType<SavedTraining>,
): SavedTraining | null {
  const kept = checkpoint.read();
  if (kept === null) return null;
  const { data } = schema.safeParse(kept);
  if (data) return data;
  throw AppError.of('checkpoint/unusable', 'checkpoint_other_version', {});
}
