import { AppError, toErrorShape } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { isHeld } from '../../shared/job-state.ts';
import type { Job, JobKind } from '../../shared/jobs.ts';
import { m } from '../../shared/messages/messages.js';
import type { StartDrawThread } from '../synthesis/tables/draw-threads.ts';
import type { StartMaker } from './deidentify/maker-threads.ts';
import { timeAfter } from '../store/time-after.ts';
import { ended, newJob, queuedAgain, started } from './job-transitions.ts';
import { KeptJobs, type JobKeeper } from './kept-jobs.ts';
import type { Learn } from './learn.ts';
import type { TaskContext, TaskUpdate } from './task.ts';
import { TimeLeft } from './time-left.ts';
import { unforeseen } from './unforeseen.ts';

export interface JobRequest {
  projectId: string;
  kind: JobKind;
  /** Does the work and commits its result; resolves with one line about it. */
  run: (context: TaskContext, jobId: string) => Promise<string>;
  /** What it takes to make this request once more, after this process; absent where that makes no sense. */
  again?: string;
  /** What has to be given again to make it once more. */
  needs?: Job['needs'];
  /** Whether the work heeds `TaskContext.pause`. */
  pausable?: boolean;
}

export interface QueueOptions {
  onChange: (job: Job) => void;
  /** How long a cancelled task may take to clean up before its job is declared cancelled. */
  graceMs?: number;
  /** How long after that before `onStuck` is called. */
  stuckMs?: number;
  /** A task ignores its cancellation: the process has to end for the work to end. */
  onStuck?: () => void;
  /** Least time between two changes told of one job. */
  intervalMs?: number;
  /** Told of errors nobody foresaw, without any value of the data. */
  log?: (text: string) => void;
  /** Milliseconds of work; `performance.now` when absent. */
  clock?: () => number;
  /** See `TaskContext.startThread`. */
  startThread?: StartDrawThread | undefined;
  /** See `TaskContext.startMaker`. */
  startMaker?: StartMaker | undefined;
  /** See `TaskContext.learn`. */
  learn?: Learn | undefined;
}

/** Training, generating and de-identifying take the whole machine; looking at data or writing a model does not wait for them. */
const lanes: Record<JobKind, 'heavy' | 'light'> = {
  train: 'heavy',
  generate: 'heavy',
  profile: 'light',
  export: 'light',
  import: 'light',
  deidentify: 'heavy',
  map: 'light',
  text: 'heavy',
};

type Ending = 'cancelled' | 'interrupted' | 'paused';

interface Entry {
  job: Job;
  request: JobRequest;
  controller: AbortController;
  pause: AbortController;
  timeLeft: TimeLeft;
  /** State the job comes to when one of its signals is aborted. */
  ending: Ending;
  /** Pending change, told when the interval is over. */
  timer: NodeJS.Timeout | null;
  toldAt: number;
  grace: NodeJS.Timeout | null;
  settled: Promise<void>;
  settle: () => void;
}

/**
 * Runs jobs one at a time in each lane, in the order they came. A job that is paused gives its place to the next and
 * holds nothing but what it has kept; whoever made its request makes it once more to resume it. Every change is saved before it is told, where it
 * can be saved; changes of a running job are told at most five times a second, its last one always.
 */
export class JobQueue {
  readonly #kept: KeptJobs;
  readonly #options: QueueOptions;
  readonly #waiting: Entry[] = [];
  /** The entry that holds each lane, from its start until its task has really ended. */
  readonly #running = new Map<'heavy' | 'light', Entry>();
  #closed = false;

  constructor(keeper: JobKeeper, options: QueueOptions) {
    this.#kept = new KeptJobs(keeper, options.log);
    this.#options = options;
  }

  list(): Job[] {
    return this.#kept.list();
  }

  /** Queues the job and starts it if its lane is free. */
  add(request: JobRequest): Job {
    return this.#enter(newJob(request, timeAfter(this.list()[0]?.createdAt)), request);
  }

  /**
   * Queues a job again that is paused or was interrupted, before those that came later.
   * Throws `job/not-found`, and `job/conflict` where there is nothing to resume.
   */
  resume(id: string, request: Omit<JobRequest, 'projectId' | 'kind'>): Job {
    const job = this.#held(id);
    return this.#enter(queuedAgain(job), { ...request, projectId: job.projectId, kind: job.kind });
  }

