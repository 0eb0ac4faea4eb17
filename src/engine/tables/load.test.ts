import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ColumnChoice } from '../../shared/table.ts';
import { loadTable, type LoadedTable } from './load.ts';
import { profileTable } from './profile.ts';
import { columnSchema } from './schema.ts';
import { openSource } from './source.ts';

const fixtures = join(import.meta.dirname, '../../../test/fixtures/tables');
const folder = await mkdtemp(join(tmpdir(), 'semblance-test-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
let files = 0;

async function load(
  path: string,
  change: (choice: ColumnChoice) => ColumnChoice = (choice) => choice,
): Promise<LoadedTable> {
  const source = await openSource(path);
  try {
    const profile = await profileTable(source);
    const choices = profile.columns.map(({ name, kind, role }) => change({ name, kind, role }));
    return await loadTable(source, profile, choices);
  } finally {
    await source.close();
  }
}

async function loadText(text: string, change?: (choice: ColumnChoice) => ColumnChoice): Promise<LoadedTable> {
  const path = join(folder, `${++files}.csv`);
  await writeFile(path, text);
  return load(path, change);
}

describe('loadTable', () => {
  it.each(['', ' '])('reads offsets that differ, with “%s” before them', async (gap) => {
    const rows = Array.from({ length: 40 }, (_, row) => {
      const day = String(1 + (row % 28)).padStart(2, '0');
      return row % 2 === 0 ? `2020-07-${day} 01:30:00${gap}+0200` : `2020-01-${day} 12:00:00${gap}+0100`;
    });
    const { table, schema } = await loadText(`seen,n\n${rows.map((each, n) => `${each},${n}`).join('\n')}\n`);
    expect(schema[0]).toMatchObject({
      kind: 'datetime',
      format: `%Y-%m-%d %H:%M:%S${gap}%z`,
      zone: { place: 'Europe/Berlin', style: '+0100' },
    });
    const column = table.columns[0];
    const values = column?.type === 'number' ? [...column.values] : [];
    expect(values.slice(0, 2)).toEqual([Date.UTC(2020, 5, 30, 23, 30), Date.UTC(2020, 0, 2, 11)]);
  });

  it('reads Z among other offsets', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, row) => `2020-07-01T12:00:00${['Z', '+02:00'][row % 2]},${row}`,
    );
    const { table, schema } = await loadText(`seen,n\n${rows.join('\n')}\n`);
    expect(schema[0]).toMatchObject({ kind: 'datetime', zone: { z: true } });
    const column = table.columns[0];
    const values = column?.type === 'number' ? [...column.values] : [];
    expect(values.slice(0, 2)).toEqual([Date.UTC(2020, 6, 1, 12), Date.UTC(2020, 6, 1, 10)]);
  });

  it('reads dates that are made coarser as their own clocks show them', async () => {
    const offsets = ['+02:00', '-08:00', 'Z'];
    const rows = Array.from({ length: 30 }, (_, row) => `2020-07-01T00:30:00${offsets[row % 3]},${row}`);
    const { table } = await loadText(`seen,n\n${rows.join('\n')}\n`, (choice) =>
      choice.name === 'seen' ? { ...choice, generalise: { how: 'date', to: 'month' } } : choice,
    );
    const column = table.columns[0];
    const values = column?.type === 'number' ? [...column.values] : [];
    expect(values).toEqual(rows.map(() => Date.UTC(2020, 6, 1, 0, 30)));
  });

  it('turns each kind into a column of its own', async () => {
    const { table, schema } = await loadText(
      `id,n,x,flag,day,town\n${Array.from({ length: 60 }, (_, row) => `K${100 + row},${row * 2},${row / 4},${row % 2 === 0 ? 'yes' : 'no'},${String(1 + (row % 28)).padStart(2, '0')}.03.2021,${row === 5 ? '' : (['Wien', 'Graz'][row % 2] ?? '')}`).join('\n')}\n`,
    );
    expect(table.rows).toBe(60);
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual([
      ['n', 'number'],
      ['x', 'number'],
      ['flag', 'category'],
      ['day', 'number'],
      ['town', 'category'],
    ]);
    const [n, x, flag, day, town] = table.columns;
    expect(n).toMatchObject({ values: Float64Array.from({ length: 60 }, (_, row) => row * 2) });
    expect(x?.type === 'number' && x.values[7]).toBe(1.75);
    expect(flag).toMatchObject({ categories: ['no', 'yes'] });
    expect(day?.type === 'number' && day.values[9]).toBe(Date.UTC(2021, 2, 10));
    expect(town?.type === 'category' && [...town.codes.subarray(0, 7)]).toEqual([1, 0, 1, 0, 1, -1, 1]);
    expect(schema.map((column) => columnSchema.parse(column))).toEqual(schema);
    expect(schema).toMatchObject([
      { name: 'id', role: 'identifier', pattern: 'K999', identifier: { type: 'pattern', nulls: 0 } },
      { name: 'n', kind: 'integer', nullable: false },
      { name: 'x', kind: 'decimal', decimals: 2, minDecimals: 0 },
      { name: 'flag', kind: 'boolean', spellings: ['no', 'yes'] },
      { name: 'day', kind: 'datetime', format: '%d.%m.%Y' },
      { name: 'town', kind: 'category', nullable: true },
    ]);
  });

  it('keeps the texts of a column the user calls a boolean only where enough rows share each', async () => {
    const asked = (texts: readonly string[]): Promise<LoadedTable> =>
      loadText(`a,b\n${texts.map((text, row) => `${row},${text}`).join('\n')}\n`, (choice) =>
        choice.name === 'b' ? { ...choice, kind: 'boolean', role: 'keep' } : choice,
      );
    const answers = Array.from({ length: 60 }, (_, row) => (row % 2 === 0 ? 'open' : 'shut'));
    const all = await asked(answers);
    expect(all.schema[1]).toMatchObject({ kind: 'boolean', spellings: ['open', 'shut'] });
    const one = await asked([...answers, 'Quirina Zyxwarden']);
    expect(one.schema[1]?.kind).toBe('boolean');
    expect(one.schema[1]).not.toHaveProperty('spellings');
  });

  it('follows the user: kinds, drops and identifiers', async () => {
    const text = `a,b,c,d\n${Array.from({ length: 50 }, (_, row) => `${row % 7},t${row % 3},${row % 5 === 0 ? 'n/a?' : row},x${row}`).join('\n')}\n`;
    const { table, schema, problems } = await loadText(text, (choice) => {
      if (choice.name === 'a') return { ...choice, kind: 'category' };
      if (choice.name === 'b') return { ...choice, role: 'drop' };
      if (choice.name === 'c') return { ...choice, kind: 'integer', role: 'keep' };
      return { ...choice, role: 'identifier' };
    });
    expect(table.columns.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(table.columns[0]).toMatchObject({
      type: 'category',
      categories: ['0', '1', '2', '3', '4', '5', '6'],
    });
    expect(schema.map(({ name }) => name)).toEqual(['a', 'c', 'd']);
    expect(problems).toEqual([
      expect.objectContaining({
        column: 'c',
        message: expect.stringContaining('10 values do not fit') as string,
      }),
    ]);
  });

  it('reads dates by the pattern most values fit, when the user says they are dates', async () => {
    const text = `a,when\n${Array.from({ length: 50 }, (_, row) => `${row % 7},${row === 3 ? 'unknown day' : `2020-01-${10 + (row % 15)}`}`).join('\n')}\n`;
    const { table, problems } = await loadText(text, (choice) =>
      choice.name === 'when' ? { ...choice, kind: 'datetime', role: 'keep' } : choice,
    );
    const when = table.columns[1];
    expect(when?.type === 'number' && [when.values[0], when.values[3]]).toEqual([Date.UTC(2020, 0, 10), NaN]);
    expect(problems).toHaveLength(1);
  });

  it('remembers the sign for “missing”, the decimal comma and the precision', async () => {
    const text = `a;b\n${Array.from({ length: 40 }, (_, row) => `${row % 4 === 0 ? 'NA' : row};${row},${row % 10}${row % 3}`).join('\n')}\n`;
    const { table, schema } = await loadText(text);
    expect(schema).toMatchObject([
      { name: 'a', kind: 'integer', nullable: true, nullText: 'NA' },
      { name: 'b', kind: 'decimal', decimals: 2, minDecimals: 2, decimalMark: ',' },
    ]);
    expect(table.columns[0]?.type === 'number' && table.columns[0].values.filter(Number.isNaN).length).toBe(
      10,
    );
  });

  it('reads commas between thousands as such, not as decimal marks', async () => {
    const amounts = Array.from({ length: 40 }, (_, row) => 600 + row * 1357);
    const text = `town,amount\n${amounts.map((amount, row) => `t${row % 3},"${amount.toLocaleString('en-GB')}"`).join('\n')}\n`;
    const { table, schema } = await loadText(text);
    expect(schema[1]).toMatchObject({ name: 'amount', kind: 'integer' });
    expect(schema[1]?.decimalMark).toBeUndefined();
    expect(table.columns[1]).toMatchObject({ values: Float64Array.from(amounts) });
    // Two separators in a number leave no doubt in any file.
    const large = amounts.map((amount) => amount * 1000);
    const other = `town;amount\n${large.map((amount, row) => `t${row % 3};${amount.toLocaleString('en-GB')}`).join('\n')}\n`;
    const second = await loadText(other);
    expect(second.table.columns[1]).toMatchObject({ values: Float64Array.from(large) });
  });

  it('keeps the types of Parquet', async () => {
    const { table, schema } = await load(join(fixtures, 'sensors.parquet'));
    expect(schema.map(({ name, storage }) => [name, storage])).toEqual([
      ['level', 'TINYINT'],
      ['reading', 'DECIMAL(6,1)'],
      ['day', 'DATE'],
      ['at', 'TIMESTAMP'],
      ['ok', 'BOOLEAN'],
      ['site', 'VARCHAR'],
    ]);
    expect(table.columns[3]?.type === 'number' && table.columns[3].values[1]).toBe(
      Date.UTC(2024, 0, 1, 8, 7),
    );
    expect(table.columns[5]).toMatchObject({ categories: ['north', 'south', 'west'] });
  });

  it('loads a column of 120,000 categories', async () => {
    const rows = 150_000;
    const lines = Array.from({ length: rows }, (_, row) => `code ${(row * 7919) % 120_000},${row % 2}`);
    const { table } = await loadText(`code,n\n${lines.join('\n')}\n`, (choice) => ({
      ...choice,
      role: 'keep',
      kind: 'category',
    }));
    const codes = table.columns[0];
    if (codes?.type !== 'category') throw new Error('no categories');
    expect(codes.categories).toHaveLength(120_000);
    for (const row of [0, 1, 99_999, rows - 1])
      expect(codes.categories[codes.codes[row] ?? -1]).toBe(`code ${(row * 7919) % 120_000}`);
  });

  it('refuses columns that do not exist', async () => {
    await expect(
      loadText('a,b\n1,2\n', (choice) => ({ ...choice, name: `${choice.name}!` })),
    ).rejects.toMatchObject({
      code: 'table/unknown-column',
    });
  });

  it('gives the same codes every time', async () => {
    const first = await load(join(fixtures, 'notes-bom.csv'));
    const second = await load(join(fixtures, 'notes-bom.csv'));
    expect(second.table).toEqual(first.table);
  });
});
