/** Columns of any name go out and come back, in every format. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { delimiter as delimiters } from '../../shared/output.ts';
import { literal, textOrNull, withConnection } from './duckdb.ts';
import { parquetNames } from './parquet-output.ts';
import type { ColumnSchema } from './schema.ts';
import { openSource } from './source.ts';
import { sqliteColumns, sqliteTable } from './sqlite-output.ts';
import type { Table } from './table.ts';
import { writeTable, type WriteOptions } from './write.ts';

const folder = await mkdtemp(join(tmpdir(), 'semblance-test-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const odd = [
  '😀 mood', '👩🏽‍⚕️', 'a "quoted" name', `it's`, 'line\nbreak', 'line\r\nbreak', "Robert'); DROP TABLE rows;--", '`tick`',
  '[bracket]', '<img src=x onerror=alert(1)>', '&lt;b&gt;', '__proto__', 'constructor', 'toString', 'a,b', 'a;b', 'a|b',
  'tab\there', 'x'.repeat(300), '名'.repeat(300), '=cmd|calc', '@sum', 'null', 'NULL', 'age', 'AGE', 'Age_2', 'e\u0301',
  '\u00e9', '\u202egnp', 'rows', 'rowid', '%s%n', '$&', '${x}', '{{x}}', '\\', '\\n', 'count(*)', '*', '#', '"', ' ', ' padded ',
  '\ufeffmark', 'nul\u0000l', '', 'twice', 'twice', '',
]; // prettier-ignore
/** A line that holds these is no header to whoever reads a text. */
const valueLike = ['1', '1.5', '2024-01-01', 'true', '+1', '-'];

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Columns as a table with these names has them once it is opened: each has a name of its own. */
async function opened(): Promise<string[]> {
  const path = join(folder, 'odd.csv');
  const rows = Array.from({ length: 5 }, (_, row) => odd.map((_name, at) => String(at + row)).join(','));
  await writeFile(path, `${odd.map(quote).join(',')}\n${rows.join('\n')}\n`);
  return namesIn(path);
}

async function namesIn(path: string): Promise<string[]> {
  const source = await openSource(path);
  try {
    return (await source.preview(0, 1)).columns;
  } finally {
    await source.close();
  }
}

const textNames = await opened();
const names = [...textNames, ...valueLike];
const schemaOf = (names: readonly string[]) =>
  names.map((name): ColumnSchema => ({ name, kind: 'category', role: 'keep', nullable: true }));

async function* chunks(names: readonly string[]): AsyncIterable<Table> {
  yield {
    rows: 2,
    columns: names.map((name, at) => ({
      ...{ type: 'category' as const, name, codes: Int32Array.from([0, 1]) },
      categories: [`v${at}`, `w "${at}",\n;`],
    })),
  };
}

const written = async (
  name: string,
  format: Parameters<typeof writeTable>[1],
  more: Partial<WriteOptions> = {},
) => {
  const path = join(folder, name);
  const columns = format === 'csv' ? textNames : names;
  await writeTable(path, format, schemaOf(columns), chunks(columns), { overwrite: true, ...more });
  return path;
};

it('has a name for every column, those that have none and those that are twice included', () => {
  expect(new Set(textNames).size).toBe(odd.length);
  const kept = odd.filter(
    (name, at) => name !== '' && odd.indexOf(name) === at && !/\0|\ufeff|^ /.test(name),
  );
  expect(textNames).toEqual(expect.arrayContaining(kept));
  for (const name of textNames) expect(name).not.toBe('');
});

it.each(delimiters.options)('CSV, %j between fields', async (delimiter) => {
  const path = await written(`out-${delimiters.options.indexOf(delimiter)}.csv`, 'csv', { delimiter });
  const source = await openSource(path);
  const page = await source.preview(0, 5);
  await source.close();
  expect(page.columns).toEqual(textNames);
  expect(page.rows[1]).toEqual(textNames.map((_, at) => `w "${at}",\n;`));
});

it('JSON lines', async () => {
  const path = await written('out.jsonl', 'jsonl');
  for (const line of (await readFile(path, 'utf8')).trimEnd().split('\n')) {
    // As text: as an object “__proto__” and numbers would have a place of their own.
    const found = [...line.matchAll(/(?:\{|,)("(?:[^"\\]|\\.)*"):/g)].map(
      ([, name]) => JSON.parse(name ?? '') as string,
    );
    expect(found).toEqual(names);
    expect(Object.keys(JSON.parse(line) as object)).toHaveLength(names.length);
  }
  expect(new Set(await namesIn(path))).toEqual(new Set(names));
});

it('Parquet, but for names that differ in case only', async () => {
  const path = await written('out.parquet', 'parquet');
  const found = await withConnection(undefined, async (connection) => {
    const sql = `SELECT name FROM parquet_schema(${literal(path)}) WHERE num_children IS NULL ORDER BY column_id`;
    const reader = await connection.runAndReadAll(sql.replace(' ORDER BY column_id', ''));
    return reader.getRows().map(([name]) => textOrNull(name));
  });
  const expected = parquetNames(schemaOf(names));
  expect(found).toEqual(expected);
  expect(await namesIn(path)).toEqual(expected);
  onlyForCase(expected);
});

/** Names were changed only where others differ from them in nothing but case. */
function onlyForCase(written: readonly string[]): void {
  const like = (name: string) => names.filter((other) => other.toLowerCase() === name.toLowerCase()).length;
  const changed = names.filter((name, at) => name !== written[at]);
  expect(changed.length).toBeGreaterThan(0);
  for (const name of changed) expect(like(name)).toBeGreaterThan(1);
}

it('SQLite, but for names that differ in case only', async () => {
  const path = await written('out.sqlite', 'sqlite');
  const database = new Database(path, { readonly: true });
  const found = database.pragma(`table_info(${sqliteTable})`) as { name: string }[];
  const row = database.prepare(`SELECT * FROM ${sqliteTable}`).raw().get();
  database.close();
  const expected = sqliteColumns(schemaOf(names)).map(({ name }) => name);
  expect(found.map(({ name }) => name)).toEqual(expected);
  expect(row).toEqual(names.map((_, at) => `v${at}`));
  onlyForCase(expected);
});
