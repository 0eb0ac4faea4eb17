import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ColumnProfile, TableProfile } from '../../shared/table.ts';
import { tableProfile } from '../../shared/table.ts';
import { withConnection } from './duckdb.ts';
import { profileTable } from './profile.ts';
import { openSource } from './source.ts';

const folder = await mkdtemp(join(tmpdir(), 'semblance-test-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
let files = 0;

async function profiled(text: string): Promise<TableProfile> {
  const path = join(folder, `${++files}.csv`);
  await writeFile(path, text);
  const source = await openSource(path);
  try {
    return await profileTable(source);
  } finally {
    await source.close();
  }
}

/** Profile of one column of 200 rows, beside one that keeps the table from having a single column. */
async function column(
  name: string,
  value: (row: number) => string,
): Promise<ColumnProfile & { said: string }> {
  const lines = Array.from({ length: 200 }, (_, row) => `${row % 5 === 0 ? 'x' : 'y'};${value(row)}`);
  const profile = await profiled(`other;${name}\n${lines.join('\n')}\n`);
  const found = profile.columns[1];
  if (!found) throw new Error('no column');
  const said = profile.problems.filter((problem) => problem.column === name).map(({ message }) => message);
  return { ...found, said: said.join(' ') };
}

describe('kinds', () => {
  it('integers, also as codes of few values, and written as 1e+05', async () => {
    expect(await column('sex', (row) => String(1 + (row % 2)))).toMatchObject({
      kind: 'integer',
      distinct: 2,
    });
    expect(await column('limit', (row) => (row % 9 === 0 ? '1e+05' : String(row)))).toMatchObject({
      kind: 'integer',
    });
    expect(await column('count', (row) => (row % 9 === 0 ? '' : `${row}.0`))).toMatchObject({
      kind: 'integer',
    });
    expect(await column('delta', (row) => String(row - 100))).toMatchObject({
      range: { min: '-100', max: '99' },
    });
  });

  it('decimals with their precision, with a point or a comma', async () => {
    expect(await column('price', (row) => (row / 8).toFixed(3))).toMatchObject({
      kind: 'decimal',
      decimals: 3,
    });
    expect(await column('preis', (row) => (row / 8).toFixed(2).replace('.', ','))).toMatchObject({
      kind: 'decimal',
      decimals: 2,
      range: { min: '0,00', max: '24,88' },
      histogram: expect.arrayContaining([expect.objectContaining({ label: '0,0 – 1,0' })]) as unknown[],
    });
  });

  it('a comma before three digits: thousands between commas, doubtful between semicolons', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, row) => `${row % 4},"${(row * 997).toLocaleString('en-GB')}"`,
    );
    const between = await profiled(`a,sum\n${lines.join('\n')}\n`);
    expect(between.columns[1]).toMatchObject({ kind: 'integer', range: { min: '0', max: '58,823' } });
    expect(between.problems.map(({ message }) => message).join(' ')).toContain('separate thousands');
    const doubtful = await column('menge', (row) => `1,${String(row * 5).padStart(3, '0')}`);
    expect(doubtful).toMatchObject({ kind: 'decimal', decimals: 3 });
    expect(doubtful.said).toContain('may be a decimal mark or separate thousands');
    const clear = await column('menge', (row) => `1,${String(row * 5).padStart(4, '0')}`);
    expect(clear).toMatchObject({ kind: 'decimal', said: '' });
  });

  it.each([
    ['true', 'false'],
    ['Yes', 'No'],
    ['J', 'N'],
    ['0', '1'],
  ])('%s and %s', async (yes, no) => {
    const found = await column('flag', (row) => (row % 3 === 0 ? yes : no));
    // “J” and “N” are no pair everyone reads as true and false.
    expect(found.kind).toBe(yes === 'J' ? 'category' : 'boolean');
    expect(found.histogram.map(({ label }) => label).toSorted()).toEqual([yes, no].toSorted());
  });

  it('dates with their pattern', async () => {
    const day = (row: number): Date => new Date(Date.UTC(2020, 0, 1 + row));
    expect(await column('day', (row) => day(row).toISOString().slice(0, 10))).toMatchObject({
      kind: 'datetime',
      format: '%Y-%m-%d',
      range: { min: '2020-01-01', max: '2020-07-18' },
    });
    expect(
      await column('birth_date', (row) => day(row).toISOString().slice(0, 10).replaceAll('-', '')),
    ).toMatchObject({
      kind: 'datetime',
      format: '%Y%m%d',
    });
    expect(await column('amount', (row) => String(20_000_000 + row * 7919))).toMatchObject({
      kind: 'integer',
    });
  });

  it('flags dates whose day and month could be either', async () => {
    const ambiguous = await column('day', (row) => `0${1 + (row % 9)}/0${1 + (row % 7)}/2020`);
    expect(ambiguous).toMatchObject({ kind: 'datetime', format: '%m/%d/%Y' });
    expect(ambiguous.said).toContain('Day and month cannot be told apart');
    const clear = await column('day', (row) => `${10 + (row % 19)}/0${1 + (row % 7)}/2020`);
    expect(clear).toMatchObject({ kind: 'datetime', format: '%d/%m/%Y' });
    expect(clear.said).toBe('');
  });

  it('identifiers by shape or name, but not what is merely different in every row', async () => {
    expect(await column('id', (row) => String(row + 1))).toMatchObject({
      kind: 'identifier',
      role: 'identifier',
      histogram: [],
    });
    expect(await column('loan', (row) => `L-${String(row * 37).padStart(5, '0')}`)).toMatchObject({
      kind: 'identifier',
    });
    expect(await column('customerId', (row) => String(1000 + row * 13))).toMatchObject({
      kind: 'identifier',
    });
    expect(await column('population', (row) => String(1000 + row * 13))).toMatchObject({ kind: 'integer' });
    expect(await column('weight', (row) => (row * 1.37).toFixed(2))).toMatchObject({ kind: 'decimal' });
  });

  it('free text is left out', async () => {
    const text = await column(
      'note',
      (row) => `The ${row}th visit went well and all was said that had to be said`,
    );
    expect(text).toMatchObject({ kind: 'text', role: 'drop', histogram: [] });
  });

  it('nearly all different text is never learned, however few rows there are', async () => {
    const lines = Array.from(
      { length: 22 },
      (_, row) => `${row % 2};Person ${'abcdefghijklmnopqrstuv'.charAt(row)}`,
    );
    const { columns } = await profiled(`a;who\n${lines.join('\n')}\n`);
    expect(columns[1]).toMatchObject({ kind: 'text', role: 'drop' });
  });

  it('numbers that name rows do not pass without a word', async () => {
    expect(await column('shipment', (row) => String(70_000 + row))).toMatchObject({ kind: 'identifier' });
    expect(await column('year', (row) => String(1800 + row))).toMatchObject({ kind: 'integer' });
    const nearly = (row: number): number => (row === 9 ? 8 : row) * 13;
    expect(await column('invoice_no', (row) => String(1000 + nearly(row)))).toMatchObject({
      kind: 'identifier',
      said: expect.stringContaining('nearly every one') as string,
    });
    expect(await column('order_code', (row) => `${'QWERT'.charAt(row % 5)}${nearly(row)}-b`)).toMatchObject({
      kind: 'identifier',
    });
  });

  it('codes with leading zeros stay text', async () => {
    const found = await column('zip', (row) => String(row % 40).padStart(5, '0'));
    expect(found).toMatchObject({ kind: 'category', distinct: 40 });
    expect(found.said).toContain('leading zeros');
  });

  it('signs for “missing” are missing among numbers and dates, categories elsewhere', async () => {
    expect(await column('age', (row) => (row % 4 === 0 ? 'NA' : String(row)))).toMatchObject({
      kind: 'integer',
      nulls: 50,
      distinct: 150,
    });
    expect(
      await column('day', (row) => (row % 4 === 0 ? 'NULL' : `2020-01-${10 + (row % 9)}`)),
    ).toMatchObject({ kind: 'datetime', nulls: 50, distinct: 9 });
    expect(await column('work', (row) => (row % 4 === 0 ? '?' : 'Private'))).toMatchObject({
      kind: 'category',
      nulls: 0,
      histogram: [
        { label: 'Private', count: 150 },
        { label: '?', count: 50 },
      ],
    });
  });

  it('numbers with separators, a currency or a unit are numbers', async () => {
    expect(await column('sum', (row) => `1,${String(100 + row)}.50`)).toMatchObject({ kind: 'decimal' });
    expect(await column('size', (row) => `${row * 3} kg`)).toMatchObject({ kind: 'integer' });
    expect(await column('price', (row) => `$${row * 3 + 0.5}`)).toMatchObject({ kind: 'decimal' });
  });

  it('says what to do about numbers that are no plain numbers', async () => {
    expect((await column('size', (row) => `${row * 3} ${row % 2 === 0 ? 'kg' : 'lb'}`)).said).toContain(
      'unit',
    );
    const mixed = await column('mixed', (row) => (row === 7 ? 'about ten' : String(row * 3)));
    expect(mixed.said).toContain('no numbers');
    expect(mixed.said).not.toContain('unit');
    expect((await column('key', (row) => `9${String(row % 50).padStart(19, '0')}`)).said).toContain(
      'too long',
    );
  });
});

