import { describe, expect, it } from 'vitest';
import type { CommandName } from './help.ts';
import { Options, seedBounds } from './options.ts';

function refusal(action: () => unknown): { code: string; message: string } {
  try {
    action();
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      return { code: String(error.code), message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
}

const synth = (...args: string[]): Options => new Options('synth', args);

describe('options', () => {
  it('are read as they are meant', () => {
    const options = synth(
      'in.csv',
      '--rows',
      '10_000',
      '--out',
      'a.PARQUET',
      '--drop',
      'a, b,c\\,d',
      '--force',
      '--seed=7',
    );
    expect(options.positional('IN')).toBe('in.csv');
    expect(options.whole('rows', { min: 1, max: 1e9 })).toBe(10_000);
    expect(options.output()).toEqual({ path: 'a.PARQUET', format: 'parquet' });
    expect(options.list('drop')).toEqual(['a', 'b', 'c,d']);
    expect([options.flag('force'), options.flag('json')]).toEqual([true, false]);
    expect(options.whole('seed', seedBounds, 1)).toBe(7);
    expect(options.minutes(5)).toBe(5);
    expect(options.text('target')).toBeUndefined();
    expect(synth('x', '--minutes', '0.5').minutes(5)).toBe(0.5);
    expect(synth('x', '--minutes', '2').minutes(5)).toBe(2);
    expect(synth('x', '--learn-rows', '5_000').wholeIfGiven('learn-rows', { min: 20, max: 1e9 })).toBe(5000);
    expect(synth('x').wholeIfGiven('learn-rows', { min: 20, max: 1e9 })).toBeUndefined();
    const memory = (text: string) => new Options('profile', ['x', '--memory', text]).bytes('memory');
    expect(['2GB', '1.5 GiB', '800m'].map(memory)).toEqual([2 * 2 ** 30, 1.5 * 2 ** 30, 800 * 2 ** 20]);
    expect(synth('x').bytes('memory')).toBeUndefined();
  });

  it('are refused with what is wrong and where to read on', () => {
    const wrong: [CommandName, string[], (options: Options) => unknown, RegExp][] = [
      ['profile', [], (options) => options.positional('IN'), /IN is missing/],
      ['profile', ['a', 'b'], (options) => options.positional('IN'), /“b” is one argument too many/],
      ['evaluate', ['a'], (options) => options.positional(null), /“a” is one argument too many/],
      ['profile', ['a', '--colour'], () => undefined, /--colour/],
      ['profile', ['a', '--rows', '5'], () => undefined, /--rows/],
      ['synth', ['--rows'], () => undefined, /rows/],
      ['profile', ['a', '--force'], () => undefined, /--force/],
      ...['1e3', '1000.0', '0x3e8'].map((value): (typeof wrong)[number] => [
        'synth',
        ['--rows', value],
        (options) => options.whole('rows', { min: 1, max: 9999 }),
        /--rows takes a whole number from 1 to 9,999: write 1000\.$/,
      ]),
      ['synth', ['a'], (options) => options.output(), /--out is missing/],
      ['synth', ['--out', ''], (options) => options.output(), /--out needs a value/],
      ['synth', [], (options) => options.whole('rows', { min: 1, max: 9 }), /--rows is missing/],
      ...['0', '10', 'ten', '1e3', '1.5', '0x9'].map((value): (typeof wrong)[number] => [
        'synth',
        ['--rows', value],
        (options) => options.whole('rows', { min: 1, max: 9 }),
        /--rows takes a whole number from 1 to 9/,
      ]),
      ...['100MB', '2', '2TB', 'GB', '-2GB'].map((value): (typeof wrong)[number] => [
        'profile',
        ['a', `--memory=${value}`],
        (options) => options.bytes('memory'),
        /--memory takes an amount of at least 512MB/,
      ]),
      ...['0', '1441', 'x', 'Infinity', '0x10', '1e1', '.', '-1'].map((value): (typeof wrong)[number] => [
        'synth',
        ['--minutes', value],
        (options) => options.minutes(5),
        /--minutes/,
      ]),
    ];
    for (const [command, args, use, message] of wrong) {
      const found = refusal(() => use(new Options(command, args)));
      expect([args, found.code, found.message]).toEqual([args, 'usage', expect.stringMatching(message)]);
    }
  });

  it('tell the formats there are where the output has none of their endings', () => {
    for (const name of ['out', 'out.xlsx', 'out.csv.gz', '.csv']) {
      expect(() => synth('--out', name).output()).toThrow(
        expect.objectContaining({
          code: 'usage',
          fix: 'End it with .csv, .tsv, .parquet, .jsonl or .sqlite.',
        }),
      );
    }
  });
});