  /** Throws as `resume` does, for a job that cannot be resumed. */
  #held(id: string): Job {
    const job = this.#known(id);
    if (isHeld(job) && !this.#entries().some((entry) => entry.job.id === id)) return job;
    // Its task may still be at putting its work away.
    throw AppError.of('job/conflict', 'job_not_resumable_now', {});
  }

  #known(id: string): Job {
    const entry = this.#entries().find(({ job }) => job.id === id);
    const job = entry?.job ?? this.#kept.get(id);
    if (job) return job;
    throw AppError.of('job/not-found', 'job_gone', {});
  }

  #enter(job: Job, request: JobRequest): Job {
    if (this.#closed) {
      throw AppError.of('engine/stopped', 'closing', {});
    }
    let settle = (): void => undefined;
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const entry: Entry = {
      job,
      request,
      controller: new AbortController(),
      pause: new AbortController(),
      timeLeft: new TimeLeft(this.#options.clock),
      ending: 'cancelled',
      timer: null,
      toldAt: 0,
      grace: null,
      settled,
      settle,
    };
    const later = this.#waiting.findIndex((other) => other.job.createdAt > job.createdAt);
    this.#waiting.splice(later < 0 ? this.#waiting.length : later, 0, entry);
    this.#tell(entry);
    this.#startNext();
    return entry.job;
  }

  /** Whether a job of the project of one of these kinds is queued or running. */
  isActive(projectId: string, kinds: readonly JobKind[]): boolean {
    return this.#entries().some(({ job }) => job.projectId === projectId && kinds.includes(job.kind));
  }

  /**
   * Asks the job to end; one that is paused or was interrupted is given up, an ended one stays as it is.
   * Throws `job/not-found`.
   */
  cancel(id: string): Job {
    const entry = this.#entries().find(({ job }) => job.id === id);
    if (entry) this.#abort(entry, 'cancelled');
    const job = this.#known(id);
    if (!isHeld(job)) return job;
    const cancelled = { ...ended(job, { state: 'cancelled' }), error: null };
    this.#keepAndTell(cancelled, null);
    return cancelled;
  }

  /**
   * Asks the job to put its work away, to be resumed later; one that waits stops waiting.
   * Throws `job/not-found`, and `job/conflict` for a job that can only be cancelled or has ended.
   */
  pause(id: string): Job {
    const entry = this.#entries().find(({ job }) => job.id === id);
    if (entry?.request.again !== undefined && (entry.request.pausable || entry.job.state === 'queued')) {
      this.#abort(entry, 'paused');
      return entry.job;
    }
    const job = this.#known(id);
    if (job.state === 'paused') return job;
    throw AppError.of('job/conflict', 'job_not_pausable', {});
  }

  /** Cancels the project's jobs and waits until none of them works any more. */
  async cancelProject(projectId: string): Promise<void> {
    await this.#end(
      this.#entries().filter(({ job }) => job.projectId === projectId),
      'cancelled',
    );
    // The project may go now, and what belongs to none cannot be saved.
    this.#kept.forget(projectId);
  }

  /** Removes ended jobs from the list. */
  clear(): Job[] {
    this.#kept.clearEnded();
    return this.list();
  }

  /** Takes no more jobs; those that can be paused are, the others are interrupted. */
  async close(): Promise<void> {
    this.#closed = true;
    const entries = this.#entries();
    const pausable = ({ request, job }: Entry): boolean =>
      request.pausable === true || job.state === 'queued';
    const paused = entries.filter((entry) => entry.job.resumable && pausable(entry));
    await Promise.all([
      this.#end(paused, 'paused'),
      this.#end(
        entries.filter((entry) => !paused.includes(entry)),
        'interrupted',
      ),
    ]);
    this.#kept.save();
  }

  #entries(): Entry[] {
    return [...this.#running.values(), ...this.#waiting];
  }

  async #end(entries: Entry[], ending: Ending): Promise<void> {
    for (const entry of entries) this.#abort(entry, ending);
    await Promise.all(entries.map((entry) => entry.settled));
  }

  #abort(entry: Entry, ending: Ending): void {
    if (entry.job.state === 'queued') {
      this.#waiting.splice(this.#waiting.indexOf(entry), 1);
      this.#finish(entry, { state: ending });
      entry.settle();
      return;
    }
    const { signal } = entry.controller;
    if (entry.job.state !== 'running' || signal.aborted) return;
    // A pause can still be turned into an end, not the other way round.
    if (ending === 'paused' && entry.pause.signal.aborted) return;
    entry.ending = ending;
    const { graceMs = 10_000, stuckMs = 60_000, onStuck } = this.#options;
    if (entry.grace !== null) clearTimeout(entry.grace);
    entry.grace = setTimeout(() => {
      this.#finish(entry, { state: ending });
      entry.grace = setTimeout(() => onStuck?.(), stuckMs);
    }, graceMs);
    const phase = ending === 'paused' ? m.phases_pausing() : m.phases_cancelling();
    entry.job = { ...entry.job, phase, rate: null, secondsLeft: null };
    this.#tell(entry);
    if (ending === 'paused') entry.pause.abort(new DOMException('The job was paused.', 'AbortError'));
    else entry.controller.abort(new DOMException('The job was cancelled.', 'AbortError'));
  }

  #startNext(): void {
    for (const entry of [...this.#waiting]) {
      const lane = lanes[entry.job.kind];
      if (this.#closed || this.#running.has(lane)) continue;
      this.#waiting.splice(this.#waiting.indexOf(entry), 1);
      this.#running.set(lane, entry);
      entry.job = started(entry.job);
      this.#tell(entry);
      void this.#run(entry, lane);
    }
  }

  async #run(entry: Entry, lane: 'heavy' | 'light'): Promise<void> {
    const { signal } = entry.controller;
    const pause = entry.pause.signal;
    const { clock, startThread, startMaker, learn } = this.#options;
    try {
      const context: TaskContext = {
        ...{ signal, pause, startThread, startMaker, learn, ...(clock && { clock }) },
        onSaved: (saved) => {
          // Told with the next change.
          if (entry.job.state === 'running') entry.job = { ...entry.job, saved };
        },
        report: (update) => {
          this.#report(entry, update);
        },
      };
      const outcome = await entry.request.run(context, entry.job.id);
      this.#finish(entry, { state: 'done', progress: 1, outcome });
    } catch (error) {
      const note = unforeseen(error);
      if (note !== null) this.#options.log?.(`${entry.job.kind}: ${note}`);
      const shape = toErrorShape(error);
      if (signal.aborted || pause.aborted) this.#finish(entry, { state: entry.ending });
      else if (entry.job.saved !== null && isObstacle(shape.code))
        this.#finish(entry, { state: 'paused', error: shape });
      else this.#finish(entry, { state: 'failed', error: shape });
    } finally {
      if (entry.grace !== null) clearTimeout(entry.grace);
      this.#running.delete(lane);
      entry.settle();
      this.#startNext();
    }
  }

  #report(entry: Entry, update: TaskUpdate): void {
    const aborted = entry.controller.signal.aborted || entry.pause.signal.aborted;
    if (entry.job.state !== 'running' || aborted) return;
    const progress = update.progress === undefined ? entry.job.progress : update.progress;
    entry.job = {
      ...entry.job,
      phase: update.phase ?? entry.job.phase,
      rate: update.rate === undefined ? entry.job.rate : update.rate,
      progress,
      secondsLeft: entry.timeLeft.update(progress),
    };
    const { intervalMs = 200 } = this.#options;
    const due = entry.toldAt + intervalMs - performance.now();
    if (due <= 0) this.#tell(entry);
    else
      entry.timer ??= setTimeout(() => {
        this.#tell(entry);
      }, due);
  }

  /** Only the first ending counts: a task that ends after its job was declared cancelled changes nothing. */
  #finish(entry: Entry, end: Pick<Job, 'state'> & Partial<Job>): void {
    if (entry.job.state !== 'queued' && entry.job.state !== 'running') return;
    entry.job = ended(entry.job, end);
    this.#tell(entry);
  }

  #tell(entry: Entry): void {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    entry.toldAt = performance.now();
    this.#keepAndTell(entry.job, entry.request.again ?? null);
  }

  #keepAndTell(job: Job, request: string | null): void {
    this.#kept.keep(job, request);
    this.#options.onChange(job);
  }
}

/** Whether what stood in the way of a job may be gone when it is resumed: its work is kept until then. */
function isObstacle(code: ErrorCode): boolean {
  return /^(source|compute|store)\//.test(code) || code === 'internal';
}
