/** Keeps a training in its checkpoint while it runs, and finds it there again. */
import type { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import type { Job } from '../shared/jobs.ts';
import type { TrainingProgress } from '../shared/training.ts';
import type { SavedTraining, TrainingKeeper } from './jobs/train.ts';
import { unforeseen } from './jobs/unforeseen.ts';
import type { CheckpointFile } from './store/checkpoints.ts';

export interface KeeperOptions {
  /** What an earlier run has kept, and what it told last; null at first. */
  from: SavedTraining | null;
  told: TrainingProgress | null;
  /** Nothing is kept once it is aborted. */
  signal: AbortSignal;
  onSaved: (saved: NonNullable<Job['saved']>) => void;
  log?: ((text: string) => void) | undefined;
}

export function trainingKeeper(
  checkpoint: CheckpointFile,
  { from, told, signal, onSaved, log }: KeeperOptions,
): TrainingKeeper {
  let failing = false;
  return {
    from,
    told,
    keep: (saved) => {
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
    },
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
