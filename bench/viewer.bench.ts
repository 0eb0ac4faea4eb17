/** Scrolling of a series of 300 CT slices of 512 × 512, one an animation frame. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Figure } from './benchmark.ts';

export const name = 'viewer';

const root = join(import.meta.dirname, '..');
const result = join(root, 'test-results', 'viewer.json');

/** What test/window/viewer.spec.ts writes: milliseconds between frames. */
const seen = z.object({ first: z.array(z.number()), second: z.array(z.number()) });

export async function run(): Promise<Figure[]> {
  rmSync(result, { force: true });
  const config = join(root, 'test', 'window', 'playwright.config.ts');
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'scripts/e2e/run.ts'), '--unwatched', '--config', config, 'viewer.spec'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  );
  if (status !== 0) throw new Error('The viewer could not be measured.');
  const { first, second } = seen.parse(JSON.parse(readFileSync(result, 'utf8')));
  return [...figures('read as they come', first), ...figures('once more', second)];
}

function figures(what: string, times: readonly number[]): Figure[] {
  const seconds = times.reduce((sum, time) => sum + time, 0) / 1000;
  return [
    { metric: `images a second, ${what}`, value: times.length / seconds, unit: '1/s', bar: 'at least 60' },
    { metric: `frames over 50 ms, ${what}`, value: times.filter((time) => time > 50).length, unit: '' },
    { metric: `longest frame, ${what}`, value: Math.max(...times), unit: 'ms' },
  ];
}
