/** Which jobs are under way that ending the app would hold up. */
import type { MessageBoxOptions } from 'electron';
import { events } from '../shared/contract.ts';
import type { JobKind } from '../shared/jobs.ts';
import { m } from '../shared/messages/messages.js';

/** Jobs that take long; the others are done again in seconds. */
type LongKind = Extract<JobKind, 'train' | 'generate'>;

export class ActiveJobs {
  /** Kind by id. */
  readonly #active = new Map<string, LongKind>();

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

  /** What to ask before the app ends; undefined when nothing would be held up. */
  question(): MessageBoxOptions | undefined {
    const kinds = new Set(this.#active.values());
    if (kinds.size === 0) return undefined;
    const training = kinds.has('train');
    const writing = kinds.has('generate');
    return {
      type: 'warning',
      message: training ? m.shell_training_running() : m.shell_rows_being_written(),
      detail: [
        ...(training ? [m.shell_training_paused()] : []),
        ...(writing ? [m.shell_file_anew()] : []),
      ].join(m.units_sentence_space()),
      buttons: [m.shell_keep_running(), training ? m.shell_pause_and_quit() : m.shell_quit()],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    };
  }
}
