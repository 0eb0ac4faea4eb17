/** What Semblance can compute on, what was found here, and what came of trying it. */
import { z } from 'zod';
import { deviceNames } from './device-names.ts';

export const deviceName = z.enum(deviceNames);

/** What the user wants: the fastest that computes rightly, or one of their own choice. */
export const deviceChoice = z.enum(['auto', ...deviceNames]);
export type DeviceChoice = z.infer<typeof deviceChoice>;

/** A device that was found, as far as the system tells of it. */
export const foundDevice = z.object({
  name: deviceName,
  /** The hardware, as its maker calls it. */
  title: z.string(),
  driver: z.string().nullable(),
  /** Bytes. */
  memory: z.number().nonnegative().nullable(),
});
export type FoundDevice = z.infer<typeof foundDevice>;

/** What could be here, and why it is not: see device-words.ts. */
export const absentDevice = z.object({ name: deviceName, reason: z.enum(['not-installed']) });
export type AbsentDevice = z.infer<typeof absentDevice>;

const milliseconds = z.number().nonnegative();
/** Why a device was chosen or set aside: see device-words.ts. */
export const deviceReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fastest') }),
  z.object({ kind: z.literal('alone') }),
  z.object({ kind: z.literal('wanted') }),
  z.object({ kind: z.literal('not-wanted') }),
  /** Faster than the CPU, but by so little that the same seed might give one or the other's result. */
  z.object({ kind: z.literal('no-gain') }),
  z.object({ kind: z.literal('slower'), milliseconds, best: milliseconds }),
  z.object({ kind: z.literal('wrong'), deviation: z.number().nullable(), allowed: z.number() }),
  z.object({ kind: z.literal('failed'), detail: z.string() }),
  z.object({ kind: z.literal('crashed'), how: z.string() }),
  z.object({ kind: z.literal('stuck'), seconds: z.number() }),
  /** In the middle of a training. */
  z.object({ kind: z.literal('failed-training') }),
  /** The engine ended while a training ran on it. */
  z.object({ kind: z.literal('ended-engine') }),
]);
export type DeviceReason = z.infer<typeof deviceReason>;

export const triedDevice = foundDevice.extend({
  state: z.enum(['chosen', 'set-aside']),
  reason: deviceReason,
  /** Of one step of the model that was tried; null where it did not come to that. */
  milliseconds: milliseconds.nullable(),
  /** Until the first step could be taken. */
  loading: milliseconds.nullable(),
  /** From what the CPU computes; see `tolerance` in the engine. */
  deviation: z.number().nonnegative().nullable(),
});
export type TriedDevice = z.infer<typeof triedDevice>;

/** What came of trying every device that was found, with one model. */
export const deviceReport = z.object({
  at: z.string(),
  /** Of the devices, drivers and libraries found: another one makes this report void. */
  fingerprint: z.string(),
  /** Numbers the model learns, and rows in a step. */
  model: z.object({ parameters: z.number(), rows: z.number() }),
  chosen: deviceName,
  devices: z.array(triedDevice),
});
export type DeviceReport = z.infer<typeof deviceReport>;

/** What is remembered of devices. No table and no model of the user is named in it. */
export const deviceRecord = z.object({
  wanted: deviceChoice,
  /** What came of trying them, the newest last: with models of trainings, and with the one of the Devices page. */
  reports: z.array(deviceReport),
  /** The newest of the Devices page. */
  tested: deviceReport.nullable(),
  /** Not to be chosen while the fingerprint is this one. */
  setAside: z.array(z.object({ name: deviceName, fingerprint: z.string(), reason: deviceReason })),
  /** A training runs on it: found at the start of an engine, that one was ended by it. */
  running: z.object({ name: deviceName, fingerprint: z.string() }).nullable(),
});
export type DeviceRecord = z.infer<typeof deviceRecord>;

/** What the Devices page shows. */
export const deviceView = z.object({
  found: z.array(foundDevice),
  absent: z.array(absentDevice),
  wanted: deviceChoice,
  /** What came of the last test, unless devices or drivers are others now. */
  tested: deviceReport.nullable(),
});
export type DeviceView = z.infer<typeof deviceView>;
