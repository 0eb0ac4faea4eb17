/**
 * Random tables as Python's csv module writes them, in random dialects, are read as they were meant, by us and by DuckDB
 * on our word; and what we write is read so by Python. Skipped, loudly, where there is no Python.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { withConnection } from './duckdb.ts';
import type { ColumnSchema } from './schema.ts';
import { openSource } from './source.ts';
import type { Column, Table } from './table.ts';
import { writeTable } from './write.ts';

const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import csv'], { stdio: 'ignore' }).status === 0,
);
if (python === undefined)
  console.warn('SKIPPED: Python is not there, so our CSV is not compared with that of its csv module.');

const folder = await mkdtemp(join(tmpdir(), 'semblance-csv-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** For each line of JSON: writes its rows to a file, or reads them from it where there are none. */
const script = `
import csv, json, sys
for line in sys.stdin:
    how = json.loads(line)
    form = dict(delimiter=how['delimiter'], lineterminator=how['newline'],
        quoting=csv.QUOTE_ALL if how['quoteAll'] else csv.QUOTE_MINIMAL)
    rows = how['rows']
    if rows is None:
        with open(how['path'], encoding='utf-8', newline='') as file:
            rows = list(csv.reader(file, **form, strict=True))
    else:
        with open(how['path'], 'w', encoding='utf-8-sig' if how['mark'] else 'utf-8', newline='') as file:
            csv.writer(file, **form).writerows(rows)
    print(json.dumps(rows), flush=True)
`;
const child =
  python === undefined ? undefined : spawn(python, ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = child && createInterface({ input: child.stdout })[Symbol.asyncIterator]();
afterAll(() => {
  child?.stdin.end();
});

interface Dialect {
  delimiter: string;
  newline: string;
  quoteAll: boolean;
  /** Byte order mark. */
  mark: boolean;
}

async function throughPython(
  path: string,
  dialect: Dialect,
  rows: readonly (readonly string[])[] | null,
): Promise<unknown> {
  child?.stdin.write(`${JSON.stringify({ path, rows, ...dialect })}\n`);
  const answer = await answers?.next();
  if (answer === undefined || answer.done === true) throw new Error('Python has ended.');
  return JSON.parse(answer.value);
}

const dialects: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n'),
  quoteAll: fc.boolean(),
  mark: fc.boolean(),
});

/** Values that look like structure, and everyday ones more often, as in files people have. */
const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('Graz', 'Wien', '12', '3.5', '', 'New York', 'ja', '2020-01-31') },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }).filter(isText) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('a,b', 'x;y', 'p|q', 'say "no"', '"', '""', "O'Neil", 'two\nlines', ' led by blanks', '\t', '-', '=1+1', 'é𝄞'),
  },
); // prettier-ignore

/** No control characters: zero bytes are left out on purpose, and a lone carriage return is a newline to some. */
function isText(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return !/[\u0000-\u001f\u007f\ufeff]/.test(text);
}

const tables = fc
  .integer({ min: 2, max: 6 })
  .chain((width) =>
    fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 12, maxLength: 40 }),
  );

const names = (width: number): string[] => Array.from({ length: width }, (_, at) => `column name ${at}`);

describe.skipIf(python === undefined)('Python’s csv module and we', () => {
  it('agree on what it writes', async () => {
    let files = 0;
    await fc.assert(
      fc.asyncProperty(dialects, tables, async (dialect, rows) => {
        const path = join(folder, `theirs ${++files}.csv`);
        const header = names(rows[0]?.length ?? 0);
        await throughPython(path, dialect, [header, ...rows]);
        // An empty field is no value.
        const meant = rows.map((row) => row.map((cell) => (cell === '' ? null : cell)));
        const source = await openSource(path);
        try {
          const { columns, rows: seen } = await source.preview(0, 100);
          expect([source.dialect?.delimiter, columns]).toEqual([dialect.delimiter, header]);
          expect(seen).toEqual(meant);
          const relation = await source.relation();
          const read = await withConnection(undefined, async (connection) =>
            (await connection.runAndReadAll(`SELECT * FROM ${relation.sql}`)).getRows(),
          );
          expect(read).toEqual(meant);
          expect(relation.problems).toEqual([]);
        } finally {
          await source.close();
          await rm(path);
        }
      }),
      { numRuns: 60, seed: 11 },
    );
  }, 120_000);

  it('agree on what we write', async () => {
    let files = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
        tables,
        async (delimiter, rows) => {
          const path = join(folder, `ours ${++files}.csv`);
          const header = names(rows[0]?.length ?? 0);
          const schema = header.map((name): ColumnSchema => ({
            name,
            kind: 'category',
            role: 'keep',
            nullable: true,
          }));
          async function* chunks(): AsyncIterable<Table> {
            yield {
              rows: rows.length,
              columns: header.map((name, at) =>
                column(
                  name,
                  rows.map((row) => row[at] ?? ''),
                ),
              ),
            };
          }
          await writeTable(path, 'csv', schema, chunks(), { overwrite: false, delimiter });
          const dialect = { delimiter, newline: '\n', quoteAll: false, mark: false };
          expect(await throughPython(path, dialect, null)).toEqual([header, ...rows]);
          await rm(path);
        },
      ),
      { numRuns: 60, seed: 12 },
    );
  }, 120_000);
});

/** Categories as they come; an empty one is no value. */
function column(name: string, cells: readonly string[]): Column {
  const categories = [...new Set(cells.filter((cell) => cell !== ''))];
  return {
    type: 'category',
    name,
    categories,
    codes: Int32Array.from(cells, (cell) => categories.indexOf(cell)),
  };
}
