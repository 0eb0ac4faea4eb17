/**
 * `npm run dev`: opens the app and keeps it up to date. A change to the page reloads it; a change to main, preload
 * or engine starts the app again. There is no development server: the page comes from `out` through the same
 * `app:` protocol and under the same security policy as ever, so nothing in the app has to know of it.
 */
import { resolveConfig } from 'electron-vite';
import { _electron, type ElectronApplication } from '@playwright/test';
import { build, loadConfigFromFile, mergeConfig, type InlineConfig, type Rolldown } from 'vite';
import { root } from '../setup/root.mjs';
import { appEnvironment, runtimeForAWindow } from './launch.ts';

process.chdir(root);
const runtime = await runtimeForAWindow();
// Playwright's launcher asks the electron package for its path, and that package this variable.
process.env.ELECTRON_OVERRIDE_DIST_PATH = runtime.folder;

let app: ElectronApplication | undefined;
let restarting = false;

async function start(): Promise<void> {
  const env = Object.entries(appEnvironment()).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const started = await _electron.launch({
    args: ['.', ...process.argv.slice(2)],
    cwd: root,
    env: Object.fromEntries(env),
    chromiumSandbox: true,
  });
  started.process().stdout?.pipe(process.stdout);
  started.process().stderr?.pipe(process.stderr);
  started.on('close', () => {
    if (!restarting) process.exit(0);
  });
  app = started;
}

async function restart(): Promise<void> {
  restarting = true;
  await app?.close();
  await start();
  restarting = false;
  console.log('The app has been started again.');
}

async function reload(): Promise<void> {
  for (const page of app?.windows() ?? []) await page.reload();
  console.log('The page has been reloaded.');
}

/** Builds one part now and after every change; `changed` is called after each build but the first. */
async function watch(config: InlineConfig, changed: () => Promise<void>): Promise<void> {
  const watching = mergeConfig(config, { configFile: false, logLevel: 'warn', build: { watch: {} } });
  const watcher = (await build(watching)) as Rolldown.RolldownWatcher;
  let first = true;
  await new Promise<void>((resolve) => {
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') console.error(event.error.message);
      if (event.code !== 'END') return;
      if (!first) changed().catch((error: unknown) => console.error(error));
      first = false;
      resolve();
    });
  });
}

const engine = await loadConfigFromFile({ command: 'build', mode: 'production' }, 'vite.engine.config.ts');
const { config } = await resolveConfig({}, 'build', 'production');
await watch(engine?.config ?? {}, restart);
await watch(config?.main ?? {}, restart);
await watch(config?.preload ?? {}, restart);
await watch(config?.renderer ?? {}, reload);
await start();
console.log('The app is open and follows your changes. Close its window or press Ctrl+C to end.');
