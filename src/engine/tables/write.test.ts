import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { TableFormat } from '../../shared/table.ts';
import { withConnection } from './duckdb.ts';
import { loadTable } from './load.ts';
import { outputError, type Drive } from './output-file.ts';
import { profileTable } from './profile.ts';
import type { ColumnSchema } from './schema.ts';
import { openSource } from './source.ts';
import type { Column, Table } from './table.ts';
import { writeTable } from './write.ts';

const fixtures = join(import.meta.dirname, '../../../test/fixtures/tables');
const root = await mkdtemp(join(tmpdir(), 'semblance-test-'));
afterAll(() => rm(root, { recursive: true, force: true }));
let folder = '';
let folders = 0;
beforeEach(async () => {
  folder = join(root, String(++folders));
  await mkdir(folder);
});

const formats: TableFormat[] = ['csv', 'jsonl', 'parquet'];

async function* chunksOf(...tables: Table[]): AsyncIterable<Table> {
  for (const table of tables) yield table;
}

async function load(path: string) {
  const source = await openSource(path);
  try {
    const profile = await profileTable(source);
    return await loadTable(source, profile, profile.columns);
  } finally {
    await source.close();
  }
}

const numbers = (name: string, values: number[]): Column => ({
  type: 'number',
  name,
  values: Float64Array.from(values),
});
const column = (name: string, rest: Partial<ColumnSchema> & Pick<ColumnSchema, 'kind'>): ColumnSchema => ({
  name,
  role: 'keep',
  nullable: true,
  ...rest,
});

const simple: { schema: ColumnSchema[]; table: Table } = {
  schema: [column('n', { kind: 'integer' }), column('t', { kind: 'category' })],
  table: {
    rows: 3,
    columns: [
      numbers('n', [1, NaN, -3]),
      { type: 'category', name: 't', codes: Int32Array.of(0, 1, -1), categories: ['a "b", c', 'ü\nx'] },
    ],
  },
};

