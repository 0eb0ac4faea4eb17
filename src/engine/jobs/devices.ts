/** Chooses the device for a training: tries those found where that has not been done, and remembers what came of it. */
import type { DeviceName } from '../../shared/device-names.ts';
import type {
  DeviceChoice,
  DeviceRecord,
  DeviceReason,
  DeviceReport,
  FoundDevice,
} from '../../shared/devices.ts';
import { findDevices } from '../compute/devices/find.ts';
import type { FoundDevices } from '../compute/devices/find.ts';
import { probeDevices } from '../compute/devices/probe.ts';
import type { TrialProcess } from '../compute/devices/probe.ts';
import type { Trial } from '../compute/devices/trial.ts';
import type { Devices } from '../synthesis/tables/train.ts';

export const noRecord: DeviceRecord = {
  wanted: 'auto',
  reports: [],
  tested: null,
  setAside: [],
  running: null,
};

/** Where the record is kept. */
export interface DeviceMemo {
  read(): DeviceRecord;
  write(record: DeviceRecord): void;
}

/** For those who keep nothing. */
export function shortMemory(wanted: DeviceChoice = 'auto'): DeviceMemo {
  let record: DeviceRecord = { ...noRecord, wanted };
  return {
    read: () => record,
    write: (next) => {
      record = next;
    },
  };
}

export interface DeskOptions {
  readonly memo: DeviceMemo;
  readonly startTrial: () => TrialProcess;
  readonly find?: () => FoundDevices;
}

/** Reports kept: one for each size of model. */
const reportsKept = 20;

/** The one place that knows which device to take. */
export class DeviceDesk {
  readonly #memo: DeviceMemo;
  readonly #startTrial: () => TrialProcess;
  readonly #find: () => FoundDevices;
  /** What could not be kept: it holds until the program ends. */
  #unkept: DeviceRecord | null = null;

  constructor({ memo, startTrial, find = findDevices }: DeskOptions) {
    this.#memo = memo;
    this.#startTrial = startTrial;
    this.#find = find;
    this.#heedCrash();
  }

  get wanted(): DeviceChoice {
    return this.#record().wanted;
  }

  found(): FoundDevices {
    return this.#find();
  }

  /** What the Devices page last found, unless devices or drivers are others now. */
  get tested(): DeviceReport | null {
    const { tested } = this.#record();
    return tested?.fingerprint === this.#find().fingerprint ? tested : null;
  }

