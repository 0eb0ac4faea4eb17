/**
 * Tables in and rows out: a million rows, 100 MB of CSV, generated into the temporary folder.
 * Run: node bench/tables.bench.ts [rows]
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loadTable } from '../src/engine/tables/load.ts';
import { profileTable } from '../src/engine/tables/profile.ts';
import { openSource } from '../src/engine/tables/source.ts';
import type { Table } from '../src/engine/tables/table.ts';
import { writeTable } from '../src/engine/tables/write.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), 'semblance-bench-'));

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

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

async function measure<T>(
  what: string,
  work: () => Promise<T>,
  note?: (result: T, seconds: number) => string,
): Promise<T> {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const remark = note ? note(result, seconds) : '';
  console.log(
    `${what.padEnd(44)} ${seconds.toFixed(3).padStart(8)} s  cpu ${((user + system) / 1e6).toFixed(2).padStart(6)} s  ${remark}`,
  );
  return result;
}

try {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`);
  const path = join(folder, 'million.csv');
  await pipeline(Readable.from(csvRows()), createWriteStream(path));
  console.log(`${rows.toLocaleString('en-GB')} rows, 15 columns, ${megabytes((await stat(path)).size)}`);

  const source = await measure('open and first preview of 100 rows', async () => {
    const opened = await openSource(path);
    await opened.preview(0, 100);
    return opened;
  });
  await measure('preview near the end, file not walked yet', () =>
    source.preview(Math.floor(rows * 0.95), 100),
  );
  await measure('preview in the middle, file walked', () => source.preview(Math.floor(rows / 2), 100));
  const profile = await measure('profile', () => profileTable(source));
  const loaded = await measure('load (14 columns)', () => loadTable(source, profile, profile.columns));
  await source.close();

  const chunkRows = 10_000;
  async function* chunks(): AsyncIterable<Table> {
    for (let start = 0; start < loaded.table.rows; start += chunkRows) {
      const end = Math.min(loaded.table.rows, start + chunkRows);
      yield {
        rows: end - start,
        columns: loaded.table.columns.map((column) =>
          column.type === 'number'
            ? { ...column, values: column.values.subarray(start, end) }
            : { ...column, codes: column.codes.subarray(start, end) },
        ),
      };
    }
  }
  for (const format of ['csv', 'jsonl', 'parquet'] as const) {
    await measure(
      `write ${format}`,
      () => writeTable(join(folder, `out.${format}`), format, loaded.schema, chunks(), { overwrite: true }),
      (written, seconds) =>
        `${Math.round(written.rows / seconds).toLocaleString('en-GB')} rows/s, ${megabytes(written.bytes)}`,
    );
  }
  console.log(`peak memory ${megabytes(process.resourceUsage().maxRSS * 1024)}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