describe('writeTable', () => {
  it.each(formats)(
    'calls before a whole %s file appears, and replaces nothing when that fails',
    async (format) => {
      const path = join(folder, `out.${format}`);
      await writeFile(path, 'older');
      const seen: unknown[] = [];
      const write = (fails: boolean) =>
        writeTable(path, format, simple.schema, chunksOf(simple.table), {
          overwrite: true,
          beforeAppearing: async (written) => {
            seen.push(written);
            expect(await readFile(path, 'utf8')).toBe('older');
            if (fails) throw outputError(Object.assign(new Error(), { code: 'ENOSPC' }), 'card');
          },
        });
      await expect(write(true)).rejects.toMatchObject({ code: 'output/disk-full' });
      expect(await readFile(path, 'utf8')).toBe('older');
      expect(await readdir(folder)).toEqual([`out.${format}`]);
      const written = await write(false);
      expect(seen).toEqual([written, written]);
      expect(written.sha256).toBe(
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      );
      expect(written.rows).toBe(3);
    },
  );

  it('writes RFC 4180, quoting only what must be', async () => {
    const path = join(folder, 'out.csv');
    const written = await writeTable(path, 'csv', simple.schema, chunksOf(simple.table, simple.table), {
      overwrite: false,
    });
    const text = await readFile(path, 'utf8');
    expect(text).toBe('n,t\n1,"a ""b"", c"\n,"ü\nx"\n-3,\n1,"a ""b"", c"\n,"ü\nx"\n-3,\n');
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(written).toEqual({ rows: 6, bytes: Buffer.byteLength(text), sha256, contentSha256: sha256 });
    expect(await readdir(folder)).toEqual(['out.csv']);
  });

  it('widens a Parquet type rather than lose values that do not fit it', async () => {
    const path = join(folder, 'out.parquet');
    const schema = [
      column('small', { kind: 'integer', storage: 'TINYINT' }),
      column('fixed', { kind: 'decimal', decimals: 2, minDecimals: 2 }),
      column('large', { kind: 'decimal', decimals: 9, minDecimals: 9 }),
      column('odd', { kind: 'category', storage: 'DATE' }),
      column('sum', { kind: 'integer', storage: 'HUGEINT' }),
      column('whole', { kind: 'integer', storage: 'DOUBLE', minDecimals: 1 }),
    ];
    const table: Table = {
      rows: 2,
      columns: [
        numbers('small', [7, 1234]),
        numbers('fixed', [1.5, NaN]),
        numbers('large', [123_456_789_012.5, 1]),
        { type: 'category', name: 'odd', codes: Int32Array.of(0, 1), categories: ['2020-01-01', 'later'] },
        numbers('sum', [0, 9_000_000_000]),
        numbers('whole', [5, 6]),
      ],
    };
    await writeTable(path, 'parquet', schema, chunksOf(table), { overwrite: false });
    const [types, cells] = await withConnection(undefined, async (connection) => [
      (await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${path}')`)).getRows(),
      (await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM read_parquet('${path}')`)).getRows(),
    ]);
    expect(types.map((row) => row[1])).toEqual([
      'BIGINT',
      'DECIMAL(18,2)',
      'DOUBLE',
      'VARCHAR',
      'BIGINT',
      'BIGINT',
    ]);
    expect(cells).toEqual([
      ['7', '1.50', '123456789012.5', '2020-01-01', '0', '5'],
      ['1234', null, '1.0', 'later', '9000000000', '6'],
    ]);
  });

  it('leaves binary columns of Parquet out, and shows whole numbers as such', async () => {
    const path = join(folder, 'in.parquet');
    await withConnection(undefined, (connection) =>
      connection.run(
        `COPY (SELECT (i % 9)::HUGEINT AS sum, encode('x' || i) AS picture FROM range(40) t(i)) TO '${path}' (FORMAT parquet)`,
      ),
    );
    const source = await openSource(path);
    const profile = await profileTable(source);
    await source.close();
    expect(profile.columns).toMatchObject([
      { name: 'sum', kind: 'integer', range: { min: '0', max: '8' } },
      { name: 'picture', role: 'drop' },
    ]);
    expect(profile.problems.find(({ column }) => column === 'picture')?.message).toContain('binary');
  });

  it.each(formats)('keeps tiny and huge decimals: %s', async (format) => {
    const source = join(folder, 'in.csv');
    const tiny = Array.from({ length: 60 }, (_, row) => Number(`${1 + (row % 37)}.${row % 9}5e-23`));
    const huge = tiny.map((value) => Number((value * 1e46).toPrecision(4)));
    const places = tiny.map((_, row) => `0.0000000000000000${row + 11}`);
    const lines = tiny.map((value, row) => `${value},${huge[row] ?? 0},${places[row] ?? ''}`);
    await writeFile(source, `tiny,huge,places\n${lines.join('\n')}\n`);
    const { schema, table } = await load(source);
    expect(schema.map(({ kind }) => kind)).toEqual(['decimal', 'decimal', 'decimal']);
    const path = join(folder, `out.${format}`);
    await writeTable(path, format, schema, chunksOf(table), { overwrite: false });
    const again = await load(path);
    for (const [at, expected] of [tiny, huge, places.map(Number)].entries())
      expect(again.table.columns[at]).toMatchObject({ values: Float64Array.from(expected) });
  });

  it('writes JSON lines with numbers as numbers', async () => {
    const path = join(folder, 'out.jsonl');
    await writeTable(path, 'jsonl', simple.schema, chunksOf(simple.table), { overwrite: false });
    const rows = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(rows).toEqual([
      { n: 1, t: 'a "b", c' },
      { n: null, t: 'ü\nx' },
      { n: -3, t: null },
    ]);
  });

  it('writes typed Parquet', async () => {
    const path = join(folder, 'out.parquet');
    const schema = [
      column('n', { kind: 'integer' }),
      column('x', { kind: 'decimal', decimals: 2 }),
      column('d', { kind: 'datetime', format: '%d.%m.%Y' }),
      column('s', { kind: 'datetime', format: '%Y-%m-%dT%H:%M:%SZ' }),
      column('c', { kind: 'datetime', format: '%H:%M' }),
      column('b', { kind: 'boolean', spellings: ['False', 'True'] }),
      column('m', { kind: 'decimal', decimals: 2, storage: 'DECIMAL(9,2)' }),
      column('id', {
        kind: 'identifier',
        role: 'identifier',
        identifier: { type: 'sequence', start: 1, nulls: 0 },
      }),
    ];
    const table: Table = {
      rows: 1,
      columns: [
        numbers('n', [7]),
        numbers('x', [1.25]),
        numbers('d', [Date.UTC(2024, 1, 29)]),
        numbers('s', [Date.UTC(2024, 1, 29, 1, 2, 3)]),
        numbers('c', [3_600_000]),
        { type: 'category', name: 'b', codes: Int32Array.of(1), categories: ['False', 'True'] },
        numbers('m', [-0.05]),
      ],
    };
    await writeTable(path, 'parquet', schema, chunksOf(table), { overwrite: false });
    const [types, values] = await withConnection(undefined, async (connection) => [
      (await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${path}')`))
        .getRows()
        .map((row) => row[1]),
      (
        await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM read_parquet('${path}')`)
      ).getRows()[0],
    ]);
    expect(types).toEqual([
      'BIGINT',
      'DOUBLE',
      'DATE',
      'TIMESTAMP WITH TIME ZONE',
      'TIME',
      'BOOLEAN',
      'DECIMAL(9,2)',
      'BIGINT',
    ]);
    expect(values).toEqual([
      '7',
      '1.25',
      '2024-02-29',
      '2024-02-29 01:02:03+00',
      '01:00:00',
      'true',
      '-0.05',
      '1',
    ]);
  });

  it('writes numbers as the source does', async () => {
    const path = join(folder, 'out.csv');
    const schema = [
      column('fixed', { kind: 'decimal', decimals: 2, minDecimals: 2 }),
      column('trimmed', { kind: 'decimal', decimals: 3, minDecimals: 0 }),
      column('comma', { kind: 'decimal', decimals: 1, minDecimals: 1, decimalMark: ',' }),
      column('whole', { kind: 'integer', nullText: 'NA' }),
      column('float', { kind: 'integer', minDecimals: 1 }),
    ];
    const table: Table = {
      rows: 4,
      columns: [
        numbers('fixed', [1.005, -0.001, 1e9 + 0.1, NaN]),
        numbers('trimmed', [1.5, 2, 0.0004, 1234567.891]),
        numbers('comma', [1.25, -2, 0, NaN]),
        numbers('whole', [9007199254740991, -0.4, NaN, 2147483648]),
        numbers('float', [5, -0.4, NaN, 12.6]),
      ],
    };
    await writeTable(path, 'csv', schema, chunksOf(table), { overwrite: false });
    expect(await readFile(path, 'utf8')).toBe(
      'fixed,trimmed,comma,whole,float\n1.00,1.5,"1,3",9007199254740991,5.0\n0.00,2,"-2,0",0,0.0\n1000000000.10,0,"0,0",NA,\n,1234567.891,,2147483648,13.0\n',
    );
  });

  it.each([
    'bestellungen-windows1252.csv',
    'scores-utf16.tsv',
    'notes-bom.csv',
    'sensors.jsonl',
    'sensors.parquet',
    'visits.csv.gz',
  ])('gives back %s in every format, value by value', async (name) => {
    const { table, schema } = await load(join(fixtures, name));
    for (const format of formats) {
      const path = join(folder, `copy.${format}`);
      const { rows } = await writeTable(path, format, schema, chunksOf(table), { overwrite: false });
      expect(rows).toBe(table.rows);
      const again = await load(path);
      // UTF-8 sorts as the source did; spelling and order are the same.
      expect(again.table.columns).toEqual(table.columns);
      expect(again.schema.map((one) => one.name)).toEqual(schema.map((one) => one.name));
      expect(again.schema.map((one) => one.kind)).toEqual(schema.map((one) => one.kind));
      if (format === 'csv')
        expect(
          again.schema.map(({ format: pattern, decimals, minDecimals, nullText }) => ({
            pattern,
            decimals,
            minDecimals,
            nullText,
          })),
        ).toEqual(
          schema.map(({ format: pattern, decimals, minDecimals, nullText }) => ({
            pattern,
            decimals,
            minDecimals,
            nullText,
          })),
        );
    }
  });

  it('keeps every value of random tables in every format', async () => {
    const text = fc
      .oneof(
        fc.stringMatching(/^[a-z",;\n ]{1,6}$/),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
      )
      .filter((value) => value.trim() === value && !value.includes('\0'));
    const rows = 12;
    const cells = fc.record({
      whole: fc.array(fc.oneof(fc.maxSafeInteger(), fc.constant(NaN)), { minLength: rows, maxLength: rows }),
      cents: fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: rows, maxLength: rows }),
      moment: fc.array(fc.integer({ min: -30_000_000_000, max: 60_000_000_000 }), {
        minLength: rows,
        maxLength: rows,
      }),
      categories: fc.uniqueArray(text, { minLength: 1, maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(
        cells,
        fc.constantFrom(...formats),
        async ({ whole, cents, moment, categories }, format) => {
          const schema = [
            column('whole', { kind: 'integer' }),
            column('cents', { kind: 'decimal', decimals: 2, minDecimals: 0 }),
            column('moment', { kind: 'datetime', format: '%Y-%m-%d %H:%M:%S' }),
            column('text', { kind: 'category' }),
          ];
          const codes = Int32Array.from({ length: rows }, (_, row) => (row % (categories.length + 1)) - 1);
          const table: Table = {
            rows,
            columns: [
              numbers('whole', whole),
              numbers(
                'cents',
                cents.map((value) => value / 100),
              ),
              numbers(
                'moment',
                moment.map((seconds) => seconds * 1000),
              ),
              { type: 'category', name: 'text', codes, categories },
            ],
          };
          const path = join(folder, `random.${format}`);
          await writeTable(path, format, schema, chunksOf(table), { overwrite: true });
          const source = await openSource(path);
          const page = await source.preview(0, rows);
          await source.close();
          expect(page.columns).toEqual(['whole', 'cents', 'moment', 'text']);
          const number = (cell: string | null | undefined): number =>
            cell === null || cell === undefined ? NaN : Number(cell);
          expect(page.rows.map((row) => number(row[0]))).toEqual(whole.map((value) => value + 0));
          expect(page.rows.map((row) => number(row[1]))).toEqual(cents.map((value) => value / 100 + 0));
          expect(page.rows.map((row) => Date.parse(`${row[2] ?? ''}Z`))).toEqual(
            moment.map((seconds) => seconds * 1000),
          );
          expect(page.rows.map((row) => row[3])).toEqual(
            Array.from(codes, (code) => categories[code] ?? null),
          );
        },
      ),
      { numRuns: 60 },
    );
  }, 20_000);

  it('is read by DuckDB as it was meant', async () => {
    const path = join(folder, 'out.csv');
    await writeTable(path, 'csv', simple.schema, chunksOf(simple.table), { overwrite: false });
    const rows = await withConnection(undefined, async (connection) =>
      (await connection.runAndReadAll(`SELECT n::INTEGER, t FROM read_csv('${path}')`)).getRows(),
    );
    expect(rows).toEqual([
      [1, 'a "b", c'],
      [null, 'ü\nx'],
      [-3, null],
    ]);
  });

  it('makes identifiers that are new, unique over chunks and the same for a seed', async () => {
    const schema = [
      column('id', {
        kind: 'identifier',
        role: 'identifier',
        nullable: false,
        pattern: 'AA-9999',
        identifier: { type: 'pattern', nulls: 0 },
      }),
      ...simple.schema,
    ];
    const big: Table = {
      rows: 3000,
      columns: [
        numbers(
          'n',
          Array.from({ length: 3000 }, (_, row) => row),
        ),
      ],
    };
    const write = async (name: string, seed: number): Promise<string[]> => {
      await writeTable(join(folder, name), 'csv', schema, chunksOf(big, big), { overwrite: false, seed });
      return (await readFile(join(folder, name), 'utf8'))
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0] ?? '');
    };
    const first = await write('1.csv', 1);
    expect(new Set(first).size).toBe(6000);
    expect(await write('2.csv', 1)).toEqual(first);
    expect(await write('3.csv', 2)).not.toEqual(first);
  });

  it('a table of one column keeps its missing values', async () => {
    const path = join(folder, 'one.csv');
    await writeTable(
      path,
      'csv',
      [column('n', { kind: 'integer' })],
      chunksOf({ rows: 3, columns: [numbers('n', [1, NaN, 3])] }),
      { overwrite: false },
    );
    expect((await load(path)).table).toMatchObject({
      rows: 3,
      columns: [{ values: Float64Array.of(1, NaN, 3) }],
    });
  });
});

describe('a file appears whole or not at all', () => {
  const fullDrive: Drive = {
    write: async () => {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    },
  };

  it.each(formats)('%s: never replaces a file unasked', async (format) => {
    const path = join(folder, `there.${format}`);
    await writeFile(path, 'precious');
    const write = (overwrite: boolean) =>
      writeTable(path, format, simple.schema, chunksOf(simple.table), { overwrite });
    await expect(write(false)).rejects.toMatchObject({ code: 'output/exists' });
    expect(await readFile(path, 'utf8')).toBe('precious');
    await write(true);
    expect(await readFile(path, 'utf8')).not.toBe('precious');
    expect(await readdir(folder)).toEqual([`there.${format}`]);
  });

  it('does not replace a file that appears while writing', async () => {
    const path = join(folder, 'late.csv');
    const chunks = async function* (): AsyncIterable<Table> {
      yield simple.table;
      await writeFile(path, 'precious');
    };
    await expect(
      writeTable(path, 'csv', simple.schema, chunks(), { overwrite: false }),
    ).rejects.toMatchObject({ code: 'output/exists' });
    expect(await readFile(path, 'utf8')).toBe('precious');
    expect(await readdir(folder)).toEqual(['late.csv']);
  });

  it.each(formats)('%s: a full drive', async (format) => {
    const path = join(folder, `full.${format}`);
    await writeFile(path, 'before');
    await expect(
      writeTable(path, format, simple.schema, chunksOf(simple.table), { overwrite: true, drive: fullDrive }),
    ).rejects.toMatchObject({
      code: 'output/disk-full',
      message: expect.stringContaining(`full.${format}`) as string,
    });
    expect(await readdir(folder)).toEqual([`full.${format}`]);
    expect(await readFile(path, 'utf8')).toBe('before');
  });

  it('a really full drive', async (test) => {
    const mount = join(folder, 'small');
    await mkdir(mount);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', mount], { stdio: 'ignore' });
    } catch {
      test.skip('a small drive can only be mounted by root');
      return;
    }
    try {
      const big: Table = {
        rows: 100_000,
        columns: [
          numbers(
            'n',
            Array.from({ length: 100_000 }, (_, row) => row * 1e6 + 1),
          ),
        ],
      };
      const schema = [column('n', { kind: 'integer' })];
      for (const format of formats) {
        await expect(
          writeTable(join(mount, `o.${format}`), format, schema, chunksOf(big, big), { overwrite: false }),
        ).rejects.toMatchObject({ code: 'output/disk-full' });
        expect(await readdir(mount)).toEqual([]);
      }
      // Here the interim text fits, and the drive fills up under the Parquet file itself.
      await writeFile(join(mount, 'ballast'), Buffer.alloc(560 * 1024));
      const few: Table = {
        rows: 30_000,
        columns: [
          numbers(
            'n',
            Array.from({ length: 30_000 }, (_, row) => Math.imul(row, 0x9e3779b1) * 1024),
          ),
        ],
      };
      await expect(
        writeTable(join(mount, 'p.parquet'), 'parquet', schema, chunksOf(few), { overwrite: false }),
      ).rejects.toMatchObject({ code: 'output/disk-full' });
      expect(await readdir(mount)).toEqual(['ballast']);
    } finally {
      execFileSync('umount', [mount]);
    }
  });

  it.each(formats)('%s: the generator fails, or the user cancels', async (format) => {
    const failing = async function* (): AsyncIterable<Table> {
      yield simple.table;
      throw new Error('generator broke');
    };
    const path = join(folder, `never.${format}`);
    await expect(writeTable(path, format, simple.schema, failing(), { overwrite: false })).rejects.toThrow(
      'generator broke',
    );
    const stop = new AbortController();
    const endless = async function* (): AsyncIterable<Table> {
      for (let count = 0; ; count++) {
        if (count === 5) stop.abort();
        yield simple.table;
      }
    };
    await expect(
      writeTable(path, format, simple.schema, endless(), { overwrite: false, signal: stop.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('a folder without permission, or without existence', async () => {
    const locked = join(folder, 'locked');
    await mkdir(locked);
    await chmod(locked, 0o500);
    const write = (path: string) =>
      writeTable(path, 'csv', simple.schema, chunksOf(simple.table), { overwrite: false });
    if (process.getuid?.() !== 0)
      await expect(write(join(locked, 'a.csv'))).rejects.toMatchObject({ code: 'output/no-permission' });
    for (const code of ['EACCES', 'EPERM', 'EROFS'])
      expect(outputError(Object.assign(new Error('denied'), { code }), '/x/a.csv')).toMatchObject({
        code: 'output/no-permission',
      });
    await expect(write(join(folder, 'nowhere', 'a.csv'))).rejects.toMatchObject({ code: 'output/failed' });
    await expect(write(locked)).rejects.toMatchObject({ code: 'output/failed' });
  });
});
