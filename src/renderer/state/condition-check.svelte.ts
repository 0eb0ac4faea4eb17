import type { ErrorShape } from '../../shared/errors.ts';
import { errorShapeOf, type Client } from './client.ts';

/** What the engine says of the condition being written: how rare it is, or what is wrong with it. */
export class ConditionCheck {
  forecast = $state.raw<{ share: number; rowsPerSecond: number } | null>(null);
  error = $state.raw<ErrorShape | null>(null);
  checking = $state(false);
  /** Only the answer to the newest question counts. */
  #asked = 0;
  readonly #client: Client;
  readonly #projectId: string;

  constructor(client: Client, projectId: string) {
    this.#client = client;
    this.#projectId = projectId;
  }

  async check(text: string): Promise<void> {
    const asked = ++this.#asked;
    const where = text.trim();
    this.error = null;
    this.forecast = null;
    this.checking = where !== '';
    if (where === '') return;
    try {
      const forecast = await this.#client.call('model.forecast', { projectId: this.#projectId, where });
      if (asked === this.#asked) this.forecast = forecast;
    } catch (error) {
      if (asked === this.#asked) this.error = errorShapeOf(error);
    }
    if (asked === this.#asked) this.checking = false;
  }
}
