/**
 * Runs the end-to-end tests in a real Electron window: `npm run e2e [-- --no-build] [--unwatched] [PLAYWRIGHT ARGUMENT…]`.
 * Builds the app, finds an Electron, opens a virtual screen, hands over to Playwright, and watches all the while
 * whether anything tries to reach another machine, unless told not to: watching slows down what measures speed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronRuntime } from '../electron/runtime.ts';
import { root } from '../setup/root.mjs';
import { adviceFor, missingPackages } from '../setup/system-libraries.mjs';
import { isClean, judge, networkLine, networkUse, obstacleToWatching, watched } from './network-watch.ts';
import { openVirtualScreen } from './virtual-screen.ts';

const results = join(root, 'test-results');
const callLog = join(results, 'network.log');
/** Where `npm test` reads the line about the network. */
const closing = join(results, 'network.txt');
/** Where tests note the addresses that they have had tried on purpose, one a line. */
const planted = join(results, 'planted.txt');

const args = process.argv.slice(2);
const build = !args.includes('--no-build');
const watching = !args.includes('--unwatched');

const packages = missingPackages({ hidden: true });
if (packages.length > 0) {
  console.error(adviceFor(packages));
  process.exit(1);
}
if (build) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build', '--', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
const runtime = await electronRuntime((line) => console.log(line));
const screen = process.platform === 'linux' ? await openVirtualScreen() : undefined;
mkdirSync(results, { recursive: true });
for (const file of [callLog, closing, planted]) rmSync(file, { force: true });
const blind = watching ? obstacleToWatching() : 'this run measures speed';
const playwright = [
  process.execPath,
  join(root, 'node_modules/@playwright/test/cli.js'),
  'test',
  ...args.filter((arg) => arg !== '--no-build' && arg !== '--unwatched'),
] as const;
const [program, ...programArgs] = blind === undefined ? watched(playwright, callLog) : playwright;
const { status } = spawnSync(program, programArgs, {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    // Where Playwright's launcher looks for Electron; set for both runtimes, so that nothing else is started.
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
    // As in scripts/app/launch.ts.
    SEMBLANCE_NODE: process.env.SEMBLANCE_NODE ?? process.execPath,
    ...(blind === undefined ? { SEMBLANCE_PLANTED: planted } : {}),
    ...(screen === undefined ? {} : { DISPLAY: screen.display, WAYLAND_DISPLAY: '' }),
  },
});
screen?.close();

let clean = true;
let line = `network: NOT WATCHED, ${blind}. What native code does went unseen.`;
if (blind === undefined) {
  const addresses = existsSync(planted) ? readFileSync(planted, 'utf8').split('\n').filter(Boolean) : [];
  const verdict = judge(networkUse(readFileSync(callLog, 'utf8')), addresses);
  clean = isClean(verdict);
  line = networkLine(verdict);
}
console.log(line);
writeFileSync(closing, `${line}\n`);
process.exit(status === 0 && !clean ? 1 : (status ?? 1));
