/** `npm test`: every check one after the other, each timed, then what they found. */
import { spawnSync } from 'node:child_process';
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

const checks: Check[] = [
  { name: 'format', script: 'format:check' },
  { name: 'lint', script: 'lint' },
  { name: 'types', script: 'typecheck' },
  {
    name: 'unit tests',
    script: 'unit',
    args: ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
  },
  { name: 'build', script: 'build' },
  { name: 'end-to-end tests', script: 'e2e', args: ['--no-build'], needs: 'build' },
  // Its driver comes with the runtime that the end-to-end tests fetch.
  { name: 'unit tests on WebGPU', script: 'unit:webgpu' },
  { name: 'unit tests on TensorFlow', script: 'unit:tensorflow', args: ['--if-there'] },
];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const times: string[] = [];
const failed: string[] = [];
for (const { name, script, args = [], needs } of checks) {
  if (needs !== undefined && failed.includes(needs)) {
    times.push(`${name}: left out, ${needs} failed`);
    failed.push(name);
    continue;
  }
  console.log(`\n── ${name}`);
  const start = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', script, '--', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  times.push(`${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  if (status !== 0) failed.push(name);
}

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