describe('figures', () => {
  it('a histogram holds every value once', async () => {
    for (const value of [
      (row: number) => String((row * row) % 97),
      (row: number) => (Math.sin(row) * 5).toFixed(3),
      (row: number) => `c${row % 60}`,
    ]) {
      const found = await column('v', value);
      const counted = found.histogram.reduce((sum, bar) => sum + bar.count, found.other);
      expect(counted).toBe(200);
      expect(found.histogram.length).toBeLessThanOrEqual(24);
    }
  });

  it('agree with what DuckDB itself says', async () => {
    const text = Array.from(
      { length: 5000 },
      (_, row) => `${(row * 7919) % 1013},${((row * 31) % 977) / 4},${row % 11 === 0 ? '' : `g${row % 7}`}`,
    );
    const path = join(folder, 'duck.csv');
    await writeFile(path, `a,b,c\n${text.join('\n')}\n`);
    const source = await openSource(path);
    const profile = await profileTable(source);
    await source.close();
    const told = await withConnection(undefined, async (connection) =>
      (
        await connection.runAndReadAll(
          `SELECT column_name, count, min, max FROM (SUMMARIZE SELECT * FROM read_csv('${path}'))`,
        )
      ).getRowObjects(),
    );
    expect(told.map((row) => row.column_name)).toEqual(['a', 'b', 'c']);
    const [a, b, c] = profile.columns;
    expect([a?.range?.min, a?.range?.max].map(Number)).toEqual([Number(told[0]?.min), Number(told[0]?.max)]);
    expect([b?.range?.min, b?.range?.max].map(Number)).toEqual([Number(told[1]?.min), Number(told[1]?.max)]);
    expect(profile.rows).toBe(Number(told[0]?.count));
    expect([a?.distinct, b?.distinct, c?.distinct, c?.nulls]).toEqual([1013, 977, 7, 455]);
  });

  it('are what the contract describes, problems worst first', async () => {
    const profile = await profiled('id,x,y\n1,,a\n2,,b\n3,,c\n');
    expect(tableProfile.parse(profile)).toEqual(profile);
    const order = profile.problems.map(({ severity }) => ['error', 'warning', 'note'].indexOf(severity));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(profile.problems.every(({ fix }) => fix.length > 0)).toBe(true);
  });

  it('problems quote no value', async () => {
    const profile = await profiled(
      `secret,n\n${Array.from({ length: 60 }, (_, row) => `swordfish${row} and some more words to make it long,${row}`).join('\n')}\n`,
    );
    expect(JSON.stringify(profile.problems)).not.toContain('swordfish');
  });
});
