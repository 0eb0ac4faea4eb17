import { SvelteSet } from 'svelte/reactivity';
import { hasEnded, isHeld } from '../../shared/job-state.ts';
import type { Job } from '../../shared/jobs.ts';
import type { Client } from './client.ts';
import { isActive } from './steps.ts';

/** All jobs the engine knows, newest first, kept up to date by its events whatever page is shown. */
export class JobBook {
  #known = $state.raw<Job[]>([]);
  /** Ended jobs about to be cleared: no longer shown, and not gone yet. */
  readonly #hidden = new SvelteSet<string>();
  /** Jobs that wait to be resumed and have been given up: shown as cancelled, and not yet so. */
  readonly #givenUp = new SvelteSet<string>();
  readonly all = $derived(
    this.#known
      .filter(({ id }) => !this.#hidden.has(id))
      .map((job) => (isHeld(job) && this.#givenUp.has(job.id) ? asCancelled(job) : job)),
  );
  readonly active = $derived(this.all.filter(isActive));
  /** Jobs that have been asked to stop and have not yet. */
  readonly stopping = new SvelteSet<string>();
  /** Jobs that have been asked to pause and have not yet. */
  readonly pausing = new SvelteSet<string>();
  /** Jobs that were found waiting to be resumed: nobody in this window has paused them. */
  readonly left = new SvelteSet<string>();
  /** Those of them that still wait, the oldest first. */
  readonly unfinished = $derived(this.all.filter((job) => isHeld(job) && this.left.has(job.id)).reverse());
  /** Jobs paused in this window. */
  readonly #pausedHere = new SvelteSet<string>();
  readonly #client: Client;
  /** Waits for jobs to stop running. */
  #waiting: readonly { id: string; stopped: () => void }[] = [];
  /** How often the engine has told of each job; nothing that is shown. */
  readonly #heard: Record<string, number> = {};

  constructor(client: Client) {
    this.#client = client;
    client.on('job.changed', (job) => {
      this.#heard[job.id] = (this.#heard[job.id] ?? 0) + 1;
      this.put(job);
    });
  }

  async load(): Promise<void> {
    this.#replace(await this.#client.call('jobs.list'));
    for (const job of this.all) if (isHeld(job) && !this.#pausedHere.has(job.id)) this.left.add(job.id);
  }

  /** Adds a job or replaces what was known of it. */
  put(job: Job): void {
    if (!isActive(job)) {
      this.stopping.delete(job.id);
      this.pausing.delete(job.id);
    }
    this.#replace([job, ...this.#known.filter((known) => known.id !== job.id)]);
  }

  of(projectId: string): Job[] {
    return this.all.filter((job) => job.projectId === projectId);
  }

  async cancel(job: Job): Promise<void> {
    this.stopping.add(job.id);
    try {
      await this.#ask(job, 'jobs.cancel');
    } catch (error) {
      this.stopping.delete(job.id);
      throw error;
    }
  }

  /**
   * Stops a job so that it can be had back: it is paused, and shown as cancelled.
   *
   * @returns Whether it waits now. It may have ended of itself.
   */
  async stopForNow(job: Job): Promise<boolean> {
    this.stopping.add(job.id);
    this.giveUp(job);
    const stopped = new Promise<void>((resolve) => {
      this.#waiting = [...this.#waiting, { id: job.id, stopped: resolve }];
    });
    try {
      await this.#ask(job, 'jobs.pause');
      await stopped;
    } catch {
      // It has just ended, or cannot be paused: then it is cancelled, as far as there is anything to cancel.
      this.takeBack(job);
      await this.cancel(job);
      return false;
    }
    return this.waits(job);
  }

  /** Whether a job could be resumed, though it may be shown as cancelled. */
  waits({ id }: Job): boolean {
    return this.#known.some((job) => job.id === id && isHeld(job));
  }

  /** Shows a job that waits as cancelled. */
  giveUp({ id }: Job): void {
    this.#givenUp.add(id);
  }

  /** Shows it as it is. */
  takeBack({ id }: Job): void {
    this.#givenUp.delete(id);
  }

  async pause(job: Job): Promise<void> {
    this.pausing.add(job.id);
    this.left.delete(job.id);
    this.#pausedHere.add(job.id);
    try {
      await this.#ask(job, 'jobs.pause');
    } catch (error) {
      this.pausing.delete(job.id);
      throw error;
    }
  }

  /** @param passphrase For a job that needs one. */
  async resume(job: Job, passphrase?: string): Promise<void> {
    this.left.delete(job.id);
    this.#pausedHere.delete(job.id);
    await this.#ask(job, 'jobs.resume', passphrase);
  }

  async clear(): Promise<void> {
    this.#replace(await this.#client.call('jobs.clear'));
    this.#hidden.clear();
  }

  /** Hides the ended jobs and says how many they were. */
  hideEnded(): number {
    const ended = this.all.filter(hasEnded);
    for (const { id } of ended) this.#hidden.add(id);
    return ended.length;
  }

  showHidden(): void {
    this.#hidden.clear();
  }

  /** An answer may arrive after news that are newer than it: it counts only where there were none. */
  async #ask(
    { id }: Job,
    channel: 'jobs.cancel' | 'jobs.pause' | 'jobs.resume',
    passphrase?: string,
  ): Promise<void> {
    const before = this.#heard[id];
    const job =
      channel === 'jobs.resume' && passphrase !== undefined
        ? await this.#client.call(channel, { jobId: id, passphrase })
        : await this.#client.call(channel, { jobId: id });
    if (this.#heard[id] === before) this.put(job);
  }

  #replace(jobs: readonly Job[]): void {
    this.#known = [...jobs].sort((a, b) =>
      a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0,
    );
    const running = jobs.filter(isActive).map(({ id }) => id);
    const done = this.#waiting.filter(({ id }) => !running.includes(id));
    this.#waiting = this.#waiting.filter(({ id }) => running.includes(id));
    for (const { stopped } of done) stopped();
  }
}

function asCancelled(job: Job): Job {
  return { ...job, state: 'cancelled', resumable: false, saved: null, error: null };
}
