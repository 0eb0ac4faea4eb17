import { SvelteSet } from 'svelte/reactivity';
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
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
    client.on('job.changed', (job) => this.put(job));
  }

  async load(): Promise<void> {
    this.#replace(await this.#client.call('jobs.list'));
  }

  /** Adds a job or replaces what was known of it. */
  put(job: Job): void {
    if (!isActive(job)) this.stopping.delete(job.id);
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

  async clear(): Promise<void> {
    this.#replace(await this.#client.call('jobs.clear'));
    this.#hidden.clear();
  }

  /** Hides the ended jobs and says how many they were. */
  hideEnded(): number {
    const ended = this.all.filter((job) => !isActive(job));
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
