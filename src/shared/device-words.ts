import type { DeviceName } from './device-names.ts';
import type { AbsentDevice, DeviceReason } from './devices.ts';
import type { Locale } from './language.ts';
import { m } from './messages/messages.js';

/** A device in words: how it is reached. */
export function deviceInWords(name: DeviceName, locale?: Locale): string {
  const options = locale && { locale };
  switch (name) {
    case 'cpu':
      return m.devices_way_cpu({}, options);
    case 'webgpu':
      return m.devices_way_webgpu({}, options);
    case 'dml':
      return m.devices_way_dml({}, options);
    case 'cuda':
      return m.devices_way_cuda({}, options);
    case 'tensorflow':
      return m.devices_way_tensorflow({}, options);
  }
}

/** Why a device is not here, and what would bring it here. */
export function absenceInWords({ reason }: AbsentDevice, locale?: Locale): string {
  switch (reason) {
    case 'not-installed':
      return m.devices_absent_not_installed({}, locale && { locale });
  }
}

/** Why a device was chosen or set aside, in one sentence. In the language of the process unless given. */
export function reasonInWords(reason: DeviceReason, locale?: Locale): string {
  const options = locale && { locale };
  switch (reason.kind) {
    case 'fastest':
      return m.devices_reason_fastest({}, options);
    case 'alone':
      return m.devices_reason_alone({}, options);
    case 'wanted':
      return m.devices_reason_wanted({}, options);
    case 'not-wanted':
      return m.devices_reason_not_wanted({}, options);
    case 'no-gain':
      return m.devices_reason_no_gain({}, options);
    case 'slower': {
      const values = { milliseconds: rounded(reason.milliseconds), best: rounded(reason.best) };
      return m.devices_reason_slower(values, options);
    }
    case 'wrong': {
      if (reason.deviation === null) return m.devices_reason_not_numbers({}, options);
      const values = { deviation: share(reason.deviation), allowed: share(reason.allowed) };
      return m.devices_reason_wrong(values, options);
    }
    case 'failed':
      return m.devices_reason_failed({ detail: reason.detail }, options);
    case 'crashed':
      return m.devices_reason_crashed({ how: reason.how }, options);
    case 'stuck':
      return m.devices_reason_stuck({ seconds: reason.seconds }, options);
    case 'failed-training':
      return m.devices_reason_failed_training({}, options);
    case 'ended-engine':
      return m.devices_reason_ended_engine({}, options);
  }
}

/** Milliseconds to three figures. */
export function rounded(milliseconds: number): string {
  return String(Number(milliseconds.toPrecision(3)));
}

function share(deviation: number): string {
  return `${Number((100 * deviation).toPrecision(2))} %`;
}
