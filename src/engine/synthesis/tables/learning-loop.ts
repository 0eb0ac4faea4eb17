import { AppError } from '../../../shared/errors.ts';
import { m } from '../../../shared/messages/messages.js';
import type { LearningPoint } from '../../../shared/training.ts';
import type { Table } from '../../tables/table.ts';
import { createCheckpoints } from './checkpoints.ts';
import type { Checkpoints, CheckpointsState } from './checkpoints.ts';
import type { Learner, LearnerState, Snapshot, StepLosses } from './learner.ts';

export interface LoopSettings {
  /** Wall-clock limit. It decides when learning ends, and nothing else about the result. */
  minutes: number;
  /** Milliseconds of a clock that only goes forward; `performance.now` when absent. */
  clock?: (() => number) | undefined;
  /** When the limit began to count, as the clock tells it; now when absent. */
  began?: number | undefined;
  /** Stop before the limit once neither quality nor the guard improves. */
  stopEarly: boolean;
  /** Passes after which learning ends in any case. */
  maxEpochs?: number | undefined;
  /** How often the learning rate is halved before the critic joins; never when absent. */
  criticAfter?: number | undefined;
  /** Rows in a pass. */
  rows: number;
  holdoutScore: (synthetic: Table) => Promise<number>;
  /** What has been told before learning began. */
  notes?: readonly string[] | undefined;
}

export interface LoopProgress {
  history: LearningPoint[];
  best?: LearningPoint | undefined;
  epoch: number;
  step: number;
  rowsPerSecond: number;
  secondsLeft: number;
  notes: string[];
  /** Newest generated rows, those that were scored; only when there are new ones. */
  sample?: Table | undefined;
}

export interface LoopResult {
  snapshot: Snapshot;
  history: LearningPoint[];
  best?: LearningPoint;
  seconds: number;
  epochs: number;
  notes: string[];
}

/** Everything that decides how learning goes on, between two steps. Nobody changes what it holds. */
export interface LoopState {
  learner: LearnerState;
  step: number;
  /** Loss of the first step; null before it. */
  firstLoss: number | null;
  /** Seconds that count towards the limit. */
  seconds: number;
  /** Seconds spent on steps alone. */
  learning: number;
  pace: PaceState;
  checkpoints: CheckpointsState<Snapshot>;
  history: LearningPoint[];
  notes: string[];
  /** Learning is over; what is left is to choose the state that is kept. */
  finished: boolean;
}

export interface LoopOptions {
  signal?: AbortSignal | undefined;
  /** Once aborted, learning stops before the next step, as soon as `onState` has been told where. */
  pause?: AbortSignal | undefined;
  onProgress?: ((progress: LoopProgress) => void) | undefined;
  /** Told after every pass over the rows, after every look, and on pausing: from there learning can go on later. */
  onState?: ((state: LoopState) => void) | undefined;
}

const firstRate = 2e-3;
/** Steps over which the learning rate rises to its full size. */
const warmUp = 100;
/** The learning rate is halved this many times before learning counts as finished. */
const halvings = 5;
/** Looks without a better guard loss before the rate is halved. */
const patience = 2;
/** A loss this many times its first value, plus one, is on its way to infinity. */
const exploded = 4;
const rollbacksAllowed = 6;
/** Rows generated for a look at quality. */
const lookRows = 10_000;

/**
 * Runs a learner until it stops improving, its passes are over or its time is up.
 *
 * Every few passes the loop looks: loss on guard rows, and quality of generated rows against the holdout. While
 * the guard loss falls, learning goes on; when it has not for two looks, the model has begun to learn rows by
 * heart, so it goes back to the best state and on from there at half the rate. Of all looks whose guard loss is
 * near the best one, the checkpoint of highest quality is kept.
 *
 * A loss that is not a number or explodes puts the last good state back, at half the rate, with a note.
 * There is one step and one look at least, however little time is left. Given the state `from` of an earlier run
 * (its `learner` put back into `learner` by the caller), it goes on as that run would have, to the bit.
 * Throws `training/diverged` when that did not help six times, and the signal's reason when cancelled or paused.
 */
