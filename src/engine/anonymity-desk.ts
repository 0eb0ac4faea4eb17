/** Figures like k-anonymity for the window: measured anew whenever a treatment changes, one at a time for a project. */
import { AppError } from '../shared/errors.ts';
import type { AnonymityReport } from '../shared/personal.ts';
import { anonymityAfter, anonymityBefore, anonymityColumns, type AnonymityBefore } from './jobs/anonymity.ts';
import type { SourceShelf } from './jobs/source-shelf.ts';
import { requirePresent, sourcePathOf } from './project-view.ts';
import type { Store } from './store/open.ts';

interface Measured {
  /** What the figures are of: the state of the source and the columns chosen. */
  of: string;
  measured: AnonymityBefore;
}

export interface AnonymityDeskParts {
  store: Store;
  shelf: SourceShelf;
  resources: string;
}

export class AnonymityDesk {
  readonly #parts: AnonymityDeskParts;
  readonly #running = new Map<string, AbortController>();
  /** How rows were before any treatment does not change with it. */
  readonly #before = new Map<string, Measured>();

  constructor(parts: AnonymityDeskParts) {
    this.#parts = parts;
  }

  /**
   * By the columns the project says others may know. A measurement that goes on for the project is ended: its caller
   * gets `job/cancelled`. Throws `job/conflict` for a table not read yet, `source/…`.
   */
  async measure(projectId: string): Promise<AnonymityReport> {
    const { store, shelf, resources } = this.#parts;
    const row = store.projects.get(projectId);
    const { profile, columns: choices } = row;
    if (profile === null) throw AppError.of('job/conflict', 'not_read_yet', {});
    this.stop(projectId);
    const controller = new AbortController();
    this.#running.set(projectId, controller);
    const { signal } = controller;
    try {
      await requirePresent(row, resources);
      const { quasi, sensitive } = anonymityColumns(profile, choices);
      const of = JSON.stringify([row.sourceBytes, row.sourceModified, quasi, sensitive]);
      return await shelf.use(sourcePathOf(row, resources), async (source) => {
        const params = { source, profile, choices, quasi, sensitive };
        const known = this.#before.get(projectId);
        const measured = known?.of === of ? known.measured : await anonymityBefore(params, signal);
        this.#before.set(projectId, { of, measured });
        return anonymityAfter(params, measured, signal);
      });
    } finally {
      if (this.#running.get(projectId) === controller) this.#running.delete(projectId);
    }
  }

  /** Ends what is being measured for a project, if anything is. */
  stop(projectId: string): void {
    this.#running.get(projectId)?.abort(new DOMException('The measurement was cancelled.', 'AbortError'));
    this.#running.delete(projectId);
  }

  forget(projectId: string): void {
    this.stop(projectId);
    this.#before.delete(projectId);
  }

  close(): void {
    for (const projectId of [...this.#running.keys()]) this.stop(projectId);
  }
}
