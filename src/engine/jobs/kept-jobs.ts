import type { Job } from '../../shared/jobs.ts';
import { unforeseen } from './unforeseen.ts';

/** Where jobs are kept: the store's table of them. */
export interface JobKeeper {
  /** `request`: what it takes to run the job once more, kept from the first save on. */
  save(job: Job, request: string | null): void;
  get(id: string): Job | null;
  list(): Job[];
  clearEnded(): void;
}

/** Jobs as they are kept, and those whose last change the keeper could not take, as on a full drive. */
export class KeptJobs {
  readonly #keeper: JobKeeper;
  readonly #log: ((text: string) => void) | undefined;
  /** Tried again with every later change. */
  readonly #unsaved = new Map<string, { job: Job; request: string | null }>();
  #failing = false;

  /** @param log Told of errors, without any value of the data. */
  constructor(keeper: JobKeeper, log?: (text: string) => void) {
    this.#keeper = keeper;
    this.#log = log;
  }

  /** In the keeper's order, newest first. */
  list(): Job[] {
    const kept = this.#keeper.list();
    const known = new Set(kept.map(({ id }) => id));
    const missing = [...this.#unsaved.values()].map(({ job }) => job).filter(({ id }) => !known.has(id));
    return [...missing.reverse(), ...kept.map((job) => this.#unsaved.get(job.id)?.job ?? job)];
  }

  get(id: string): Job | null {
    return this.#unsaved.get(id)?.job ?? this.#keeper.get(id);
  }

  keep(job: Job, request: string | null): void {
    this.#unsaved.set(job.id, { job, request });
    this.save();
  }

  /** Saves what is not saved yet. A job goes on where its change cannot be kept: that is no reason to lose its work. */
  save(): void {
    for (const [id, { job, request }] of this.#unsaved) {
      try {
        this.#keeper.save(job, request);
        this.#unsaved.delete(id);
      } catch (error) {
        // Once while it lasts: changes come five times a second.
        if (!this.#failing) this.#log?.(`a job could not be saved: ${unforeseen(error) ?? 'refused'}`);
        this.#failing = true;
      }
    }
    if (this.#unsaved.size === 0) this.#failing = false;
  }

  clearEnded(): void {
    this.save();
    this.#keeper.clearEnded();
  }

  /** The project is gone, and what belongs to none cannot be saved. */
  forget(projectId: string): void {
    for (const [id, { job }] of this.#unsaved) if (job.projectId === projectId) this.#unsaved.delete(id);
  }
}
