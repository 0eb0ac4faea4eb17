import type { Job } from '../../shared/jobs.ts';
import type { StartDrawThread } from '../synthesis/tables/draw-threads.ts';
import type { StartMaker } from './deidentify/maker-threads.ts';
import type { Learn } from './learn.ts';

/** What every task is given and how it tells where it stands, whether the desktop or the terminal runs it. */

export interface Rate {
  value: number;
  unit: string;
}

/** What is left out stays as it was. */
export interface TaskUpdate {
  /** What it is doing now, in plain words. */
  phase?: string;
  /** 0 to 1 over the whole task; null while it cannot be known. */
  progress?: number | null;
  rate?: Rate | null;
}

export interface TaskContext {
  /** Aborted when the job is cancelled; the task then throws the signal's reason after cleaning up. */
  signal: AbortSignal;
  /** May be called as often as convenient. */
  report: (update: TaskUpdate) => void;
  /** Aborted when the job is paused; the task then keeps what it has and throws this signal's reason. */
  pause?: AbortSignal;
  /** Tells from where the job could be resumed by now. */
  onSaved?: (saved: NonNullable<Job['saved']>) => void;
  /** Milliseconds of work, the sleep of the machine left out; `performance.now` when absent. */
  clock?: () => number;
  /** Starts a thread that draws rows; without it they are drawn where the task runs. */
  startThread?: StartDrawThread | undefined;
  /** Starts a thread that makes de-identified files; without it they are made where the task runs. */
  startMaker?: StartMaker | undefined;
  /** Learns; without it that happens where the task runs. */
  learn?: Learn | undefined;
}

/** Progress of one stage: 0 to 1, or null while it cannot be known. */
export type StageProgress = (fraction: number | null, update?: Omit<TaskUpdate, 'progress'>) => void;

/**
 * Splits a task's progress into stages that follow each other, each taking a share in proportion to the seconds it
 * is expected to take. A stage of unknown progress stands at its beginning.
 */
export function stagesOf<Name extends string>(
  report: TaskContext['report'],
  expectedSeconds: Readonly<Record<Name, number>>,
): Readonly<Record<Name, StageProgress>> {
  const seconds = Object.values<number>(expectedSeconds);
  const total = seconds.reduce((sum, value) => sum + value, 0);
  let begin = 0;
  const stages = Object.entries<number>(expectedSeconds).map(([name, value]) => {
    const from = begin;
    const share = value / total;
    begin += share;
    const progress: StageProgress = (fraction, update = {}) => {
      report({ ...update, progress: Math.min(1, from + share * Math.min(1, Math.max(0, fraction ?? 0))) });
    };
    return [name, progress] as const;
  });
  return Object.fromEntries(stages) as Record<Name, StageProgress>;
}

/** Measures the pace of a count that grows, over the last few seconds. */
export class Pace {
  readonly #unit: string;
  readonly #now: () => number;
  #points: { at: number; count: number }[] = [];

  constructor(unit: string, now: () => number = () => performance.now()) {
    this.#unit = unit;
    this.#now = now;
  }

  /** The rate now that `count` have been reached; null at first. */
  update(count: number): Rate | null {
    const at = this.#now();
    this.#points.push({ at, count });
    while (this.#points.length > 2 && at - (this.#points[0]?.at ?? at) > 5000) this.#points.shift();
    const first = this.#points[0];
    if (first === undefined || at - first.at < 200) return null;
    return { value: Math.round(((count - first.count) / (at - first.at)) * 1000), unit: this.#unit };
  }
}
