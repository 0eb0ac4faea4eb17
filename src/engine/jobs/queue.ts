import { randomUUID } from 'node:crypto';
import { AppError, toErrorShape } from '../../shared/errors.ts';
import type { Job, JobKind, JobState } from '../../shared/jobs.ts';
import { m } from '../../shared/messages/messages.js';
import type { TaskContext, TaskUpdate } from './task.ts';
import { TimeLeft } from './time-left.ts';
import { unforeseen } from './unforeseen.ts';

/** Where jobs are kept: the store's table of them. */
export interface JobKeeper {
  save(job: Job): void;
  get(id: string): Job | null;
  list(): Job[];
  clearEnded(): void;
}

export interface JobRequest {
  projectId: string;
  kind: JobKind;
  /** Does the work and commits its result; resolves with one line about it. */
  run: (context: TaskContext) => Promise<string>;
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
}

/** Training and generating take the whole machine; looking at a table or writing a model does not wait for them. */
const lanes: Record<JobKind, 'heavy' | 'light'> = {
  train: 'heavy',
  generate: 'heavy',
  profile: 'light',
  export: 'light',
};

interface Entry {
  job: Job;
  request: JobRequest;
  controller: AbortController;
  timeLeft: TimeLeft;
  /** State the job ends in when its signal is aborted. */
  ending: 'cancelled' | 'interrupted';
  /** Pending change, told when the interval is over. */
  timer: NodeJS.Timeout | null;
  toldAt: number;
  grace: NodeJS.Timeout | null;
  settled: Promise<void>;
  settle: () => void;
}

/**
 * Runs jobs one at a time in each lane, in the order they came. Every change is saved before it is told, where it
 * can be saved; changes of a running job are told at most five times a second, its last one always.
 */
export class JobQueue {
  readonly #keeper: JobKeeper;
  readonly #options: QueueOptions;
  readonly #waiting: Entry[] = [];
  /** The entry that holds each lane, from its start until its task has really ended. */
  readonly #running = new Map<'heavy' | 'light', Entry>();
  /** Changes the keeper could not take (a full drive); tried again with every later change. */
  readonly #unsaved = new Map<string, Job>();
  #failing = false;
  #closed = false;

  constructor(keeper: JobKeeper, options: QueueOptions) {
    this.#keeper = keeper;
    this.#options = options;
  }

