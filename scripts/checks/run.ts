/** `npm test`: every check, each timed, then what they found. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/root.mjs';
import { failuresOfPlaywright, failuresOfVitest } from './failures.ts';
import { closingLine, fromReport, ranSomething, sum, tallyPlaywright, tallyVitest } from './results.ts';

const results = join(root, 'test-results');
const unitReport = join(results, 'unit.json');
const windowReport = join(results, 'e2e.json');
/** What scripts/e2e/run.ts has seen of the network. */
const networkReport = join(results, 'network.txt');

/** A check is an npm script; one that `needs` another is left out when that one failed. */
interface Check {
  name: string;
  script: string;
  args?: string[];
  needs?: string;
}

/**
 * One stage after the other; the lanes of a stage side by side, each one check after the other. What the first lane says
 * is seen as it comes, what the others say when a check is over.
 */
const stages: readonly (readonly (readonly Check[])[])[] = [
  [[{ name: 'build', script: 'build' }]],
  [
    [
      // A window and an engine that mostly wait for each other leave time for the rest.
      { name: 'end-to-end tests', script: 'e2e', args: ['--no-build'], needs: 'build' },
    ],
    [
      { name: 'format', script: 'format:check' },
      { name: 'lint', script: 'lint' },
      { name: 'types', script: 'typecheck' },
    ],
  ],
  [
    [
      {
        name: 'unit tests',
        script: 'unit',
        args: ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
      },
      // Its driver comes with the runtime that the end-to-end tests fetch.
      { name: 'unit tests on WebGPU', script: 'unit:webgpu' },
      { name: 'unit tests on TensorFlow', script: 'unit:tensorflow', args: ['--if-there'] },
    ],
  ],
];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const times: string[] = [];
const failed: string[] = [];

/** Runs a check to its end; null when a signal ended it. */
async function exitCodeOf({ name, script, args = [] }: Check, seen: boolean): Promise<number | null> {
  const title = `\n── ${name}`;
  if (seen) console.log(title);
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    cwd: root,
    stdio: ['ignore', seen ? 'inherit' : 'pipe', seen ? 'inherit' : 'pipe'],
    shell: process.platform === 'win32',
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => said.push(part));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve).once('error', reject);
  });
  if (!seen) console.log(`${title}\n${Buffer.concat(said).toString('utf8').trimEnd()}`);
  return status;
}

async function runLane(checks: readonly Check[], seen: boolean): Promise<void> {
  for (const check of checks) {
    const { name, needs } = check;
    if (needs !== undefined && failed.includes(needs)) {
      times.push(`${name}: left out, ${needs} failed`);
      failed.push(name);
      continue;
    }
    const start = performance.now();
    const passed = (await exitCodeOf(check, seen)) === 0;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    times.push(`${name}: ${passed ? 'passed' : 'FAILED'} in ${seconds} s`);
    if (!passed) failed.push(name);
  }
}

for (const lanes of stages) await Promise.all(lanes.map((checks, lane) => runLane(checks, lane === 0)));

const unit = fromReport(unitReport, tallyVitest);
const window = fromReport(windowReport, tallyPlaywright);
console.log(`\n── summary\n${times.join('\n')}`);
if (!ranSomething(unit)) failed.push('no unit test ran');
if (!ranSomething(window)) failed.push('no end-to-end test ran');
if (existsSync(networkReport)) console.log(readFileSync(networkReport, 'utf8').trim());
const failures = [
  ...(fromReport(unitReport, (report) => failuresOfVitest(report, root)) ?? []),
  ...(fromReport(windowReport, failuresOfPlaywright) ?? []),
];
if (failures.length > 0) console.log(failures.map((failure) => `✗ ${failure}`).join('\n'));
if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
console.log(closingLine(sum([unit, window])));
process.exit(failed.length > 0 ? 1 : 0);
