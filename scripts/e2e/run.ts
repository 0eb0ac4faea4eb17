/**
 * Runs the end-to-end tests in a real Electron window: `npm run e2e [-- --no-build] [PLAYWRIGHT ARGUMENT…]`.
 * Builds the app, finds an Electron, opens a virtual screen, hands over to Playwright.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { electronRuntime } from '../electron/runtime.ts';
import { root } from '../setup/root.mjs';
import { adviceFor, missingPackages } from '../setup/system-libraries.mjs';
import { openVirtualScreen } from './virtual-screen.ts';

const args = process.argv.slice(2);
const build = !args.includes('--no-build');

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
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/@playwright/test/cli.js'), 'test', ...args.filter((arg) => arg !== '--no-build')],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      // Where Playwright's launcher looks for Electron; set for both runtimes, so that nothing else is started.
      ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
      // As in scripts/app/launch.ts.
      SEMBLANCE_NODE: process.env.SEMBLANCE_NODE ?? process.execPath,
      ...(screen === undefined ? {} : { DISPLAY: screen.display, WAYLAND_DISPLAY: '' }),
    },
  },
);
screen?.close();
process.exit(status ?? 1);
