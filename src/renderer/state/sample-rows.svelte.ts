import type { ErrorShape } from '../../shared/errors.ts';
import type { PreviewPage } from '../../shared/table.ts';
import { errorShapeOf, type Client } from './client.ts';

/** A few rows of the trained model, to look at. */
export class SampleRows {
  page = $state.raw<PreviewPage | null>(null);
  error = $state.raw<ErrorShape | null>(null);
  loading = $state(false);
  #seed = 0;
  /** Rows asked for before the model changed are the old model's. */
  #generation = 0;
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
    const generation = this.#generation;
    this.loading = true;
    try {
      this.#seed += 1;
      const page = await this.#client.call('model.sample', {
        projectId: this.#projectId,
        rows: 20,
        seed: this.#seed,
      });
      if (generation !== this.#generation) return;
      this.page = page;
      this.error = null;
    } catch (error) {
      if (generation !== this.#generation) return;
      this.error = errorShapeOf(error);
    }
    this.loading = false;
  }

  /** The model has changed: what was drawn is no longer its own. */
  forget(): void {
    this.#generation += 1;
    this.loading = false;
    this.page = null;
    this.error = null;
  }
}
