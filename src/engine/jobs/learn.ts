/** Learning: the part of a training that takes the time, in terms that a thread can be sent. */
import { createAccuracyScorer } from '../quality/accuracy.ts';
import { trainTableGan } from '../synthesis/tables/train.ts';
import type {
  Devices,
  TrainedTableModel,
  TrainTableProgress,
  TrainTableRequest,
} from '../synthesis/tables/train.ts';
import type { TrainingState } from '../synthesis/tables/training-state.ts';
import type { Table } from '../tables/table.ts';
import type { SavedTraining, TrainingKeeper } from './train.ts';

/** Plain data. */
export interface LearnRequest extends Pick<
  TrainTableRequest,
  'training' | 'schema' | 'minutes' | 'stopEarly' | 'seed' | 'maxEpochs'
> {
  /** Rows set aside that tell how good it is by now. */
  watching: Table;
  /** State of an earlier run with the same request, to go on from. */
  from?: TrainingState | undefined;
}

export interface LearnOptions {
  /** Ends it; it then throws this signal's reason. */
  signal: AbortSignal;
  /** Ends it after its state has been told; it then throws this signal's reason. */
  pause?: AbortSignal | undefined;
  /** Without them it learns on the CPU. */
  devices?: Devices | undefined;
  /** Milliseconds of work; `performance.now` when absent. A thread has its own. */
  clock?: (() => number) | undefined;
  onState: (state: TrainingState) => void;
  /** Instead of `onState` for those who learn in another thread: where that keeps its states itself, and of what. */
  keepElsewhere?: NonNullable<TrainingKeeper['elsewhere']> & Pick<SavedTraining, 'sha256' | 'rows'>;
  onProgress: (progress: TrainTableProgress) => void;
}

export interface Learned {
  model: TrainedTableModel;
  /** The rows it learned from: those of the request may be gone. */
  training: Table;
}

/** Throws what `trainTableGan` throws. */
export type Learn = (request: LearnRequest, options: LearnOptions) => Promise<Learned>;

/** Learns where it is called, a step at a time with turns of the event loop in between. */
export const learnHere: Learn = async (
  { watching, from, ...request },
  { clock, devices, keepElsewhere: _, ...options },
) => {
  const scorer = createAccuracyScorer(watching);
  const model = await trainTableGan(
    {
      ...request,
      holdoutScore: async (synthetic) => {
        const { overall } = await scorer.scoreInSlices(synthetic, { signal: options.signal });
        return overall;
      },
      ...(clock && { clock }),
      ...(devices && { devices }),
    },
    { ...options, from },
  );
  return { model, training: request.training };
};
