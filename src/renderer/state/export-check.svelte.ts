import type { Output } from '../../shared/contract.ts';
import type { ErrorShape } from '../../shared/errors.ts';
import { errorShapeOf, type Client } from './client.ts';

/** A manifest being checked, or checked: whether the files beside it are as they were written, and by whom. */
export class ExportCheck {
  /** The manifest; null while nothing is checked. */
  path = $state<string | null>(null);
  found = $state.raw<Output<'exports.verify'> | null>(null);
  error = $state.raw<ErrorShape | null>(null);
  busy = $state(false);
  /** Fingerprint the sender has told, as typed. */
  signer = $state('');
  /** The file beside it that is asked about, if it was written here. */
  #written: string | undefined;
  /** Only the answer to the newest question counts. */
  #asked = 0;
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * @param path Of a manifest that was chosen in a dialog, or written here.
   * @param written The file it is to speak of, if that was written here: nobody else's signature will do then.
   */
  async start(path: string, written?: string): Promise<void> {
    this.path = path;
    this.#written = written;
    this.found = null;
    this.signer = '';
    await this.again();
  }

  /** Checks once more, against the fingerprint typed. */
  async again(): Promise<void> {
    const { path } = this;
    if (path === null) return;
    const asked = ++this.#asked;
    const signedBy = this.signer.trim();
    this.busy = true;
    this.error = null;
    try {
      const found = await this.#client.call('exports.verify', {
        path,
        ...(signedBy !== '' && { signedBy }),
        ...(this.#written !== undefined && { written: this.#written }),
      });
      if (asked !== this.#asked) return;
      this.found = found;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.found = null;
      this.error = errorShapeOf(error);
    }
    this.busy = false;
  }

  close(): void {
    this.#asked++;
    this.busy = false;
    this.path = null;
    this.found = null;
    this.error = null;
  }
}
