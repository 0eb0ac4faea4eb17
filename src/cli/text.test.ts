import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clock, createProgress, progressLine } from './progress.ts';
import { displayWidth, textTable } from './text-table.ts';
import { bytesInWords, count, percent, wrap } from './words.ts';

describe('a table of text', () => {
  it('is aligned, and cut where it is too wide', () => {
    const columns = [
      { head: 'Name', align: 'left', flexible: true },
      { head: 'Rows', align: 'right' },
    ] as const;
    expect(
      textTable(
        columns,
        [
          ['a', '1'],
          ['bcd', '1,000'],
        ],
        80,
      ),
    ).toEqual(['Name   Rows', '────  ─────', 'a         1', 'bcd   1,000']);
    for (const line of textTable(columns, [['x'.repeat(200), '1']], 40))
      expect(line.length).toBeLessThanOrEqual(40);
  });

  it('gives wide characters their room and lets no control character through', () => {
    const [, , first, second] = textTable(
      [
        { head: 'N', align: 'left' },
        { head: 'V', align: 'right' },
      ],
      [
        ['姓名', '1'],
        ['\u001b[31mé', '2'],
      ],
      80,
    );
    expect(displayWidth(first ?? '')).toBe(displayWidth(second ?? ''));
    expect(second).not.toContain('\u001b');
  });
});

describe('progress', () => {
  it('is one line that fits, whatever the terminal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 200 }),
        fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.option(fc.nat(100_000)),
        fc.option(fc.record({ value: fc.nat(10_000_000), unit: fc.constant('rows') })),
        fc.string({ maxLength: 60 }),
        (width, progress, left, rate, phase) => {
          const line = stripVTControlCharacters(progressLine({ phase, progress, rate }, left, width));
          expect(line.length).toBeLessThanOrEqual(Math.max(width, 24));
        },
      ),
    );
  });

  it('is a bar on a terminal, lines for machines, nothing otherwise', () => {
    const run = (isTTY: boolean, json: boolean): string => {
      let text = '';
      const progress = createProgress({ isTTY, columns: 80, write: (part: string) => (text += part) }, json);
      progress.report({ phase: 'Reading', progress: 0.25, rate: null });
      progress.end();
      return text;
    };
    expect(run(true, false)).toContain('25 %');
    expect(JSON.parse(run(true, true))).toEqual({
      phase: 'Reading',
      progress: 0.25,
      rate: null,
      secondsLeft: null,
    });
    expect(run(false, false)).toBe('');
  });

  it('tells time like a clock', () => {
    expect([clock(5), clock(65), clock(3700)]).toEqual(['0:05', '1:05', '1 h 01']);
  });
});

describe('words', () => {
  it('wrap between words and count', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect([count(1, 'row'), count(1234, 'row')]).toEqual(['1 row', '1,234 rows']);
    expect([bytesInWords(999), bytesInWords(12_345), bytesInWords(2.5e9)]).toEqual([
      '999 bytes',
      '12 kB',
      '2.5 GB',
    ]);
    expect([percent(0), percent(0.0001), percent(0.056), percent(0.5)]).toEqual([
      '0 %',
      '<0.1 %',
      '5.6 %',
      '50 %',
    ]);
  });
});
