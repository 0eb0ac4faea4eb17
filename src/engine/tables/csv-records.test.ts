import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvScan, indexStep, parseRecords, writeField, type CsvGrammar } from './csv-records.ts';

const grammar: CsvGrammar = { delimiter: 44, quote: 34, newline: 10 };
const all = { limit: Infinity, whole: true };

function scanned(text: string, width: number, header = false, cut = 7, use = grammar): CsvScan {
  const scan = new CsvScan(use, width, header);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += cut) scan.push(bytes.subarray(at, at + cut));
  scan.finish();
  return scan;
}

describe('parseRecords', () => {
  it('reads quoted delimiters, quotes and line breaks', () => {
    const text = 'a,"b,c","d ""e"""\r\n"x\ny",,\r\n';
    expect(parseRecords(Buffer.from(text), grammar, all)).toEqual([
      ['a', 'b,c', 'd "e"'],
      ['x\ny', null, null],
    ]);
  });

  it('skips blank lines, except in a table of one column', () => {
    expect(parseRecords(Buffer.from('a\n\nb\n'), grammar, all)).toEqual([['a'], ['b']]);
    expect(parseRecords(Buffer.from('a\n\nb\n'), grammar, { ...all, keepBlank: true })).toEqual([
      ['a'],
      [null],
      ['b'],
    ]);
  });

  it('leaves out a record that is cut off', () => {
    expect(parseRecords(Buffer.from('a,b\nc,"d'), grammar, { limit: 9, whole: false })).toEqual([['a', 'b']]);
    expect(parseRecords(Buffer.from('a,b\nc,d'), grammar, { limit: 9, whole: false })).toEqual([['a', 'b']]);
    expect(parseRecords(Buffer.from('a,b\nc,d'), grammar, all)).toHaveLength(2);
  });

  it('reads back whatever writeField writes, and the scan sees the same records however the bytes are cut', () => {
    const field = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => !text.includes('\0')),
      fc.stringMatching(/^[",\n\r a-c;]{0,6}$/),
    );
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
      );
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 40 }), (records, cut) => {
        const text =
          records.map((record) => record.map((value) => writeField(value)).join(',')).join('\n') + '\n';
        const read = parseRecords(Buffer.from(text), grammar, all);
        const wellFormed = Buffer.from(text).toString('utf8');
        expect(read).toEqual(parseRecords(Buffer.from(wellFormed), grammar, all));
        expect(read.map((record) => record.map((value) => value ?? ''))).toEqual(
          records.map((record) => record.map((value) => Buffer.from(value).toString('utf8'))),
        );
        const scan = scanned(text, records[0]?.length ?? 0, false, cut);
        expect(scan.rows).toBe(records.length);
        expect(scan.short.count + scan.long.count).toBe(0);
        expect(scan.unclosedQuote).toBe(0);
      }),
    );
  });
});

describe('CsvScan', () => {
  it('counts rows and notes where every 256th begins', () => {
    const text = 'n\n' + Array.from({ length: 1000 }, (_, row) => `${row}\n`).join('');
    const scan = scanned(text, 1, true, 333);
    expect(scan.rows).toBe(1000);
    expect(scan.offsets).toHaveLength(4);
    expect(text.slice(scan.offsets[2]).startsWith(`${2 * indexStep}\n`)).toBe(true);
    expect(scan.end).toBe(text.length);
    expect(scan.regular).toBe(true);
  });

  it('finds ragged rows', () => {
    const scan = scanned('a,b\n1,2\n3\n4,5,6\n7,8\n9\n', 2, true);
    expect(scan.rows).toBe(5);
    expect(scan.short).toEqual({ count: 2, first: 2 });
    expect(scan.long).toEqual({ count: 1, first: 3 });
    expect(scan.regular).toBe(false);
  });

  it.each([1, 2, 3, 5, 100])('finds a quote that is never closed (blocks of %i bytes)', (cut) => {
    const scan = scanned('a,b\n1,2\n3,"4\n5,6\n', 2, true, cut);
    expect(scan.unclosedQuote).toBe(2);
  });

  it.each([1, 2, 3, 100])('sees blanks before a quote as its reader does (blocks of %i bytes)', (cut) => {
    const text = 'a,b\n1,  "x, y\nz"\n2,   w\n3,  \n';
    const scan = scanned(text, 2, true, cut);
    const read = parseRecords(Buffer.from(text), grammar, { limit: 10, whole: true });
    expect(read).toEqual([
      ['a', 'b'],
      ['1', 'x, y\nz'],
      ['2', '   w'],
      ['3', '  '],
    ]);
    expect([scan.rows, scan.short.count, scan.long.count, scan.regular]).toEqual([3, 0, 0, false]);
  });

  it('suspects a quote whose value runs over many rows', () => {
    const long = 'x,y\n'.repeat(20_000);
    expect(scanned(`a,b\n1,"2\n${long}",z\n`, 2, true, 4096).suspectedQuote).toBe(1);
  });

  it('notices text that is not UTF-8, also across blocks', () => {
    const umlaut = Buffer.from('a\näöü\n');
    const good = new CsvScan(grammar, 1, true);
    for (const byte of umlaut) good.push(Buffer.from([byte]));
    good.finish();
    expect(good.validUtf8).toBe(true);
    const bad = new CsvScan(grammar, 1, true);
    bad.push(Buffer.from('a\näöü\n', 'latin1'));
    bad.finish();
    expect(bad.validUtf8).toBe(false);
  });

  it('reads old Macintosh line ends', () => {
    const scan = scanned('a,b\r1,2\r3,4\r', 2, true, 3, { ...grammar, newline: 13 });
    expect(scan.rows).toBe(2);
  });

  it('marks what strict readers would read otherwise', () => {
    expect(scanned('a,b\n1,"x"y\n', 2, true, 99).regular).toBe(false);
    expect(scanned('a,b\n1, "x"\n', 2, true, 99).regular).toBe(false);
    expect(scanned('a,b\n1,x"y\n', 2, true, 99).regular).toBe(true);
  });
});
