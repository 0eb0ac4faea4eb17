/** Tables in and rows out: a million rows, 100 MB of CSV, generated into the temporary folder. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loadTable } from '../src/engine/tables/load.ts';
import { profileTable } from '../src/engine/tables/profile.ts';
import { openSource } from '../src/engine/tables/source.ts';
import type { Table } from '../src/engine/tables/table.ts';
import { writeTable } from '../src/engine/tables/write.ts';
import type { Figure } from './benchmark.ts';

export const name = 'tables';

const rows = 1_000_000;
const chunkRows = 10_000;

/** A made-up table of 15 columns of every kind, about 120 bytes a row. */
function* csvRows(): Iterable<string> {
  let state = 12_345;
  const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const pick = (values: readonly string[]): string => values[Math.floor(random() * values.length)] ?? '';
  const two = (number: number): string => String(number).padStart(2, '0');
  yield 'id,age,workclass,weight,education,amount,married,occupation,city,created,sex,gain,hours,country,income\n';
  let block = '';
  for (let row = 1; row <= rows; row++) {
    const day = `2020-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`;
    const time = `${two(Math.floor(random() * 24))}:${two(Math.floor(random() * 60))}:00`;
    block +=
      `${row},${17 + Math.floor(random() * 70)},${pick(['Private', 'State', 'Self-employed'])},` +
      `${Math.floor(random() * 1e6)},${pick(['Bachelors', 'HS-grad', 'Masters', 'Doctorate'])},` +
      `${(random() * 10_000).toFixed(2)},${random() < 0.5},${pick(['Clerk', 'Craft', 'Sales', 'Service'])},` +
      `City-${Math.floor(random() * 5000)},${day} ${time},${pick(['F', 'M'])},` +
      `${random() < 0.9 ? 0 : Math.floor(random() * 9999)},${Math.floor(random() * 99)},United-States,` +
      `${pick(['<=50K', '<=50K', '<=50K', '>50K'])}\n`;
    if (row % 1000 === 0) {
      yield block;
      block = '';
    }
  }
  yield block;
}

/** What `work` returns and the seconds it took. */
async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const start = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - start) / 1000 };
}

async function* chunksOf(table: Table): AsyncIterable<Table> {
  for (let start = 0; start < table.rows; start += chunkRows) {
    const end = Math.min(table.rows, start + chunkRows);
    yield {
      rows: end - start,
      columns: table.columns.map((column) =>
        column.type === 'number'
          ? { ...column, values: column.values.subarray(start, end) }
          : { ...column, codes: column.codes.subarray(start, end) },
      ),
    };
  }
}

export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'semblance-bench-'));
  try {
    const path = join(folder, 'million.csv');
    await pipeline(Readable.from(csvRows()), createWriteStream(path));
    const { size } = await stat(path);
    const opened = await timed(async () => {
      const source = await openSource(path);
      await source.preview(0, 100);
      return source;
    });
    const source = opened.result;
    const far = await timed(() => source.preview(Math.floor(rows * 0.95), 100));
    const profiled = await timed(() => profileTable(source));
    const profile = profiled.result;
    const loaded = await timed(() => loadTable(source, profile, profile.columns));
    await source.close();
    const { table, schema } = loaded.result;
    const extent = `${rows.toLocaleString('en-GB')} rows, 15 columns, ${(size / 1e6).toFixed(0)} MB of CSV`;
    const figures: Figure[] = [
      { metric: `first preview (${extent})`, value: opened.seconds, unit: 's', bar: '< 1 s' },
      { metric: 'preview near the end, at once', value: far.seconds, unit: 's' },
      { metric: 'profile', value: rows / profiled.seconds, unit: 'rows/s' },
      {
        metric: `load (${table.columns.length} columns)`,
        value: rows / loaded.seconds,
        unit: 'rows/s',
      },
    ];
    for (const format of ['csv', 'jsonl', 'parquet'] as const) {
      const written = await timed(() =>
        writeTable(join(folder, `out.${format}`), format, schema, chunksOf(table), { overwrite: true }),
      );
      figures.push({
        metric: `write ${format}`,
        value: written.result.rows / written.seconds,
        unit: 'rows/s',
      });
    }
    const peak = (process.resourceUsage().maxRSS * 1024) / 1e6;
    return [...figures, { metric: 'peak memory of all this', value: peak, unit: 'MB' }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
