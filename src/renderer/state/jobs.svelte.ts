import { SvelteSet } from 'svelte/reactivity';
import { hasEnded, isHeld } from '../../shared/jobs.ts';
import type { Job } from '../../shared/jobs.ts';
import type { Client } from './client.ts';
import { isActive } from './steps.ts';

/** All jobs the engine knows, newest first, kept up to date by its events whatever page is shown. */
export class JobBook {
  #known = $state.raw<Job[]>([]);
  /** Ended jobs about to be cleared: no longer shown, and not gone yet. */
  readonly #hidden = new SvelteSet<string>();
  readonly all = $derived(this.#known.filter(({ id }) => !this.#hidden.has(id)));
  readonly active = $derived(this.all.filter(isActive));
  /** Jobs that have been asked to stop and have not yet. */
  readonly stopping = new SvelteSet<string>();
  /** Jobs that have been asked to pause and have not yet. */
  readonly pausing = new SvelteSet<string>();
  /** Jobs that were found waiting to be resumed: nobody in this window has paused them. */
  readonly left = new SvelteSet<string>();
  /** Those of them that still wait, the oldest first. */
  readonly unfinished = $derived(this.all.filter((job) => isHeld(job) && this.left.has(job.id)).reverse());
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
    client.on('job.changed', (job) => this.put(job));
  }

  async load(): Promise<void> {
    this.#replace(await this.#client.call('jobs.list'));
    for (const job of this.all) if (isHeld(job)) this.left.add(job.id);
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
      this.put(await this.#client.call('jobs.cancel', { jobId: job.id }));
    } catch (error) {
      this.stopping.delete(job.id);
      throw error;
    }
  }

  async pause(job: Job): Promise<void> {
    this.pausing.add(job.id);
    this.left.delete(job.id);
    try {
      this.put(await this.#client.call('jobs.pause', { jobId: job.id }));
    } catch (error) {
      this.pausing.delete(job.id);
      throw error;
    }
  }

  async resume(job: Job): Promise<void> {
    this.left.delete(job.id);
    this.put(await this.#client.call('jobs.resume', { jobId: job.id }));
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

  #replace(jobs: readonly Job[]): void {
    this.#known = [...jobs].sort((a, b) =>
      a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0,
    );
  }
}
