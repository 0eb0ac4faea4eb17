import { AppError } from '../../../shared/errors.ts';
import type { LearningPoint } from '../../../shared/training.ts';
import type { Table } from '../../tables/table.ts';
import { createCheckpoints } from './checkpoints.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Learner, Snapshot, StepLosses } from './learner.ts';

export interface LoopSettings {
  /** Wall-clock limit. It decides when learning ends, and nothing else about the result. */
  minutes: number;
  /** When the limit began to count, as `performance.now()` tells it; now when absent. */
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

export interface LoopOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: LoopProgress) => void) | undefined;
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
 * There is one step and one look at least, however little time is left.
 * Throws `training/diverged` when that did not help six times, and the signal's reason when cancelled.
 */
export async function runLoop(
  learner: Learner,
  settings: LoopSettings,
  { signal, onProgress }: LoopOptions = {},
): Promise<LoopResult> {
  const began = settings.began ?? performance.now();
  const limit = settings.minutes * 60;
  const seconds = (): number => (performance.now() - began) / 1000;
  const interval = stepsBetweenLooks(settings.rows / learner.batch);
  const history: LearningPoint[] = [];
  const notes: string[] = [];
  const checkpoints = createCheckpoints(learner.save());
  const pace = createPace();
  let step = 0;
  let learning = 0;
  let firstLoss: number | undefined;
  let lastReport = -Infinity;

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

  for (let finished = false; !finished;) {
    signal?.throwIfAborted();
    const stepBegan = performance.now();
    const losses = await learner.step(pace.rate(step));
    learning += (performance.now() - stepBegan) / 1000;
    step++;
    firstLoss ??= losses.generator;
    if (diverged(losses, firstLoss)) {
      if (pace.rollBack() > rollbacksAllowed || !Number.isFinite(firstLoss)) throw divergence();
      learner.restore(checkpoints.safest);
      notes.push(
        `Learning ran away at step ${step}; it went back to its last good state and on with smaller steps.`,
      );
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
      const improved = checkpoints.consider({ point, guard, state: learner.save() });
      if (pace.look(improved)) {
        learner.restore(checkpoints.safest);
        // A rollback halves the rate too, and may have gone past the mark; joining twice changes nothing.
        if (pace.halved >= (settings.criticAfter ?? Infinity)) await learner.refine();
      }
      report(sample);
      finished = over || (settings.stopEarly && pace.spent);
    } else if (seconds() - lastReport > 0.5) report();
    await new Promise((resolve) => setImmediate(resolve));
  }

  const { snapshot, best } = await finish(learner, settings, checkpoints, signal);
  return { snapshot, history, ...(best && { best }), seconds: seconds(), epochs: learner.epoch, notes };
}

/** Two passes, but neither so few steps that looking takes longer than learning nor so many that nobody sees anything. */
function stepsBetweenLooks(stepsInPass: number): number {
  return Math.round(Math.min(400, Math.max(50, 2 * stepsInPass)));
}

/** The learning rate: rises, and is halved when the guard has been stale for a while or learning ran away. */
function createPace() {
  let scale = 1;
  let halved = 0;
  let stale = 0;
  let rollbacks = 0;
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
  return new AppError(
    'training/diverged',
    'Learning ran away again and again, and going back with smaller steps did not help.',
    'Leave out columns with extreme values or very many categories, and train again.',
  );
}
