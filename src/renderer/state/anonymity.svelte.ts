import type { ErrorShape } from '../../shared/errors.ts';
import type { AnonymityReport } from '../../shared/personal.ts';
import { errorShapeOf, type Client } from './client.ts';

/** Milliseconds in which further changes are waited for before anything is measured. */
const patience = 300;

/** How identifiable rows are, measured again whenever what it hangs on changes. */
export class AnonymityFigures {
  report = $state.raw<AnonymityReport | null>(null);
  error = $state.raw<ErrorShape | null>(null);
  measuring = $state(false);
  /** The user has ended the newest measurement: nothing is measured until asked for or changed. */
  stopped = $state(false);
  /** What the newest measurement is of. */
  #of: string | null = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #client: Client;
  readonly #projectId: string;

  constructor(client: Client, projectId: string) {
    this.#client = client;
    this.#projectId = projectId;
  }

  /** Measures soon, unless that has been done of the same. @param of what the figures hang on, as a text */
  want(of: string): void {
    if (of === this.#of) return;
    this.#of = of;
    this.again();
  }

  again(): void {
    clearTimeout(this.#timer);
    this.measuring = true;
    this.stopped = false;
    this.error = null;
    const asked = ++this.#asked;
    this.#timer = setTimeout(() => void this.#measure(asked), patience);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#asked++;
    this.measuring = false;
    this.stopped = true;
    await this.#client.call('data.stopAnonymity', { projectId: this.#projectId });
  }

  async #measure(asked: number): Promise<void> {
    try {
      const report = await this.#client.call('data.anonymity', { projectId: this.#projectId });
      if (asked === this.#asked) this.report = report;
    } catch (error) {
      if (asked === this.#asked) this.error = errorShapeOf(error);
    }
    if (asked === this.#asked) this.measuring = false;
  }
}
