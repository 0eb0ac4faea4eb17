/**
 * How a training grows with its table: until its first step is over, its memory, and what a row costs with more rows and
 * with more columns. SEMBLANCE_CENSUS names a census table, without which the bundled sample stands for it.
 */
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Figure } from './benchmark.ts';
import { benchmarkTable, readTable } from './benchmark-table.ts';

export const name = 'growth';

const sample = join(import.meta.dirname, '..', 'resources', 'samples', 'credit-card-clients.csv.gz');
const growth = z.object({ firstStep: z.number(), rowsPerSecond: z.number(), peak: z.number() });
type Growth = z.infer<typeof growth>;

function train(path: string, rows: number, columns: number, seconds: number): Growth {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'growth', 'train.ts'), path, ...[rows, columns, seconds].map(String)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) throw new Error(`The training ended with ${String(status)}.`);
  return growth.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

export async function run(): Promise<Figure[]> {
  if (process.platform !== 'linux') {
    console.error('growth: reads peak memory where Linux tells it: not measured.');
    return [];
  }
  const path = benchmarkTable();
  const about = basename(path).split('.')[0] ?? '';
  const own = (await readTable(path)).table;
  const whole = train(path, own.rows, own.columns.length, 30);
  const figures: Figure[] = [
    {
      metric: `${about}: until the first step is over`,
      value: whole.firstStep / 1000,
      unit: 's',
      bar: '<= 1.5',
    },
    { metric: `${about}: peak memory of reading and training`, value: whole.peak, unit: 'MB', bar: '<= 600' },
  ];
  const clients = (await readTable(sample)).table;
  for (const rows of [30_000, 500_000, 5_000_000]) {
    const { rowsPerSecond } = train(sample, rows, clients.columns.length, rows > 1_000_000 ? 110 : 40);
    const microseconds = 1e6 / rowsPerSecond;
    figures.push({
      metric: `credit-card-clients × ${rows.toLocaleString('en-GB')} rows: a row of a pass`,
      value: microseconds,
      unit: 'µs',
    });
  }
  for (const columns of [15, 30, 60, 120, 240, 480]) {
    const { rowsPerSecond, firstStep, peak } = train(path, own.rows, columns, columns > 100 ? 100 : 40);
    const microseconds = 1e6 / rowsPerSecond;
    const many = `${about}, ${String(columns)} columns`;
    figures.push({
      metric: `${many}: a column of a row of a pass`,
      value: microseconds / columns,
      unit: 'µs',
    });
    figures.push({ metric: `${many}: until the first step is over`, value: firstStep / 1000, unit: 's' });
    figures.push({ metric: `${many}: peak memory`, value: peak, unit: 'MB' });
  }
  return figures;
}
