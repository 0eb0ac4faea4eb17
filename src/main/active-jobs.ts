/** Which jobs are under way, as far as ending the app would end them for good. */
import type { MessageBoxOptions } from 'electron';
import { events } from '../shared/contract.ts';
import type { JobKind } from '../shared/jobs.ts';

/** Jobs whose work is lost when they are cut off; the others are done again in seconds. */
type LostKind = Extract<JobKind, 'train' | 'generate'>;

export class ActiveJobs {
  /** Kind by id. */
  readonly #active = new Map<string, LostKind>();

  /** Hears an event of the engine; its payload is not checked yet. */
  hear(event: string, payload: unknown): void {
    if (event !== 'job.changed') return;
    const { data: job } = events[event].safeParse(payload);
    if (job === undefined || (job.kind !== 'train' && job.kind !== 'generate')) return;
    if (job.state === 'queued' || job.state === 'running') this.#active.set(job.id, job.kind);
    else this.#active.delete(job.id);
  }

  /** The engine has died, and every job with it. */
  forget(): void {
    this.#active.clear();
  }

  /** What to ask before the app ends; undefined when nothing would be lost. */
  question(): MessageBoxOptions | undefined {
    const kinds = new Set(this.#active.values());
    if (kinds.size === 0) return undefined;
    const training = kinds.has('train');
    const writing = kinds.has('generate');
    return {
      type: 'warning',
      message: training
        ? 'Training is running. Quit all the same?'
        : 'Synthetic rows are being written. Quit all the same?',
      detail: [
        ...(training
          ? ['A training cannot be resumed: it would start from the beginning. A model made earlier stays.']
          : []),
        ...(writing ? ['A file that is not finished is not kept.'] : []),
      ].join(' '),
      buttons: ['Keep running', 'Quit'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    };
  }
}
