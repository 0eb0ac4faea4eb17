/** What we write is read by pandas and Arrow as it was meant. Skipped, loudly, where Python has neither. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ColumnSchema } from './schema.ts';
import type { Table } from './table.ts';
import { writeTable } from './write.ts';

const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import pandas, pyarrow'], { stdio: 'ignore' }).status === 0,
);
if (python === undefined)
  console.warn(
    'SKIPPED: Python with pandas and pyarrow is not there, so reading our files with them is untested.',
  );

const folder = await mkdtemp(join(tmpdir(), 'semblance-test-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const schema: ColumnSchema[] = [
  {
    name: 'id',
    kind: 'identifier',
    role: 'identifier',
    nullable: false,
    identifier: { type: 'sequence', start: 1, nulls: 0 },
  },
  { name: 'n', kind: 'integer', role: 'keep', nullable: true },
  { name: 'x', kind: 'decimal', role: 'keep', nullable: false, decimals: 2, minDecimals: 2 },
  { name: 'text, "quoted"', kind: 'category', role: 'keep', nullable: true },
  { name: 'day', kind: 'datetime', role: 'keep', nullable: false, format: '%Y-%m-%d' },
];
const table: Table = {
  rows: 3,
  columns: [
    { type: 'number', name: 'n', values: Float64Array.of(1, NaN, -3) },
    { type: 'number', name: 'x', values: Float64Array.of(0.1, 1234.5, -2) },
    {
      type: 'category',
      name: 'text, "quoted"',
      codes: Int32Array.of(0, 1, -1),
      categories: ['a "b", c', 'ü\nx'],
    },
    { type: 'number', name: 'day', values: Float64Array.of(0, 86_400_000, Date.UTC(2024, 1, 29)) },
  ],
};

const script = `
import sys, json, pandas
path = sys.argv[1]
frame = (pandas.read_parquet(path) if path.endswith('parquet')
    else pandas.read_json(path, lines=True, convert_dates=False) if path.endswith('jsonl') else pandas.read_csv(path))
frame['day'] = frame['day'].astype(str)
print(json.dumps({'columns': list(frame.columns), 'types': [str(t) for t in frame.dtypes], 'rows': json.loads(frame.to_json(orient='values'))}))
`;

describe.skipIf(python === undefined)('pandas reads', () => {
  it.each(['csv', 'jsonl', 'parquet'] as const)('our %s', async (format) => {
    const path = join(folder, `out.${format}`);
    async function* chunks(): AsyncIterable<Table> {
      yield table;
    }
    await writeTable(path, format, schema, chunks(), { overwrite: false });
    const run = spawnSync(python ?? 'python3', ['-W', 'ignore', '-c', script, path], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    const read = JSON.parse(run.stdout) as { columns: string[]; types: string[]; rows: unknown[][] };
    expect(read.columns).toEqual(schema.map(({ name }) => name));
    expect(read.types[0]).toBe('int64');
    expect(read.types[2]).toBe('float64');
    expect(read.rows).toEqual([
      [1, 1, 0.1, 'a "b", c', '1970-01-01'],
      [2, null, 1234.5, 'ü\nx', '1970-01-02'],
      [3, -3, -2, null, '2024-02-29'],
    ]);
  });
});
