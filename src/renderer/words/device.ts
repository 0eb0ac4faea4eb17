import { rounded } from '../../shared/device-words.ts';
import type { TriedDevice } from '../../shared/devices.ts';
import { m } from '../../shared/messages/messages.js';

/** What a card says of the device a model was trained on, which is in English. Names of models stay as they are. */
export function deviceWords(device: string): string {
  const [, model, threads] = /^CPU, (.+), (\d+) threads?$/.exec(device) ?? [];
  if (model === undefined || threads === undefined) return device;
  return m.units_cpu({
    model: model === m.units_cpu_unknown({}, { locale: 'en' }) ? m.units_cpu_unknown() : model,
    threads: m.units_threads({ count: Number(threads) }),
  });
}

/** How long a step took on a device. Null for one that has not been tried; one that failed has not come to a step. */
export function stepWords(tried: Pick<TriedDevice, 'milliseconds'> | null): string {
  if (tried === null) return m.devices_not_tried();
  if (tried.milliseconds === null) return m.devices_no_step();
  return m.devices_milliseconds({ milliseconds: rounded(tried.milliseconds) });
}
