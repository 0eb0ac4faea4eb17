import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateFormatter, dateParser, dateUnit, findDateFormats } from './dates.ts';

const formats = [
  '%Y-%m-%d', '%d.%m.%Y', '%-d.%-m.%Y', '%m/%d/%Y', '%-d/%-m/%Y', '%Y%m%d', '%d %b %Y', '%B %-d, %Y',
  '%Y-%m-%dT%H:%M:%SZ', '%Y-%m-%d %H:%M:%S.%f', '%Y-%m-%d %H:%M:%S.%g', '%Y-%m-%d %H:%M:%S%.f',
  '%d/%m/%Y %-I:%M %p', '%Y-%m-%dT%H:%M:%S+02:00', '%Y-%m-%dT%H:%M:%S%z', '%Y-%m-%d %H:%M:%S %z', '%m/%d/%Y, %I:%M:%S %p',
]; // prettier-ignore

describe('dateParser and dateFormatter', () => {
  it('give back every moment of the years 1 to 9999, cut down to what the pattern holds', () => {
    const moment = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...formats), moment, (format, date) => {
        const text = dateFormatter(format)(date.getTime());
        const unit = Math.max(1, dateUnit(format));
        expect(dateParser(format)(text)).toBe(Math.floor(date.getTime() / unit) * unit);
      }),
      { numRuns: 2000 },
    );
  });

  it('agree with the calendar of the language', () => {
    const write = dateFormatter('%Y-%m-%dT%H:%M:%S.%gZ');
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0001-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59.999Z'),
          noInvalidDate: true,
        }),
        (date) => {
          expect(write(date.getTime())).toBe(date.toISOString());
        },
      ),
    );
  });

  it('read years of two digits as POSIX does', () => {
    const parse = dateParser('%d.%m.%y');
    expect(new Date(parse('01.02.68')).getUTCFullYear()).toBe(2068);
    expect(new Date(parse('01.02.69')).getUTCFullYear()).toBe(1969);
  });

  it('refuse what is no date', () => {
    expect(dateParser('%Y-%m-%d')('2023-02-29')).toBeNaN();
    expect(dateParser('%Y-%m-%d')('2023-13-01')).toBeNaN();
    expect(dateParser('%d.%m.%Y')('1.2.2023')).toBeNaN();
    expect(dateParser('%H:%M')('24:00')).toBeNaN();
  });

  it('count a time of day from midnight', () => {
    expect(dateParser('%H:%M:%S')('01:00:05')).toBe(3_605_000);
    expect(dateFormatter('%H:%M:%S')(3_605_000)).toBe('01:00:05');
  });

  it('read offsets from UTC as moments', () => {
    expect(dateParser('%Y-%m-%dT%H:%M:%S%z')('2024-01-01T02:00:00+02:00')).toBe(Date.UTC(2024, 0, 1));
    expect(dateParser('%Y-%m-%dT%H:%M:%S%z')('2023-12-31T19:30:00-0430')).toBe(Date.UTC(2024, 0, 1));
  });
});

describe('findDateFormats', () => {
  it.each([
    [['2024-01-02'], '%Y-%m-%d'],
    [['2024-01-02 03:04:05'], '%Y-%m-%d %H:%M:%S'],
    [['2024-01-02T03:04:05Z'], '%Y-%m-%dT%H:%M:%SZ'],
    [['2024-01-02T03:04:05.123'], '%Y-%m-%dT%H:%M:%S.%g'],
    [['2024-01-02 03:04:05.123456'], '%Y-%m-%d %H:%M:%S.%f'],
    [['2024-01-02 03:04:05', '2024-01-02 03:04:05.5'], '%Y-%m-%d %H:%M:%S%.f'],
    [['2024-01-02T03:04:05+02:00', '2024-06-02T03:04:05+02:00'], '%Y-%m-%dT%H:%M:%S+02:00'],
    [['2024-01-02T03:04:05+01:00', '2024-06-02T03:04:05+02:00'], '%Y-%m-%dT%H:%M:%S%z'],
    [['2024-01-02 03:04:05 +0100', '2024-06-02 03:04:05 +0200'], '%Y-%m-%d %H:%M:%S %z'],
    [['31.12.2023'], '%d.%m.%Y'],
    [['1.2.2023', '31.12.2023'], '%-d.%-m.%Y'],
    [['12/31/2023'], '%m/%d/%Y'],
    [['31/12/2023'], '%d/%m/%Y'],
    [['1/5/2023 1:05 PM', '12/31/2023 12:30 AM'], '%-m/%-d/%Y %-I:%M %p'],
    [['5 Jan 2023', '15 Feb 2023'], '%-d %b %Y'],
    [['20231231'], '%Y%m%d'],
    [['13:45'], '%H:%M'],
  ])('%j is %s', (values, format) => {
    expect(findDateFormats(values)[0]).toBe(format);
  });

  it('gives both orders where day and month cannot be told apart', () => {
    expect(findDateFormats(['01/02/2023', '03/04/2023'])).toEqual(['%m/%d/%Y', '%d/%m/%Y']);
  });

  it.each([[['12.5', '13.5']], [['1234']], [['hello']], [['10.2.3.4']], [['2024-01-02', 'x']], [[]]])(
    'finds none in %j',
    (values) => {
      expect(findDateFormats(values)).toEqual([]);
    },
  );
});
