/**
 * Offsets from UTC that differ from value to value of one column: how they are found, and which one a generated
 * moment is written with.
 *
 * Where one zone of the IANA database explains every offset (winter and summer time of a place), moments are written
 * as that place's clocks show them. Else each gets one of the offsets in the shares they have in the source.
 */
import { z } from 'zod';
import { dateParser } from './dates.ts';
import type { ZoneWriter } from './dates.ts';

export const zoneSpelling = z.object({
  /** How an offset is written. */
  style: z.enum(['+01:00', '+0100', '+01']),
  /** UTC is written as Z. */
  z: z.boolean(),
  /** Name in the IANA database; absent where no one zone explains the offsets. */
  place: z.string().max(64).optional(),
  /** Minutes east of UTC, with shares that sum to 1; what fewer than five values of the sample have is not there. */
  offsets: z.array(
    z.object({ minutes: z.number().int().min(-1439).max(1439), share: z.number().min(0).max(1) }),
  ),
});
export type ZoneSpelling = z.infer<typeof zoneSpelling>;

const offsetAtEnd = /(Z|[+-]\d\d(?::?\d\d)?)$/;

/** Fewer values would tell of single rows. */
const fewest = 5;

/** @param values Some of the column; `format` ends in %z. Undefined where all offsets are too rare to be told. */
export function findZone(values: readonly string[], format: string): ZoneSpelling | undefined {
  const parse = dateParser(format);
  const seen = values.flatMap((value) => {
    const written = offsetAtEnd.exec(value)?.[1];
    const moment = parse(value);
    if (written === undefined || Number.isNaN(moment)) return [];
    return [{ written, moment, minutes: minutesOf(written) }];
  });
  const counts = countBy(seen.map(({ minutes }) => minutes)).filter(([, count]) => count >= fewest);
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return undefined;
  const signed = seen.map(({ written }) => written).filter((written) => written !== 'Z');
  const style = countBy(signed.map(styleOf))[0]?.[0] ?? '+01:00';
  const place = findPlace(seen);
  return {
    // Hours alone cannot tell half of one.
    style: style === '+01' && seen.some(({ minutes }) => minutes % 60 !== 0) ? '+0100' : style,
    z: seen.some(({ written }) => written === 'Z'),
    ...(place !== undefined && { place }),
    offsets: counts.map(([minutes, count]) => ({ minutes, share: count / all })),
  };
}

/** Minutes east of UTC of a written offset: `Z`, `+01`, `+0100`, `+01:00`. */
export function minutesOf(written: string): number {
  if (written === 'Z') return 0;
  const minutes = Number(written.slice(1, 3)) * 60 + Number(written.slice(3).replace(':', '') || 0);
  return written.startsWith('-') ? 0 - minutes : minutes;
}

function styleOf(written: string): ZoneSpelling['style'] {
  if (written.length === 3) return '+01';
  return written.includes(':') ? '+01:00' : '+0100';
}

/** What there is with how often, the commonest first. */
function countBy<T>(items: readonly T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** Of zones that agree, the one people know. */
const wellKnown = [
  'Europe/Berlin', 'Europe/London', 'Europe/Athens', 'America/New_York', 'America/Chicago', 'America/Denver',
  'America/Los_Angeles', 'America/Halifax', 'Australia/Sydney',
]; // prettier-ignore

function findPlace(seen: readonly { moment: number; minutes: number }[]): string | undefined {
  // One offset says nothing of the rest of the year.
  if (new Set(seen.map(({ minutes }) => minutes)).size < 2) return undefined;
  return [...wellKnown, ...Intl.supportedValuesOf('timeZone')].find((name) => {
    const offset = offsetIn(name);
    return seen.every(({ moment, minutes }) => offset(moment) === minutes);
  });
}

const minute = 60_000;
const day = 86_400_000;
/** Zones change their offset at quarters of an hour. */
const quarter = 900_000;
/** Moments whose offset is remembered. */
const mostRemembered = 100_000;

/** Minutes east of UTC at a moment, in a zone of the IANA database. */
function offsetIn(place: string): (moment: number) => number {
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: place, timeZoneName: 'longOffset' });
  const remembered = new Map<number, number>();
  return (moment) => {
    const key = Math.floor(moment / quarter);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const name = clock.formatToParts(key * quarter).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    // “GMT”, “GMT+05:30”; before standard time also seconds, which no source writes.
    const minutes = minutesOf(/[+-]\d\d:\d\d/.exec(name)?.[0] ?? 'Z');
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, minutes);
    return minutes;
  };
}

/** Which offset a moment is written with, in minutes; the same moment always with the same. */
function offsetChooser({ place, offsets }: ZoneSpelling): (moment: number) => number {
  if (place !== undefined) return offsetIn(place);
  return (moment) => {
    let left = scatter(moment);
    for (const { minutes, share } of offsets) {
      left -= share;
      if (left < 0) return minutes;
    }
    return offsets[0]?.minutes ?? 0;
  };
}

/** A number from 0 to 1 that has nothing to do with the order of the moments (the finaliser of MurmurHash3). */
function scatter(moment: number): number {
  const whole = Math.floor(moment);
  let hash = (whole ^ Math.floor(whole / 2 ** 32)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/**
 * The moment at which the clocks of a column show a time, given as if it were UTC: the earlier one where they show it
 * twice, and where they leave it out that at which they are put forward. Where no one place and no one offset explains
 * the column, no clock does: the time is UTC's.
 */
export function momentShown(local: number, zone: ZoneSpelling | undefined): number {
  if (zone?.place === undefined) {
    const only = zone?.offsets.length === 1 ? zone.offsets[0] : undefined;
    return local - (only?.minutes ?? 0) * minute;
  }
  const offset = offsetIn(zone.place);
  const shows = (moment: number): number => moment + offset(moment) * minute;
  const around = [local - day, local + day].map((moment) => local - offset(moment) * minute);
  const found = around.filter((moment) => shows(moment) === local);
  if (found.length > 0) return Math.min(...found);
  let moment = Math.floor(Math.min(...around) / quarter) * quarter;
  while (shows(moment) < local) moment += quarter;
  return moment;
}

/** An offset as the column writes it. */
function offsetText(minutes: number, { style, z: utcAsZ }: ZoneSpelling): string {
  if (minutes === 0 && utcAsZ) return 'Z';
  const two = (number: number): string => String(number).padStart(2, '0');
  const hours = (minutes < 0 ? '-' : '+') + two(Math.floor(Math.abs(minutes) / 60));
  const rest = two(Math.abs(minutes) % 60);
  if (style === '+01') return hours;
  return style === '+0100' ? hours + rest : `${hours}:${rest}`;
}

export function zoneWriter(zone: ZoneSpelling): ZoneWriter {
  return { offset: offsetChooser(zone), text: (minutes) => offsetText(minutes, zone) };
}
