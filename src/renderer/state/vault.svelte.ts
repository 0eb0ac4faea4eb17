import type { ErrorShape } from '../../shared/errors.ts';
import type { ProtectionChoice, StoreState } from '../../shared/store.ts';
import { errorShapeOf, type Client } from './client.ts';

/**
 * The lock of the store as the window sees it. Passphrases are parameters and forgotten when the call ends; a recovery
 * key is held while it is shown.
 */
export class Vault {
  state = $state.raw<StoreState | null>(null);
  /** Shown until its owner has shown to have written it down. */
  recoveryKey = $state<string | null>(null);
  busy = $state(false);
  error = $state.raw<ErrorShape | null>(null);
  /** Seconds before the next attempt to unlock. */
  wait = $state(0);
  /** Nothing stands between the user and the projects. */
  readonly ready = $derived(
    this.state?.state === 'open' && this.state.recoveryConfirmed && this.recoveryKey === null,
  );
  readonly #client: Client;
  readonly #onReady: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onReady The projects can be read, for the first time or anew. */
  constructor(client: Client, onReady: () => void) {
    this.#client = client;
    this.#onReady = onReady;
    client.on('store.changed', (state) => this.#is(state));
  }

  /** Asks how it stands: at start, and after the engine came back. False when there was no answer. */
  async load(): Promise<boolean> {
    return this.#attempt(async () => this.#is(await this.#client.call('store.state'), false));
  }

  async retry(): Promise<void> {
    await this.#attempt(async () => this.#is(await this.#client.call('store.retry')));
  }

  async create(protection: ProtectionChoice): Promise<boolean> {
    return this.#attempt(async () => {
      this.recoveryKey = (await this.#client.call('store.create', protection)).recoveryKey;
    });
  }

  async unlock(secret: string): Promise<boolean> {
    return this.#attempt(async () => this.#is(await this.#client.call('store.unlock', { secret })));
  }

  async recover(recoveryKey: string, protection: ProtectionChoice): Promise<boolean> {
    return this.#attempt(async () =>
      this.#is(await this.#client.call('store.recover', { recoveryKey, protection })),
    );
  }

  async protect(protection: ProtectionChoice, secret: string | null): Promise<boolean> {
    return this.#attempt(async () =>
      this.#is(await this.#client.call('store.protect', { protection, secret })),
    );
  }

  async newRecoveryKey(secret: string | null): Promise<boolean> {
    return this.#attempt(async () => {
      this.recoveryKey = (await this.#client.call('store.newRecoveryKey', { secret })).recoveryKey;
    });
  }

  async confirmRecoveryKey(lastGroup: string): Promise<boolean> {
    return this.#attempt(async () => {
      const state = await this.#client.call('store.confirmRecoveryKey', { lastGroup });
      this.recoveryKey = null;
      this.#is(state);
    });
  }

  /** Path of the file, or null when the dialog was dismissed or it was not written. */
  async saveRecoveryKey(): Promise<string | null> {
    const { recoveryKey } = this;
    if (recoveryKey === null) return null;
    const target = { suggestedName: 'semblance-recovery-key.txt', format: 'recovery-key' } as const;
    let saved: string | null = null;
    await this.#attempt(async () => {
      const path = await this.#client.call('app.chooseTarget', target);
      if (path === null) return;
      await this.#client.call('store.saveRecoveryKey', { path, recoveryKey });
      saved = path;
    });
    return saved;
  }

  async startOver(): Promise<void> {
    await this.#attempt(async () => this.#is(await this.#client.call('store.startOver')));
  }

  async chooseBackup(): Promise<string | null> {
    let path: string | null = null;
    await this.#attempt(async () => {
      path = await this.#client.call('app.chooseBackup');
    });
    return path;
  }

  /** The folder of the store set aside, '' where there was none; null when nothing was restored. */
  async restore(path: string, secret: string): Promise<string | null> {
    let aside: string | null = null;
    await this.#attempt(async () => {
      const restored = await this.#client.call('store.restore', { path, secret });
      aside = restored.aside ?? '';
      this.recoveryKey = null;
      this.#is(restored.state);
      this.#onReady();
    });
    return aside;
  }

  #is(state: StoreState, tell = true): void {
    const before = this.ready;
    this.state = state;
    this.#count(state.state === 'locked' ? state.waitSeconds : 0);
    if (tell && this.ready && !before) this.#onReady();
  }

  #count(seconds: number): void {
    clearInterval(this.#timer);
    this.wait = seconds;
    if (seconds === 0) return;
    this.#timer = setInterval(() => {
      this.wait = Math.max(0, this.wait - 1);
      if (this.wait === 0) clearInterval(this.#timer);
    }, 1000);
  }

  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    this.error = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.error = errorShapeOf(error);
      // How long to wait, or what is wrong with the store, is in its state.
      const state = await this.#client.call('store.state').catch(() => null);
      if (state !== null) this.#is(state);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