export async function runLoop(
  learner: Learner,
  settings: LoopSettings,
  { signal, pause, onProgress, onState }: LoopOptions = {},
  from?: LoopState,
): Promise<LoopResult> {
  const clock = settings.clock ?? (() => performance.now());
  const began = settings.began ?? clock();
  const limit = settings.minutes * 60;
  const before = from?.seconds ?? 0;
  const seconds = (): number => before + (clock() - began) / 1000;
  const interval = stepsBetweenLooks(settings.rows / learner.batch);
  const history = [...(from?.history ?? [])];
  const notes = [...(from?.notes ?? settings.notes ?? [])];
  const checkpoints = createCheckpoints(
    from?.checkpoints ?? { best: null, safest: { guard: Infinity, state: (await learner.save()).generator } },
  );
  const pace = createPace(from?.pace);
  let step = from?.step ?? 0;
  let learning = from?.learning ?? 0;
  let firstLoss = from?.firstLoss ?? null;
  let finished = from?.finished ?? false;
  let lastReport = -Infinity;
  let keptEpoch = learner.epoch;

  const report = (sample?: Table): void => {
    lastReport = seconds();
    onProgress?.({
      history: [...history],
      best: checkpoints.best?.point,
      epoch: learner.epoch,
      step,
      rowsPerSecond: learning > 0 ? (step * learner.batch) / learning : 0,
      secondsLeft: Math.max(0, limit - seconds()),
      notes: [...notes],
      sample,
    });
  };

  /** `state`: the learner's, where it has just been read. */
  const keep = async (state?: LearnerState): Promise<void> => {
    keptEpoch = learner.epoch;
    if (!onState) return;
    onState({
      ...{
        learner: state ?? (await learner.save()),
        step,
        firstLoss,
        seconds: seconds(),
        learning,
        finished,
      },
      ...{ pace: pace.save(), checkpoints: checkpoints.save(), history: [...history], notes: [...notes] },
    });
  };

  // What an earlier run had found is shown at once.
  if (from) report();
  while (!finished) {
    signal?.throwIfAborted();
    if (pause?.aborted) {
      await keep();
      pause.throwIfAborted();
    }
    const stepBegan = clock();
    const losses = await learner.step(pace.rate(step));
    learning += (clock() - stepBegan) / 1000;
    step++;
    firstLoss ??= losses.generator;
    if (diverged(losses, firstLoss)) {
      if (pace.rollBack() > rollbacksAllowed || !Number.isFinite(firstLoss)) throw divergence();
      learner.restore(checkpoints.safest);
      notes.push(m.notes_ran_away({ step }));
      continue;
    }

    const over =
      seconds() >= limit || (settings.maxEpochs !== undefined && learner.epoch >= settings.maxEpochs);
    if (step % interval === 0 || over) {
      signal?.throwIfAborted();
      const guard = await learner.guard();
      const sample = await learner.sample(lookRows);
      const quality = await settings.holdoutScore(sample);
      signal?.throwIfAborted();
      const point: LearningPoint = {
        epoch: learner.epoch,
        step,
        seconds: seconds(),
        quality,
        criticLoss: losses.critic,
        generatorLoss: losses.generator,
      };
      history.push(point);
      const state = await learner.save();
      const improved = checkpoints.consider({ point, guard, state: state.generator });
      const halved = pace.look(improved);
      if (halved) {
        learner.restore(checkpoints.safest);
        // A rollback halves the rate too, and may have gone past the mark; joining twice changes nothing.
        if (pace.halved >= (settings.criticAfter ?? Infinity)) await learner.refine();
      }
      finished = over || (settings.stopEarly && pace.spent);
      // What has been told is kept already.
      await keep(halved ? undefined : state);
      report(sample);
    } else {
      if (learner.epoch !== keptEpoch) await keep();
      if (seconds() - lastReport > 0.5) report();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }

  const stop = signal && pause ? AbortSignal.any([signal, pause]) : (signal ?? pause);
  const { snapshot, best } = await finish(learner, settings, checkpoints, stop);
  return { snapshot, history, ...(best && { best }), seconds: seconds(), epochs: learner.epoch, notes };
}

/** Two passes, but neither so few steps that looking takes longer than learning nor so many that nobody sees anything. */
function stepsBetweenLooks(stepsInPass: number): number {
  return Math.round(Math.min(400, Math.max(50, 2 * stepsInPass)));
}

export interface PaceState {
  scale: number;
  halved: number;
  stale: number;
  rollbacks: number;
}

/** The learning rate: rises, and is halved when the guard has been stale for a while or learning ran away. */
function createPace(from: PaceState = { scale: 1, halved: 0, stale: 0, rollbacks: 0 }) {
  let { scale, halved, stale, rollbacks } = from;
  const halve = (): void => {
    scale = Math.max(scale / 2, 2 ** -halvings);
    halved++;
  };
  return {
    rate: (step: number): number => firstRate * scale * Math.min(1, (step + 1) / warmUp),
    get halved() {
      return halved;
    },
    /** Whether smaller steps still would not help. */
    get spent() {
      return halved >= halvings;
    },
    /** Returns how often that has happened. */
    rollBack: (): number => {
      halve();
      return ++rollbacks;
    },
    /** Says whether to go back to the safest state, as the rate has just been halved. */
    look: (improved: boolean): boolean => {
      stale = improved ? 0 : stale + 1;
      if (stale < patience) return false;
      stale = 0;
      halve();
      return true;
    },
    save: (): PaceState => ({ scale, halved, stale, rollbacks }),
  };
}

/** The best checkpoint with its shares set right, where that is better. */
async function finish(
  learner: Learner,
  settings: LoopSettings,
  { best, safest }: Checkpoints<Snapshot>,
  signal: AbortSignal | undefined,
): Promise<{ snapshot: Snapshot; best?: LearningPoint }> {
  signal?.throwIfAborted();
  const state = best?.state ?? safest;
  const calibrated = await learner.calibrate(state);
  learner.restore(calibrated);
  const quality = await settings.holdoutScore(await learner.sample(lookRows));
  signal?.throwIfAborted();
  if (!best || quality <= best.point.quality) return { snapshot: state, ...(best && { best: best.point }) };
  return { snapshot: calibrated, best: { ...best.point, quality } };
}

function diverged(losses: StepLosses, firstLoss: number): boolean {
  const { generator, critic } = losses;
  return (
    !Number.isFinite(generator) ||
    (critic !== null && !Number.isFinite(critic)) ||
    generator > exploded * firstLoss + 1
  );
}

function divergence(): AppError {
  return AppError.of('training/diverged', 'diverged', {});
}
