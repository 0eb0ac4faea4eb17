import type { ErrorShape } from '../../shared/errors.ts';
import type { PreviewPage } from '../../shared/table.ts';
import { errorShapeOf, type Client } from './client.ts';

/** A few rows of the trained model, to look at. */
export class SampleRows {
  page = $state.raw<PreviewPage | null>(null);
  error = $state.raw<ErrorShape | null>(null);
  loading = $state(false);
  #seed = 0;
  readonly #client: Client;
  readonly #projectId: string;

  constructor(client: Client, projectId: string) {
    this.#client = client;
    this.#projectId = projectId;
  }

  /** Makes rows unless there are some. */
  async ensure(): Promise<void> {
    if (this.page === null && !this.loading && this.error === null) await this.draw();
  }

  /** Makes other rows. */
  async draw(): Promise<void> {
    this.loading = true;
    try {
      this.#seed += 1;
      this.page = await this.#client.call('model.sample', {
        projectId: this.#projectId,
        rows: 20,
        seed: this.#seed,
      });
      this.error = null;
    } catch (error) {
      this.error = errorShapeOf(error);
    }
    this.loading = false;
  }

  /** The model has changed: what was drawn is no longer its own. */
  forget(): void {
    this.page = null;
    this.error = null;
  }
}
