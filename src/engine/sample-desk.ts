/** A few generated rows to look at. The model looked at last stays open for a while, since opening takes the longest. */
import { AppError } from '../shared/errors.ts';
import type { PreviewPage } from '../shared/table.ts';
import type { RowsOfModel } from './jobs/sample-rows.ts';
import { openRowHashes } from './jobs/row-hash-blob.ts';
import type { Store } from './store/open.ts';
import { openModel } from './synthesis/tables/model-file.ts';

/** Milliseconds after which a model nobody looks at is closed. */
const keptOpen = 60_000;

interface Opened {
  readonly projectId: string;
  /** When the model was made, which tells it from those before and after it. */
  readonly made: string;
  readonly rows: Promise<RowsOfModel>;
}

export class SampleDesk {
  readonly #store: Store;
  #opened: Opened | undefined;
  #closing: NodeJS.Timeout | undefined;
  /** One after another: a model draws one sample at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Throws `model/invalid` where there is no model, and what the store throws of a project that is not there. */
  draw(projectId: string, rows: number, seed: number): Promise<PreviewPage> {
    const drawn = this.#last.then(async () => {
      const opened = await this.#open(projectId);
      const page = await opened.draw(rows, seed);
      this.#closing?.refresh();
      return { offset: 0, total: rows, ...page };
    });
    this.#last = drawn.catch(() => undefined);
    return drawn;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#shut();
  }

  async #open(projectId: string): Promise<RowsOfModel> {
    const { projects, models } = this.#store;
    projects.get(projectId);
    const made = models.made(projectId);
    if (made === null) throw AppError.of('model/invalid', 'no_model_yet', {});
    if (this.#opened?.projectId === projectId && this.#opened.made === made) return this.#opened.rows;
    await this.#shut();
    const stored = models.get(projectId);
    if (!stored) throw AppError.of('model/invalid', 'no_model_yet', {});
    const { openRows } = await import('./jobs/sample-rows.ts');
    const avoid = stored.rowHashes === null ? undefined : openRowHashes(stored.rowHashes);
    const rows = openRows(openModel(stored.file).model, { avoid });
    this.#opened = { projectId, made, rows };
    this.#closing = setTimeout(() => void this.close(), keptOpen).unref();
    return rows;
  }

  async #shut(): Promise<void> {
    clearTimeout(this.#closing);
    const opened = this.#opened;
    this.#opened = undefined;
    // One that could not be opened has told whoever wanted it.
    await opened?.rows.then((rows) => rows.dispose()).catch(() => undefined);
  }
}
