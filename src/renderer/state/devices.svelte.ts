import type { DeviceChoice, DeviceView } from '../../shared/devices.ts';
import type { ErrorShape } from '../../shared/errors.ts';
import { errorShapeOf, type Client } from './client.ts';

/** What this machine can compute on, for its page. */
export class Devices {
  view = $state.raw<DeviceView | null>(null);
  testing = $state(false);
  error = $state.raw<ErrorShape | null>(null);
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async load(): Promise<void> {
    await this.#attempt(() => this.#client.call('devices.list'));
  }

  async choose(wanted: DeviceChoice): Promise<void> {
    await this.#attempt(() => this.#client.call('devices.choose', { wanted }));
  }

  async test(): Promise<void> {
    this.testing = true;
    await this.#attempt(() => this.#client.call('devices.test'));
    this.testing = false;
  }

  async stopTest(): Promise<void> {
    await this.#client.call('devices.stopTest').catch(() => undefined);
  }

  async #attempt(ask: () => Promise<DeviceView>): Promise<void> {
    this.error = null;
    try {
      this.view = await ask();
    } catch (error) {
      const shape = errorShapeOf(error);
      // What the user has stopped is no error.
      if (shape.code !== 'job/cancelled') this.error = shape;
    }
  }
}