  /** Throws as the memo does where the choice cannot be kept; the one before then holds. */
  want(wanted: DeviceChoice): void {
    // Who asks for a device by its name gives it another chance.
    const record = this.#record();
    this.#memo.write({
      ...record,
      wanted,
      // Nor is it judged by what was decided while it was set aside.
      reports: record.reports.filter(
        ({ devices }) => !devices.some(({ name, state }) => name === wanted && state === 'set-aside'),
      ),
      setAside: record.setAside.filter(({ name }) => name !== wanted),
    });
    this.#unkept = null;
  }

  /** Tries every device found with this model, whatever is remembered, and keeps that for the Devices page. */
  async test(
    trial: Trial,
    model: DeviceReport['model'],
    signal?: AbortSignal,
    onDevice?: (device: FoundDevice) => void,
  ): Promise<DeviceReport> {
    const record = this.#record();
    const report = await this.#probe(trial, model, { signal, onDevice, setAside: new Map() });
    this.#keep({ ...record, ...this.#record(), tested: report, setAside: [], reports: [] });
    return report;
  }

  /** The devices for one training. */
  forTraining(
    signal?: AbortSignal,
    onDevice?: (device: FoundDevice) => void,
  ): Devices & { done: () => void } {
    return {
      choose: async (trial, model) => {
        const report = await this.#choose(trial, model, signal, onDevice);
        const { chosen: name, fingerprint } = report;
        if (name !== 'cpu') this.#keep({ ...this.#record(), running: { name, fingerprint } });
        return report;
      },
      failed: (device) => {
        this.#setAside(device, this.#find().fingerprint, { kind: 'failed-training' });
      },
      done: () => {
        if (this.#record().running) this.#keep({ ...this.#record(), running: null });
      },
    };
  }

  async #choose(
    trial: () => Promise<Trial>,
    model: DeviceReport['model'],
    signal: AbortSignal | undefined,
    onDevice: ((device: FoundDevice) => void) | undefined,
  ): Promise<DeviceReport> {
    const { devices, fingerprint } = this.#find();
    const { wanted, reports, setAside } = this.#record();
    const aside = new Map(
      setAside.filter((entry) => entry.fingerprint === fingerprint).map(({ name, reason }) => [name, reason]),
    );
    const [cpu] = devices;
    // Whoever wants the CPU may have a driver that must not be started.
    if (cpu && (devices.length === 1 || wanted === 'cpu')) return untried(cpu, devices, fingerprint, model);
    const known = reports.find(
      (report) =>
        report.fingerprint === fingerprint &&
        report.model.parameters === model.parameters &&
        report.model.rows === model.rows &&
        (wanted === 'auto' ? !report.devices.some(wantedByName) : report.chosen === wanted) &&
        !aside.has(report.chosen),
    );
    if (known) return known;
    const report = await this.#probe(await trial(), model, { signal, onDevice, setAside: aside });
    const others = this.#record().reports.filter((other) => other.fingerprint === fingerprint);
    this.#keep({ ...this.#record(), reports: [...others, report].slice(-reportsKept) });
    return report;
  }

  #probe(
    trial: Trial,
    model: DeviceReport['model'],
    options: {
      signal: AbortSignal | undefined;
      onDevice: ((device: FoundDevice) => void) | undefined;
      setAside: ReadonlyMap<DeviceName, DeviceReason>;
    },
  ): Promise<DeviceReport> {
    const { devices: found, fingerprint } = this.#find();
    const { signal, onDevice, setAside } = options;
    return probeDevices(trial, {
      ...{ found, fingerprint, start: this.#startTrial, model, wanted: this.wanted, setAside, signal },
      ...(onDevice && { onDevice }),
    });
  }

  #record(): DeviceRecord {
    return this.#unkept ?? this.#memo.read();
  }

  /** A full drive is no reason to end a training, or to show no devices: what was found can be found again. */
  #keep(record: DeviceRecord): void {
    try {
      this.#memo.write(record);
      this.#unkept = null;
    } catch {
      this.#unkept = record;
    }
  }

  #setAside(name: DeviceName, fingerprint: string, reason: DeviceReason): void {
    const record = this.#record();
    const others = record.setAside.filter((entry) => entry.name !== name);
    this.#keep({
      ...record,
      running: null,
      setAside: [...others, { name, fingerprint, reason }],
      reports: record.reports.filter(({ chosen }) => chosen !== name),
    });
  }

  /** A training that was running on a device when the engine ended has most likely been ended by it. */
  #heedCrash(): void {
    const { running } = this.#record();
    if (running) this.#setAside(running.name, running.fingerprint, { kind: 'ended-engine' });
  }
}

function wantedByName({ reason }: { reason: DeviceReason }): boolean {
  return reason.kind === 'wanted' || reason.kind === 'not-wanted';
}

/** The CPU without anything having been tried: it is the only device, or the one that is wanted. */
function untried(
  cpu: FoundDevice,
  devices: readonly FoundDevice[],
  fingerprint: string,
  model: DeviceReport['model'],
): DeviceReport {
  const measured = { milliseconds: null, loading: null, deviation: null };
  const others = devices.filter((device) => device !== cpu);
  return {
    ...{ at: new Date().toISOString(), fingerprint, model, chosen: 'cpu' },
    devices: [
      { ...cpu, state: 'chosen', reason: { kind: others.length === 0 ? 'alone' : 'wanted' }, ...measured },
      ...others.map((device) => ({
        ...device,
        ...{ state: 'set-aside' as const, reason: { kind: 'not-wanted' as const }, ...measured },
      })),
    ],
  };
}
