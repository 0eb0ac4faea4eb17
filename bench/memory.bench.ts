/**
 * Tables far larger than the memory they may take: 3 GB of CSV, profiled and learned from, and 2 GB of JSON lines,
 * profiled, in processes that are to get by with 2 GB. The peak is the kernel's own count of resident memory (VmHWM), so this is measured on Linux alone.
 */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Figure } from './benchmark.ts';

export const name = 'memory';

/** 3 GB at about 100 bytes a row; another size by an environment variable, for trying things out. */
const rows = Number(process.env.SEMBLANCE_BENCH_ROWS ?? 30_000_000);
const bytesPerRow = 100;
const program = join(import.meta.dirname, '../src/cli/main.ts');

/** Twelve columns of every kind, with an identifier that is different in every row. */
function* csvRows(rows: number): Iterable<string> {
  let state = 12_345;
  const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const pick = (values: readonly string[]): string => values[Math.floor(random() * values.length)] ?? '';
  const two = (number: number): string => String(number).padStart(2, '0');
  const days = Array.from({ length: 28 }, (_, day) => two(day + 1));
  const months = days.slice(0, 12);
  yield 'id,age,work,weight,education,amount,married,city,created,sex,hours,income\n';
  let block = '';
  for (let row = 1; row <= rows; row++) {
    block +=
      `P${1e9 + row},${17 + Math.floor(random() * 70)},${pick(['Private', 'State', 'Self-employed'])},` +
      `${Math.floor(random() * 1e6)},${pick(['Bachelors', 'HS-grad', 'Masters', 'Doctorate'])},` +
      `${Math.floor(random() * 1e6) / 100},${random() < 0.5},City-${Math.floor(random() * 5000)},` +
      `20${10 + Math.floor(random() * 14)}-${pick(months)}-${pick(days)} ${pick(days)}:00:00,` +
      `${pick(['F', 'M'])},${Math.floor(random() * 99)},${pick(['<=50K', '<=50K', '<=50K', '>50K'])}\n`;
    if (row % 1000 === 0 || row === rows) {
      yield block;
      block = '';
    }
  }
}

/** The same rows as JSON lines, where every row repeats the names: about 210 bytes a row. */
function* jsonRows(rows: number): Iterable<string> {
  const isBare = /^(?:-?\d+(?:\.\d+)?|true|false)$/;
  let names: string[] = [];
  for (const block of csvRows(rows)) {
    let lines = '';
    for (const line of block.trimEnd().split('\n')) {
      const fields = line.split(',');
      if (names.length === 0) names = fields;
      else {
        const members = fields.map(
          (field, at) => `"${names[at]}":${isBare.test(field) ? field : `"${field}"`}`,
        );
        lines += `{${members.join(',')}}\n`;
      }
    }
    yield lines;
  }
}

/** What `profile` takes for JSON lines of so many rows. */
export async function profileJsonLines(folder: string, rows: number): Promise<Figure[]> {
  const path = join(folder, 'large.jsonl');
  await pipeline(Readable.from(jsonRows(rows)), createWriteStream(path));
  const { size } = await stat(path);
  const { peak, seconds } = await semblance(['profile', path]);
  await rm(path);
  const about = `${(size / 1e9).toFixed(1)} GB of JSON lines, ${(rows / 1e6).toFixed(0)} million rows of 12 columns`;
  return [
    { metric: `profile, peak memory: ${about}`, value: megabytes(peak), unit: 'MB', bar },
    { metric: 'profile of JSON lines, time', value: seconds, unit: 's' },
  ];
}

interface Run {
  seconds: number;
  /** Bytes. */
  peak: number;
  answer: unknown;
}

/** Runs the terminal program and watches its resident memory. */
async function semblance(args: readonly string[]): Promise<Run> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, ...args, '--json', '--memory', '2GB'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  let peak = 0;
  const watch = setInterval(() => {
    void peakOf(child.pid).then((bytes) => (peak = Math.max(peak, bytes)));
  }, 100);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`semblance ${args[0] ?? ''} ended with ${String(code)}: ${text}`);
  return { seconds: (performance.now() - began) / 1000, peak, answer: JSON.parse(text) };
}

async function peakOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

/** What `synth --json` says of the rows it learned from. */
const learned = z.object({ scores: z.object({ rows: z.object({ training: z.number() }) }) });

const bar = 'at most 2,147 MB';

const megabytes = (bytes: number): number => bytes / 1e6;

export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'semblance-bench-'));
  try {
    const { bavail, bsize } = await statfs(folder);
    // The table, what is spilled, and room to spare.
    if (process.platform !== 'linux' || bavail * bsize < 3 * rows * bytesPerRow) {
      console.error('memory: needs Linux and 9 GB of free disk: not measured.');
      return [];
    }
    const path = join(folder, 'large.csv');
    await pipeline(Readable.from(csvRows(rows)), createWriteStream(path));
    const { size } = await stat(path);
    const about = `${(size / 1e9).toFixed(1)} GB of CSV, ${(rows / 1e6).toFixed(0)} million rows of 12 columns`;
    const profiled = await semblance(['profile', path]);
    const trained = await semblance([
      'synth',
      path,
      '--rows',
      '100000',
      '--minutes',
      '1',
      '--out',
      join(folder, 's.csv'),
    ]);
    await rm(path);
    return [
      { metric: `profile, peak memory: ${about}`, value: megabytes(profiled.peak), unit: 'MB', bar },
      { metric: 'profile, time', value: profiled.seconds, unit: 's' },
      { metric: 'synth --minutes 1, peak memory', value: megabytes(trained.peak), unit: 'MB', bar },
      { metric: 'synth --minutes 1, time', value: trained.seconds, unit: 's' },
      {
        metric: 'rows learned from',
        value: learned.parse(trained.answer).scores.rows.training,
        unit: 'rows',
      },
      ...(await profileJsonLines(folder, Math.round(rows / 3))),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
