/**
 * One training, in a process of its own so that its peak memory is its own: `train.ts TABLE ROWS COLUMNS SECONDS`. Rows
 * and columns of the table are repeated, or left out, until there are so many. Prints one line of JSON, a `Growth`.
 */
import { readFileSync } from 'node:fs';
import { trainTableGan } from '../../src/engine/synthesis/tables/train.ts';
import { takeRows } from '../../src/engine/tables/table.ts';
import { readTable } from '../benchmark-table.ts';

const [path = '', ...numbers] = process.argv.slice(2);
const [rows = 0, columns = 0, seconds = 0] = numbers.map(Number);
const { table, schema } = await readTable(path);
const repeated = takeRows(
  table,
  Uint32Array.from({ length: rows }, (_, row) => row % table.rows),
);
const wanted = Array.from({ length: columns }, (_, column) => column % schema.length);
const renamed = <T extends { name: string }>(given: readonly T[]): T[] =>
  wanted.flatMap((from, column) =>
    given[from] ? [{ ...given[from], name: `column ${String(column)}` }] : [],
  );

const began = performance.now();
let firstStep: number | undefined;
let rowsPerSecond = 0;
await trainTableGan(
  {
    training: { rows, columns: renamed(repeated.columns) },
    schema: renamed(schema),
    // Scores are not what is measured.
    holdoutScore: () => Promise.resolve(0.5),
    minutes: seconds / 60,
    stopEarly: false,
    seed: 1,
  },
  {
    onProgress: (progress) => {
      firstStep ??= performance.now() - began;
      rowsPerSecond = progress.rowsPerSecond;
    },
  },
);
const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1000;
console.log(JSON.stringify({ firstStep, rowsPerSecond, peak }));
process.exit(0);
