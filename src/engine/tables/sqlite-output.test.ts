import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ColumnSchema } from './schema.ts';
import { sqliteColumns, sqliteTable } from './sqlite-output.ts';
import type { Column, Table } from './table.ts';
import { writeTable } from './write.ts';

const root = await mkdtemp(join(tmpdir(), 'semblance-test-'));
afterAll(() => rm(root, { recursive: true, force: true }));
let folder = '';
let folders = 0;
beforeEach(async () => {
  folder = join(root, String(++folders));
  await mkdir(folder);
});

async function* chunksOf(...tables: Table[]): AsyncIterable<Table> {
  for (const table of tables) yield table;
}

const column = (name: string, rest: Partial<ColumnSchema> & Pick<ColumnSchema, 'kind'>): ColumnSchema => ({
  name,
  role: 'keep',
  nullable: true,
  ...rest,
});
const numbers = (name: string, ...values: number[]): Column => ({
  type: 'number',
  name,
  values: Float64Array.from(values),
});
const words = (name: string, codes: number[], ...categories: string[]): Column => ({
  type: 'category',
  name,
  codes: Int32Array.from(codes),
  categories,
});

const schema = [
  column('id', {
    kind: 'identifier',
    role: 'identifier',
    identifier: { type: 'sequence', start: 1, nulls: 0 },
  }),
  column('n', { kind: 'integer' }),
  column('x', { kind: 'decimal', decimals: 2, minDecimals: 2 }),
  column('code', { kind: 'category' }),
  column('day', { kind: 'datetime', format: '%d.%m.%Y' }),
  column('at', { kind: 'datetime', format: '%Y-%m-%d %H:%M:%S' }),
  column('clock', { kind: 'datetime', format: '%H:%M' }),
  column('yes', { kind: 'boolean', spellings: ['False', 'True'] }),
];
const table: Table = {
  rows: 3,
  columns: [
    numbers('n', 1, NaN, 9007199254740991),
    numbers('x', 0.1, 1234.5, -2),
    words('code', [0, 1, -1], '007', 'a "b",\n ü 🩺'),
    numbers('day', 0, NaN, Date.UTC(2024, 1, 29)),
    numbers('at', Date.UTC(2024, 1, 29, 1, 2, 3), NaN, 0),
    numbers('clock', 3_600_000, NaN, 0),
    words('yes', [1, 0, -1], 'False', 'True'),
  ],
};
const rows = [
  [1, 1, 0.1, '007', '1970-01-01', '2024-02-29 01:02:03', '01:00:00', 1],
  [2, null, 1234.5, 'a "b",\n ü 🩺', null, null, null, 0],
  [3, 9007199254740991, -2.0, null, '2024-02-29', '1970-01-01 00:00:00', '00:00:00', null],
];

function read(path: string): { types: string[]; rows: unknown[][] } {
  const database = new Database(path, { readonly: true });
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    const types = database
      .prepare<[], string>(`SELECT name || ' ' || type FROM pragma_table_info('${sqliteTable}')`)
      .pluck()
      .all();
    const read = database.prepare<[], unknown[]>(`SELECT * FROM ${sqliteTable}`).raw().all();
    return { types, rows: read };
  } finally {
    database.close();
  }
}

