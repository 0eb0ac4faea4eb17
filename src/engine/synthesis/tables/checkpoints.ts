import type { LearningPoint } from '../../../shared/training.ts';

/** A checkpoint may be this much worse than the best guard loss, in nats a row, and still be chosen. */
const guardSlack = 0.02;

export interface Checkpoint<State> {
  point: LearningPoint;
  /** Loss on rows the model does not learn from, in nats a row. */
  guard: number;
  state: State;
}

/** Remembers the checkpoints that matter of all that have been looked at. */
export interface Checkpoints<State> {
  /** The one to keep: of highest quality among those whose guard loss is as good as the best. */
  readonly best: Checkpoint<State> | undefined;
  /** The state to go back to: the lowest guard loss so far, at first the initial state. */
  readonly safest: State;
  /** Takes note of a look; says whether its guard loss is the lowest so far. */
  consider(look: Checkpoint<State>): boolean;
  save(): CheckpointsState<State>;
}

export interface CheckpointsState<State> {
  best: Checkpoint<State> | null;
  safest: Omit<Checkpoint<State>, 'point'>;
}

export function createCheckpoints<State>(from: CheckpointsState<State>): Checkpoints<State> {
  let best = from.best ?? undefined;
  let { safest } = from;
  return {
    get best() {
      return best;
    },
    get safest() {
      return safest.state;
    },
    consider: (look) => {
      const improved = look.guard < safest.guard;
      if (improved) safest = { guard: look.guard, state: look.state };
      const allowed = ({ guard }: Checkpoint<State>): boolean => guard <= safest.guard + guardSlack;
      if (!best || !allowed(best)) best = look;
      else if (allowed(look) && look.point.quality > best.point.quality) best = look;
      return improved;
    },
    save: () => ({ best: best ?? null, safest }),
  };
}
