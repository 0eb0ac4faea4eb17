/** The devices of this machine, for the window and for its trainings. */
import { AppError } from '../shared/errors.ts';
import type { DeviceChoice, DeviceView } from '../shared/devices.ts';
import type { TrialProcess } from './compute/devices/probe.ts';
import type { DeviceDesk } from './jobs/devices.ts';
import type { DeviceRow } from './store/devices.ts';

/** Where what is remembered of devices is kept. */
type Remembered = Pick<DeviceRow, 'read' | 'write'>;

export class DevicePage {
  readonly #remembered: Remembered;
  readonly #startTrial: (() => TrialProcess) | undefined;
  #desk: Promise<DeviceDesk> | undefined;
  #testing: { stop: AbortController; view: Promise<DeviceView> } | undefined;

  constructor(remembered: Remembered, startTrial: (() => TrialProcess) | undefined) {
    this.#remembered = remembered;
    this.#startTrial = startTrial;
  }

  /** Undefined where no process can be started to try a device in. */
  desk(): Promise<DeviceDesk> | undefined {
    const startTrial = this.#startTrial;
    if (!startTrial) return undefined;
    this.#desk ??= this.#open(startTrial).catch((error: unknown) => {
      // The next who asks tries again.
      this.#desk = undefined;
      throw error;
    });
    return this.#desk;
  }

  async view(): Promise<DeviceView> {
    const desk = await this.desk();
    if (!desk) return { found: [], absent: [], wanted: 'auto', tested: null };
    const { devices, absent } = desk.found();
    return { found: [...devices], absent: [...absent], wanted: desk.wanted, tested: desk.tested };
  }

  async choose(wanted: DeviceChoice): Promise<DeviceView> {
    (await this.desk())?.want(wanted);
    return this.view();
  }

  /** Tries every device; a second call joins the first. Throws `job/cancelled`. */
  test(): Promise<DeviceView> {
    if (!this.#testing) {
      const stop = new AbortController();
      const view = this.#test(stop.signal).finally(() => {
        this.#testing = undefined;
      });
      this.#testing = { stop, view };
    }
    return this.#testing.view;
  }

  stopTest(): void {
    this.#testing?.stop.abort(AppError.of('job/cancelled', 'device_test_stopped', {}));
  }

  async #test(signal: AbortSignal): Promise<DeviceView> {
    const desk = await this.desk();
    if (desk) {
      // The tensor library takes a second to load: not at the start of the app.
      const { referenceTrial } = await import('./synthesis/tables/reference-trial.ts');
      const { trial, model } = await referenceTrial();
      await desk.test(trial, model, signal);
    }
    return this.view();
  }

  async #open(startTrial: () => TrialProcess): Promise<DeviceDesk> {
    const { DeviceDesk, noRecord } = await import('./jobs/devices.ts');
    const remembered = this.#remembered;
    return new DeviceDesk({
      startTrial,
      memo: {
        read: () => remembered.read() ?? noRecord,
        write: (record) => {
          remembered.write(record);
        },
      },
    });
  }
}
