import type { Job } from '../../shared/jobs.ts';
import { m } from '../../shared/messages/messages.js';
import { jobWord } from '../words/jobs.ts';
import type { Deferred } from './deferred.svelte.ts';
import type { JobBook } from './jobs.svelte.ts';

interface JobActionsParts {
  /** Does it and shows what went wrong; false where something did. */
  attempt: (work: () => Promise<unknown>) => Promise<boolean>;
  nameOf: (projectId: string) => string;
}

/** What the user does with jobs. What would be lost by it can be had back for a while. */
export class JobActions {
  /** A paused or interrupted job of which it is asked whether to discard it. */
  discarding = $state.raw<Job | null>(null);
  /** A job to be resumed that needs its passphrase again. */
  resuming = $state.raw<Job | null>(null);
  readonly #book: JobBook;
  readonly #deferred: Deferred;
  readonly #parts: JobActionsParts;

  constructor(book: JobBook, deferred: Deferred, parts: JobActionsParts) {
    this.#book = book;
    this.#deferred = deferred;
    this.#parts = parts;
  }

  /** Cancels a job. A training can be had back for a while, as far as it had come. */
  async cancel(job: Job): Promise<void> {
    if (job.kind !== 'train' || job.state !== 'running' || !job.resumable) {
      await this.#parts.attempt(() => this.#book.cancel(job));
      return;
    }
    await this.#parts.attempt(async () => {
      if (!(await this.#book.stopForNow(job))) return;
      this.#offerBack(job, 'running', () =>
        m.jobs_cancelled_notice({ project: this.#parts.nameOf(job.projectId) }),
      );
    });
  }

  /** Lets a job that waits be had back for a while, and gives it up for good then. */
  #offerBack(job: Job, then: 'running' | 'held', text: () => string): void {
    this.#deferred.offer({
      text,
      undo: () => {
        this.#book.takeBack(job);
        if (then === 'running' && this.#book.waits(job)) void this.resume(job);
      },
      commit: async () => {
        if (this.#book.waits(job)) await this.#parts.attempt(() => this.#book.cancel(job));
        this.#book.takeBack(job);
      },
    });
  }

  async pause(job: Job): Promise<void> {
    await this.#parts.attempt(() => this.#book.pause(job));
  }

  /** @param passphrase For a job that needs one; without it, it is asked for. */
  async resume(job: Job, passphrase?: string): Promise<boolean> {
    if (job.needs === 'passphrase' && passphrase === undefined) {
      this.resuming = job;
      return false;
    }
    return this.#parts.attempt(() => this.#book.resume(job, passphrase));
  }

  /** Gives a paused or interrupted job up; asks first where something learned would be lost. For a while it can be had back. */
  discard(job: Job): void {
    if (job.saved !== null && this.discarding?.id !== job.id) {
      this.discarding = job;
      return;
    }
    this.discarding = null;
    this.#book.giveUp(job);
    const project = () => this.#parts.nameOf(job.projectId);
    this.#offerBack(job, 'held', () => m.jobs_given_up({ job: jobWord(job.kind), project: project() }));
  }

  /** Clears the ended jobs from the list; for a while they can be had back. */
  clear(): void {
    const hidden = this.#book.hideEnded();
    this.#deferred.offer({
      text: () => m.app_jobs_cleared({ count: hidden }),
      undo: () => this.#book.showHidden(),
      commit: async () => {
        await this.#parts.attempt(() => this.#book.clear());
      },
    });
  }
}
