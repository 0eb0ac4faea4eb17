import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateFormatter, dateParser } from './dates.ts';
import { findZone, zoneWriter } from './zones.ts';

const format = '%Y-%m-%dT%H:%M:%S%z';
const hours = 3_600_000;

/** As clocks in Berlin show it: the reference is the runtime's own calendar, taken apart another way. */
function inBerlin(moment: number): string {
  const text = new Date(moment).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' });
  const offset = Math.round((Date.parse(`${text.replace(' ', 'T')}Z`) - moment) / hours);
  return `${text.replace(' ', 'T')}+0${offset}:00`;
}

describe('offsets from UTC', () => {
  it('that one place explains are written as its clocks show, in winter, summer and the night between', () => {
    const start = Date.UTC(2023, 0, 1);
    const source = Array.from({ length: 400 }, (_, at) => inBerlin(start + at * 31 * hours));
    const zone = findZone(source, format);
    expect(zone).toMatchObject({ place: 'Europe/Berlin', style: '+01:00', z: false });
    const write = dateFormatter(format, zone && zoneWriter(zone));
    const changes = Date.UTC(2024, 2, 31, 1);
    const moments = [
      changes - 1000,
      changes,
      ...Array.from({ length: 300 }, (_, at) => start + at * 53 * hours),
    ];
    expect(moments.map(write)).toEqual(moments.map(inBerlin));
  });

  it('of several places come in the shares of the source, and name the same moment', () => {
    const offsets = ['-0800', '+0530', '+0530', '+0530', '-0800', 'Z', '+0530', '+0530'];
    const source = Array.from({ length: 800 }, (_, at) => `2024-01-${String(1 + (at % 28)).padStart(2, '0')}T10:00:00${offsets[at % 8] ?? ''}`); // prettier-ignore
    const zone = findZone([...source, '2024-01-01T10:00:00+1245'], format);
    expect(zone).toMatchObject({
      style: '+0100',
      z: true,
      offsets: [
        { minutes: 330, share: 5 / 8 },
        { minutes: -480, share: 2 / 8 },
        { minutes: 0, share: 1 / 8 },
      ],
    });
    expect(zone?.place).toBeUndefined();
    const write = dateFormatter(format, zone && zoneWriter(zone));
    const parse = dateParser(format);
    const moments = Array.from({ length: 8000 }, (_, at) => Date.UTC(2024, 0, 1) + at * 60_000);
    const written = moments.map(write);
    expect(written.map(parse)).toEqual(moments);
    const shareOf = (end: string): number => written.filter((text) => text.endsWith(end)).length / 8000;
    expect(shareOf('+0530')).toBeCloseTo(5 / 8, 1);
    expect(shareOf('-0800')).toBeCloseTo(2 / 8, 1);
    expect(shareOf('Z')).toBeCloseTo(1 / 8, 1);
    expect(shareOf('+1245')).toBe(0);
  });

  it('are not told where each occurs too rarely', () => {
    expect(findZone(['2024-01-01T10:00:00+01:00', '2024-01-01T10:00:00+02:00'], format)).toBeUndefined();
  });

  it('never change the moment, whatever the offsets', () => {
    const offset = fc.integer({ min: -14 * 4, max: 14 * 4 }).map((quarters) => quarters * 15);
    const written = (minutes: number): string =>
      `${minutes < 0 ? '-' : '+'}${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(fc.uniqueArray(offset, { minLength: 2, maxLength: 5 }), fc.integer(), (minutes, second) => {
        const source = minutes.flatMap((each) =>
          Array<string>(5).fill(`2024-03-05T06:07:08${written(each)}`),
        );
        const zone = findZone(source, format);
        const moment = second * 1000;
        expect(dateParser(format)(dateFormatter(format, zone && zoneWriter(zone))(moment))).toBe(moment);
      }),
      // Each looks through all zones there are.
      { numRuns: 15 },
    );
  });
});
