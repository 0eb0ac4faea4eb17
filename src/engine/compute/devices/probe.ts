/**
 * Tries every device that was found with a few steps of the actual program, each in a process of its own; compares what
 * it computes with the CPU, takes the time, and chooses the fastest that is right.
 */
import type { DeviceName } from '../../../shared/device-names.ts';
import type {
  DeviceChoice,
  DeviceReason,
  DeviceReport,
  FoundDevice,
  TriedDevice,
} from '../../../shared/devices.ts';
import { deviation, tolerance } from './compare.ts';
import type { TrialAnswer, TrialRequest } from './trial-messages.ts';
import type { Trial, TrialResult } from './trial.ts';

/** A process that answers one request with `answerTrial` and closes its network before anything else. */
export interface TrialProcess {
  ask(request: TrialRequest): void;
  onAnswer(listener: (answer: TrialAnswer) => void): void;
  /** It has ended, in whatever way: "SIGSEGV", "code 1". */
  onEnd(listener: (how: string) => void): void;
  kill(): void;
}

export interface ProbeOptions {
  readonly found: readonly FoundDevice[];
  readonly fingerprint: string;
  readonly start: () => TrialProcess;
  /** Numbers learned, and rows in a step: for the report. */
  readonly model: DeviceReport['model'];
  readonly wanted?: DeviceChoice;
  /** Devices that are not to be tried again, and why. */
  readonly setAside?: ReadonlyMap<DeviceName, DeviceReason>;
  readonly signal?: AbortSignal | undefined;
  /** Told which device is being tried. */
  readonly onDevice?: (device: FoundDevice) => void;
  /** How long a device may take for all of it, loading included. */
  readonly seconds?: number;
}

const usualSeconds = 60;

/** How long a step may take, in milliseconds, for a device to be watched any longer: `best` is the CPU's. */
function hopelessFrom(best: number): number {
  return Math.max(1000, 10 * best);
}

type Outcome =
  | { readonly kind: 'right'; readonly result: TrialResult; readonly deviation: number }
  | {
      readonly kind: 'out';
      readonly reason: DeviceReason;
      readonly result?: TrialResult;
      readonly deviation?: number;
    };

/**
 * Tries the devices one after the other. Throws the signal's reason when cancelled, and as the CPU fails, which nothing
 * could stand in for.
 */
export async function probeDevices(trial: Trial, options: ProbeOptions): Promise<DeviceReport> {
  const { found, wanted = 'auto' } = options;
  const outcomes = new Map<DeviceName, Outcome>();
  const cpu = await tryOne(trial, 'cpu', null, options);
  if (!('result' in cpu)) throw new Error(`The CPU could not take the steps: ${JSON.stringify(cpu.reason)}`);
  outcomes.set('cpu', { kind: 'right', result: cpu.result, deviation: 0 });
  for (const device of found) {
    if (device.name === 'cpu') continue;
    const known = options.setAside?.get(device.name);
    if (known) {
      outcomes.set(device.name, { kind: 'out', reason: known });
      continue;
    }
    options.onDevice?.(device);
    const { milliseconds } = cpu.result;
    const tried = await tryOne(trial, device.name, wanted === device.name ? null : milliseconds, options);
    outcomes.set(
      device.name,
      'result' in tried ? judged(trial, cpu.result, tried.result) : { kind: 'out', ...tried },
    );
  }
  const chosen = choose(outcomes, wanted);
  const best = millisecondsOf(outcomes.get(chosen)) ?? 0;
  return {
    at: new Date().toISOString(),
    fingerprint: options.fingerprint,
    model: options.model,
    chosen,
    devices: found.map((device) => told(device, outcomes, chosen, best, wanted)),
  };
}

function judged(trial: Trial, cpu: TrialResult, result: TrialResult): Outcome {
  const off = deviation(trial, cpu, result);
  if (off <= tolerance) return { kind: 'right', result, deviation: off };
  const reason: DeviceReason = {
    kind: 'wrong',
    // JSON knows no Infinity.
    deviation: Number.isFinite(off) ? off : null,
    allowed: tolerance,
  };
  return { kind: 'out', reason, result, ...(Number.isFinite(off) && { deviation: off }) };
}

/** How many times as fast as the CPU a device has to be: by less, chance would choose, and with it the result. */
const worthwhile = 1.25;

/** The one wanted, if it computes rightly; else the fastest, the CPU where none is much faster. */
function choose(outcomes: ReadonlyMap<DeviceName, Outcome>, wanted: DeviceChoice): DeviceName {
  if (wanted !== 'auto' && outcomes.get(wanted)?.kind === 'right') return wanted;
  let best: DeviceName = 'cpu';
  let shortest = (millisecondsOf(outcomes.get('cpu')) ?? Infinity) / worthwhile;
  for (const [name, outcome] of outcomes) {
    if (outcome.kind !== 'right' || name === 'cpu' || outcome.result.milliseconds >= shortest) continue;
    best = name;
    shortest = outcome.result.milliseconds;
  }
  return best;
}

function millisecondsOf(outcome: Outcome | undefined): number | undefined {
  return outcome?.result?.milliseconds;
}

function told(
  device: FoundDevice,
  outcomes: ReadonlyMap<DeviceName, Outcome>,
  chosen: DeviceName,
  best: number,
  wanted: DeviceChoice,
): TriedDevice {
  const outcome = outcomes.get(device.name);
  const milliseconds = millisecondsOf(outcome);
  const isChosen = device.name === chosen;
  const reason = (): DeviceReason => {
    if (outcome?.kind === 'out') return outcome.reason;
    if (isChosen) return { kind: wanted === chosen ? 'wanted' : outcomes.size === 1 ? 'alone' : 'fastest' };
    if (wanted === chosen) return { kind: 'not-wanted' };
    if (milliseconds !== undefined && milliseconds < best) return { kind: 'no-gain' };
    return { kind: 'slower', milliseconds: milliseconds ?? 0, best };
  };
  return {
    ...device,
    state: isChosen ? 'chosen' : 'set-aside',
    reason: reason(),
    milliseconds: milliseconds ?? null,
    loading: outcome?.result?.loading ?? null,
    deviation: outcome?.deviation ?? null,
  };
}

/**
 * One device in a process of its own.
 *
 * @param best Milliseconds of a step on the CPU, to give up early on what is far slower; null to watch it to the end.
 */
function tryOne(
  trial: Trial,
  device: DeviceName,
  best: number | null,
  { start, signal, seconds = usualSeconds }: ProbeOptions,
): Promise<{ result: TrialResult } | { reason: DeviceReason }> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = start();
    let over = false;
    const end = (settle: () => void): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      child.kill();
      settle();
    };
    const out = (reason: DeviceReason): void => {
      end(() => {
        resolve({ reason });
      });
    };
    const cancel = (): void => {
      end(() => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the signal's own reason
        reject(signal?.reason);
      });
    };
    const timer = setTimeout(() => {
      out({ kind: 'stuck', seconds });
    }, seconds * 1000);
    signal?.addEventListener('abort', cancel);
    child.onAnswer((answer) => {
      if (answer.kind === 'failed') out({ kind: 'failed', detail: answer.detail });
      else if (answer.kind === 'hopeless')
        out({ kind: 'slower', milliseconds: answer.milliseconds, best: best ?? 0 });
      else
        end(() => {
          resolve({ result: answer.result });
        });
    });
    child.onEnd((how) => {
      out({ kind: 'crashed', how });
    });
    child.ask({ device, trial, hopeless: best === null ? null : hopelessFrom(best) });
  });
}
