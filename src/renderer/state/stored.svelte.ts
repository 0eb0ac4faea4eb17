import type { ErrorShape } from '../../shared/errors.ts';
import type { EraseChoice, StoreContent } from '../../shared/store.ts';
import { errorShapeOf, type Client } from './client.ts';

/** What is stored on this machine, for its page. */
export class Stored {
  content = $state.raw<StoreContent | null>(null);
  busy = $state(false);
  error = $state.raw<ErrorShape | null>(null);
  /** A backup that has just been written. */
  backup = $state.raw<{ path: string; bytes: number } | null>(null);
  /** Something has just been erased. */
  erased = $state(false);
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async load(): Promise<void> {
    await this.#attempt(async () => {
      this.content = await this.#client.call('store.list');
    });
  }

  /** True when it has been erased. */
  async erase(choice: EraseChoice): Promise<boolean> {
    this.backup = null;
    this.erased = await this.#attempt(async () => {
      this.content = await this.#client.call('store.erase', choice);
    });
    return this.erased;
  }

  /** @param day For the name it is offered, as 2026-01-31. */
  async saveBackup(day: string): Promise<void> {
    this.erased = false;
    await this.#attempt(async () => {
      const suggestedName = `semblance-${day}.semblance-backup`;
      const path = await this.#client.call('app.chooseTarget', { suggestedName, format: 'backup' });
      if (path === null) return;
      const { bytes } = await this.#client.call('store.backup', { path });
      this.backup = { path, bytes };
    });
  }

  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    this.error = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.error = errorShapeOf(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