describe('a SQLite file', () => {
  it('has one table of typed columns, and the values as they are', async () => {
    const path = join(folder, 'out.sqlite');
    const written = await writeTable(path, 'sqlite', schema, chunksOf(table), { overwrite: false });
    expect(written.rows).toBe(3);
    expect(written.bytes).toBe((await readFile(path)).length);
    expect(read(path)).toEqual({
      types: [
        ...['id INTEGER', 'n INTEGER', 'x REAL', 'code TEXT', 'day DATE', 'at TIMESTAMP', 'clock TIME'],
        'yes BOOLEAN',
      ],
      rows,
    });
    expect(await readdir(folder)).toEqual(['out.sqlite']);
  });

  it('is read by the sqlite3 of Python as it was meant', async (test) => {
    const path = join(folder, 'out.db');
    await writeTable(path, 'sqlite', schema, chunksOf(table), { overwrite: false });
    const script = `
import json, sqlite3, sys
db = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
print(json.dumps({
  'check': db.execute('pragma integrity_check').fetchone()[0],
  'tables': [row[0] for row in db.execute("select name from sqlite_master where type = 'table'")],
  'rows': db.execute('select * from rows').fetchall(),
  'python': [type(value).__name__ for value in db.execute('select * from rows').fetchone()],
}))`;
    const run = ['python3', 'python']
      .map((name) => spawnSync(name, ['-c', script, path], { encoding: 'utf8' }))
      .find(({ error }) => error === undefined);
    if (run === undefined) {
      console.warn('SKIPPED: there is no Python, so reading our SQLite files with it is untested.');
      test.skip();
      return;
    }
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual({
      check: 'ok',
      tables: ['rows'],
      rows,
      python: ['int', 'int', 'float', 'str', 'str', 'str', 'str', 'int'],
    });
  });

  it('takes any name for a column, and no name for another', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.oneof(
            fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
            fc.constantFrom(
              'a',
              'A',
              'a_2',
              'Ä',
              'ä',
              '"); DROP TABLE rows; --',
              "' OR 1=1",
              'x\0y',
              'select',
            ),
          ),
          { minLength: 1, maxLength: 8 },
        ),
        async (names) => {
          const path = join(folder, 'names.sqlite');
          const odd = names.map((name) => column(name, { kind: 'integer' }));
          const one: Table = { rows: 1, columns: names.map((name, at) => numbers(name, at)) };
          await writeTable(path, 'sqlite', odd, chunksOf(one), { overwrite: true });
          const { rows, types } = read(path);
          expect(rows).toEqual([names.map((_, at) => at)]);
          expect(types).toEqual(sqliteColumns(odd).map(({ name, type }) => `${name} ${type}`));
          const plain = types.every((type, at) => type === `${names[at] ?? ''} INTEGER`);
          const alike = new Set(names.map((name) => name.toLowerCase())).size < names.length;
          if (!alike && !names.some((name) => name.includes('\0'))) expect(plain).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps a value that its column is too narrow for', async () => {
    const path = join(folder, 'odd.sqlite');
    const narrow = [column('d', { kind: 'category', storage: 'DATE' }), column('i', { kind: 'integer' })];
    const odd: Table = { rows: 1, columns: [words('d', [0], 'later than that'), numbers('i', 1e300)] };
    await writeTable(path, 'sqlite', narrow, chunksOf(odd), { overwrite: false });
    const [row] = read(path).rows;
    expect(row?.[0]).toBe('later than that');
    expect(Number(row?.[1])).toBe(1e300);
  });

  it('refuses more columns than SQLite takes, with what to do', async () => {
    const many = Array.from({ length: 2001 }, (_, at) => column(`c${at}`, { kind: 'integer' }));
    const path = join(folder, 'many.sqlite');
    await expect(
      writeTable(path, 'sqlite', many, chunksOf({ rows: 0, columns: [] }), { overwrite: false }),
    ).rejects.toMatchObject({ code: 'output/unfit', fix: expect.stringContaining('Parquet') as string });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not left half-written when the drive fills up under it', async () => {
    const path = join(folder, 'full.sqlite');
    await writeFile(path, 'before');
    const big: Table = {
      rows: 20_000,
      columns: [numbers('n', ...Array.from({ length: 20_000 }, (_, row) => row * 1e6))],
    };
    const write = (mostPages: number) =>
      writeTable(path, 'sqlite', [column('n', { kind: 'integer' })], chunksOf(big, big), {
        overwrite: true,
        mostPages,
      });
    await expect(write(20)).rejects.toMatchObject({ code: 'output/disk-full' });
    expect(await readdir(folder)).toEqual(['full.sqlite']);
    expect(await readFile(path, 'utf8')).toBe('before');
    expect((await write(10_000)).rows).toBe(40_000);
  });
});
