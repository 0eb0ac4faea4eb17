import type { Input } from '../../shared/contract.ts';
import type { ErrorShape } from '../../shared/errors.ts';
import type { ExportPlan } from '../../shared/export-plan.ts';
import { errorShapeOf, type Client } from './client.ts';

/** What the engine says would be written, kept up with what is chosen. Nothing is written for it. */
export class PlanAhead {
  plan = $state.raw<ExportPlan | null>(null);
  error = $state.raw<ErrorShape | null>(null);
  working = $state(false);
  /** Only the answer to the newest question counts. */
  #asked = 0;
  #last = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #client: Client;
  readonly #wait: number;

  /** @param wait Milliseconds of rest before the engine is asked. */
  constructor(client: Client, wait = 400) {
    this.#client = client;
    this.#wait = wait;
  }

  /** Asks soon, once nothing has changed for a while. Null where what is chosen is not complete. */
  follow(input: Input<'exports.plan'> | null): void {
    const key = JSON.stringify(input);
    if (key === this.#last) return;
    this.#last = key;
    const asked = ++this.#asked;
    clearTimeout(this.#timer);
    this.working = input !== null;
    if (input === null) {
      this.plan = null;
      this.error = null;
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(input, asked), this.#wait);
  }

  /** What has been said holds no longer: the next `follow` asks again. */
  forget(): void {
    this.#last = '';
    this.follow(null);
    this.#last = '';
  }

  async #ask(input: Input<'exports.plan'>, asked: number): Promise<void> {
    try {
      const plan = await this.#client.call('exports.plan', input);
      if (asked !== this.#asked) return;
      this.plan = plan;
      this.error = null;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.plan = null;
      this.error = errorShapeOf(error);
    }
    this.working = false;
  }
}
