import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftDate, shiftDateTime, shiftTime } from './dates.ts';

describe('dates', () => {
  it('move by whole days in the form they have', () => {
    expect(shiftDate('20240301', -1)).toBe('20240229');
    expect(shiftDate('1999.01.01', -1)).toBe('1998.12.31');
    expect(shiftDate('20230229', -1)).toBeUndefined();
    expect(shiftDateTime('20240101003000.25+0100', -1)).toBe('20231231003000.25+0100');
    expect(shiftDateTime('2024', -400)).toBe('2023');
    expect(shiftTime('235959.5')).toBe('235959.5');
    expect(shiftTime('Smith')).toBeUndefined();
  });

  it('keep their intervals', () => {
    const date = fc.integer({ min: 0, max: 40_000 }).map((days) => new Date(days * 86_400_000));
    const da = (of: Date): string => of.toISOString().slice(0, 10).replaceAll('-', '');
    const time = (text = ''): number =>
      Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6)));
    fc.assert(
      fc.property(date, date, fc.integer({ min: -4000, max: -1 }), (a, b, days) => {
        expect(time(shiftDate(da(a), days)) - time(shiftDate(da(b), days))).toBe(a.getTime() - b.getTime());
      }),
    );
  });
});
