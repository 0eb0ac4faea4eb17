/**
 * The window while the bundled sample is learned, critic and all: the built app is clicked through and scrolled, and the
 * page itself takes down when its frames come and how long calls to the engine take.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Figure } from './benchmark.ts';

export const name = 'window';

const root = join(import.meta.dirname, '..');
const result = join(root, 'test-results', 'window.json');

/** What test/window/window.spec.ts writes; milliseconds. */
const seen = z.object({
  frames: z.array(z.number()),
  longTasks: z.array(z.number()),
  calls: z.record(z.string(), z.array(z.number())),
});

export async function run(): Promise<Figure[]> {
  rmSync(result, { force: true });
  const config = join(root, 'test', 'window', 'playwright.config.ts');
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'scripts/e2e/run.ts'), '--unwatched', '--config', config, 'window.spec'],
    // Standard output is for the table alone.
    { cwd: root, stdio: ['ignore', 2, 2] },
  );
  if (status !== 0) throw new Error('The window could not be measured.');
  const { frames, longTasks, calls } = seen.parse(JSON.parse(readFileSync(result, 'utf8')));
  const longest = (times: readonly number[]): number => times.reduce((most, time) => Math.max(most, time), 0);
  return [
    { metric: 'longest frame', value: longest(frames), unit: 'ms', bar: 'at most 50 ms' },
    {
      metric: `frames over 50 ms, of ${frames.length}`,
      value: frames.filter((time) => time > 50).length,
      unit: '',
    },
    { metric: 'tasks of the page over 50 ms', value: longTasks.length, unit: '' },
    ...Object.entries(calls).map(([channel, times]) => ({
      metric: `${channel}, slowest of ${times.length} calls`,
      value: longest(times),
      unit: 'ms',
      bar: 'at most 100 ms',
    })),
  ];
}
