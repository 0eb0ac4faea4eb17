import type { ErrorShape } from '../../shared/errors.ts';
import type { ModelOpener } from '../../shared/output.ts';
import { errorShapeOf, type Client } from './client.ts';

/** An encrypted model that is to be opened, while it is asked what opens it. */
export class SealedModel {
  /** Of the file; null where none is asked about. */
  path = $state<string | null>(null);
  by = $state<ModelOpener['by']>('passphrase');
  passphrase = $state('');
  /** Path of the file of secret keys. */
  keys = $state<string | null>(null);
  error = $state.raw<ErrorShape | null>(null);
  busy = $state(false);
  readonly #client: Client;
  readonly #import: (path: string, opener: ModelOpener) => Promise<void>;
  readonly #opener = $derived.by((): ModelOpener | null => {
    if (this.by === 'passphrase')
      return this.passphrase === '' ? null : { by: 'passphrase', passphrase: this.passphrase };
    return this.keys === null ? null : { by: 'keys', path: this.keys };
  });
  readonly ready = $derived.by(() => this.#opener !== null && !this.busy);

  /** @param importing Makes a project of the model; throws where it does not open. */
  constructor(client: Client, importing: (path: string, opener: ModelOpener) => Promise<void>) {
    this.#client = client;
    this.#import = importing;
  }

  ask(path: string): void {
    this.close();
    this.path = path;
  }

  /** A passphrase does not outlive the question. */
  close(): void {
    this.path = null;
    this.passphrase = '';
    this.keys = null;
    this.error = null;
  }

  async chooseKeys(): Promise<void> {
    await this.#attempt(async () => {
      this.keys = (await this.#client.call('app.chooseKeys')) ?? this.keys;
    });
  }

  async open(): Promise<void> {
    const { path } = this;
    const opener = this.#opener;
    if (path === null || opener === null || this.busy) return;
    this.busy = true;
    await this.#attempt(async () => {
      await this.#import(path, opener);
      this.close();
    });
    this.busy = false;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.error = null;
    } catch (error) {
      this.error = errorShapeOf(error);
    }
  }
}
