/** Starting the app from a checkout, for people. */
import { electronRuntime, type ElectronRuntime } from '../electron/runtime.ts';
import { sandboxObstacle } from './chromium-sandbox.ts';
import { adviceFor, hasDisplay, missingPackages } from '../setup/system-libraries.mjs';

/** What keeps any window from opening here, in words for a person. */
function obstacle(): string | undefined {
  const packages = missingPackages({ hidden: false });
  if (packages.length > 0) return adviceFor(packages);
  if (!hasDisplay()) {
    return 'There is no screen to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.';
  }
  return undefined;
}

/** The Electron to start; ends this process with an explanation where no window can be opened. */
export async function runtimeForAWindow(): Promise<ElectronRuntime> {
  stopFor(obstacle());
  const runtime = await electronRuntime((line) => console.log(line));
  stopFor(sandboxObstacle(runtime.folder));
  return runtime;
}

function stopFor(reason: string | undefined): void {
  if (reason === undefined) return;
  console.error(reason);
  process.exit(1);
}

/**
 * Environment of the app: its engine's Node, and Electron as Electron even from within an editor built on it.
 *
 * From a checkout the engine always runs on the checkout's Node, the one that its tests, the command line and the
 * end-to-end tests run on; only the packaged app forks it with Electron's own. `SEMBLANCE_NODE= npm start` (set, and
 * empty) tries that from a checkout, with an Electron that is recent enough.
 */
export function appEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = environment;
  return { ...env, SEMBLANCE_NODE: env.SEMBLANCE_NODE ?? process.execPath };
}
