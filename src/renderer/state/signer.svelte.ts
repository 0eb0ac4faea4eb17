import type { Client } from './client.ts';

/** The key by which this installation signs what it writes, as people compare it. */
export class Signer {
  /** Null until it is known; it is asked for again by every page that shows it, since erasing everything changes it. */
  fingerprint = $state<string | null>(null);
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async load(): Promise<void> {
    try {
      ({ fingerprint: this.fingerprint } = await this.#client.call('exports.signer'));
    } catch {
      // Whatever is in the way shows where something is written.
      this.fingerprint = null;
    }
  }
}