  list(): Job[] {
    const kept = this.#keeper.list();
    const known = new Set(kept.map(({ id }) => id));
    // In the keeper's order, newest first.
    const missing = [...this.#unsaved.values()].filter(({ id }) => !known.has(id)).reverse();
    return [...missing, ...kept.map((job) => this.#unsaved.get(job.id) ?? job)];
  }

  /** Queues the job and starts it if its lane is free. */
  add(request: JobRequest): Job {
    if (this.#closed) {
      throw AppError.of('engine/stopped', 'closing', {});
    }
    let settle = (): void => undefined;
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const entry: Entry = {
      job: {
        id: randomUUID(),
        projectId: request.projectId,
        kind: request.kind,
        state: 'queued',
        phase: phases.queued,
        progress: null,
        rate: null,
        secondsLeft: null,
        createdAt: new Date().toISOString(),
        startedAt: null,
        finishedAt: null,
        error: null,
        outcome: null,
      },
      request,
      controller: new AbortController(),
      timeLeft: new TimeLeft(),
      ending: 'cancelled',
      timer: null,
      toldAt: 0,
      grace: null,
      settled,
      settle,
    };
    this.#waiting.push(entry);
    this.#tell(entry);
    this.#startNext();
    return entry.job;
  }

  /** Whether a job of the project of one of these kinds is queued or running. */
  isActive(projectId: string, kinds: readonly JobKind[]): boolean {
    return this.#entries().some(({ job }) => job.projectId === projectId && kinds.includes(job.kind));
  }

  /** Asks the job to end; an ended one stays as it is. Throws `job/not-found`. */
  cancel(id: string): Job {
    const entry = this.#entries().find(({ job }) => job.id === id);
    if (entry) this.#abort(entry, 'cancelled');
    const job = entry?.job ?? this.#unsaved.get(id) ?? this.#keeper.get(id);
    if (!job) {
      throw AppError.of('job/not-found', 'job_gone', {});
    }
    return job;
  }

  /** Cancels the project's jobs and waits until none of them works any more. */
  async cancelProject(projectId: string): Promise<void> {
    await this.#end(
      this.#entries().filter(({ job }) => job.projectId === projectId),
      'cancelled',
    );
    // The project may go now, and what belongs to none cannot be saved.
    for (const [id, job] of this.#unsaved) if (job.projectId === projectId) this.#unsaved.delete(id);
  }

  /** Removes ended jobs from the list. */
  clear(): Job[] {
    this.#save();
    this.#keeper.clearEnded();
    return this.list();
  }

  /** Takes no more jobs and ends those there are, as interrupted. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end(this.#entries(), 'interrupted');
    this.#save();
  }

  #entries(): Entry[] {
    return [...this.#running.values(), ...this.#waiting];
  }

  async #end(entries: Entry[], ending: Entry['ending']): Promise<void> {
    for (const entry of entries) this.#abort(entry, ending);
    await Promise.all(entries.map((entry) => entry.settled));
  }

  #abort(entry: Entry, ending: Entry['ending']): void {
    if (entry.job.state === 'queued') {
      this.#waiting.splice(this.#waiting.indexOf(entry), 1);
      this.#finish(entry, { state: ending });
      entry.settle();
      return;
    }
    if (entry.job.state !== 'running' || entry.controller.signal.aborted) return;
    entry.ending = ending;
    const { graceMs = 10_000, stuckMs = 60_000, onStuck } = this.#options;
    entry.grace = setTimeout(() => {
      this.#finish(entry, { state: ending });
      entry.grace = setTimeout(() => onStuck?.(), stuckMs);
    }, graceMs);
    entry.job = { ...entry.job, phase: m.phases_cancelling(), rate: null, secondsLeft: null };
    this.#tell(entry);
    entry.controller.abort(new DOMException('The job was cancelled.', 'AbortError'));
  }

  #startNext(): void {
    for (const entry of [...this.#waiting]) {
      const lane = lanes[entry.job.kind];
      if (this.#closed || this.#running.has(lane)) continue;
      this.#waiting.splice(this.#waiting.indexOf(entry), 1);
      this.#running.set(lane, entry);
      entry.job = {
        ...entry.job,
        state: 'running',
        phase: m.phases_starting(),
        startedAt: new Date().toISOString(),
      };
      this.#tell(entry);
      void this.#run(entry, lane);
    }
  }

  async #run(entry: Entry, lane: 'heavy' | 'light'): Promise<void> {
    const { signal } = entry.controller;
    try {
      const outcome = await entry.request.run({
        signal,
        report: (update) => {
          this.#report(entry, update);
        },
      });
      this.#finish(entry, { state: 'done', progress: 1, outcome });
    } catch (error) {
      const note = unforeseen(error);
      if (note !== null) this.#options.log?.(`${entry.job.kind}: ${note}`);
      if (signal.aborted) this.#finish(entry, { state: entry.ending });
      else this.#finish(entry, { state: 'failed', error: toErrorShape(error) });
    } finally {
      if (entry.grace !== null) clearTimeout(entry.grace);
      this.#running.delete(lane);
      entry.settle();
      this.#startNext();
    }
  }

  #report(entry: Entry, update: TaskUpdate): void {
    if (entry.job.state !== 'running' || entry.controller.signal.aborted) return;
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
    if (hasEnded(entry.job.state)) return;
    entry.job = {
      ...entry.job,
      phase: phases[end.state],
      rate: null,
      secondsLeft: null,
      finishedAt: new Date().toISOString(),
      ...end,
    };
    this.#tell(entry);
  }

  #tell(entry: Entry): void {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    entry.toldAt = performance.now();
    this.#unsaved.set(entry.job.id, entry.job);
    this.#save();
    this.#options.onChange(entry.job);
  }

  /** Saves what is not saved yet. A job goes on where its change cannot be kept: that is no reason to lose its work. */
  #save(): void {
    for (const [id, job] of this.#unsaved) {
      try {
        this.#keeper.save(job);
        this.#unsaved.delete(id);
      } catch (error) {
        // Once while it lasts: changes come five times a second.
        if (!this.#failing)
          this.#options.log?.(`a job could not be saved: ${unforeseen(error) ?? 'refused'}`);
        this.#failing = true;
      }
    }
    if (this.#unsaved.size === 0) this.#failing = false;
  }
}

const phases: Record<JobState, string> = {
  queued: m.phases_waiting(),
  running: m.phases_running(),
  done: m.phases_done(),
  failed: m.phases_failed(),
  cancelled: m.phases_cancelled(),
  interrupted: m.phases_interrupted(),
};

function hasEnded(state: JobState): boolean {
  return state !== 'queued' && state !== 'running';
}
