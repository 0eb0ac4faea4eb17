import { execFileSync } from 'node:child_process';
import type { App } from './app.ts';

/** Process id of the engine of an app, or undefined while there is none. */
export async function engineOf(app: App): Promise<number | undefined> {
  const utility = await app.electron.evaluate(
    ({ app }) => app.getAppMetrics().find((process) => process.name === 'Semblance engine')?.pid,
  );
  if (utility !== undefined) return utility;
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const main = await app.electron.evaluate(() => process.pid);
  for (const line of lines) {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(parent) === main && args?.includes('out/engine/main.mjs')) return Number(pid);
  }
  return undefined;
}
