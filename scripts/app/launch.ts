/** Starting the app from a checkout, for people. */
import { electronRuntime, type ElectronRuntime } from '../electron/runtime.ts';
import { adviceFor, hasDisplay, missingPackages } from '../setup/system-libraries.mjs';

/** What keeps a window from opening here, in words for a person. */
function obstacle(): string | undefined {
  const packages = missingPackages({ hidden: false });
  if (packages.length > 0) return adviceFor(packages);
  if (!hasDisplay()) {
    return 'There is no screen to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.';
  }
  if (process.getuid?.() === 0) {
    return 'The app does not run as root: the sandbox around its window cannot start there. Run it as an ordinary user.';
  }
  return undefined;
}

/** The Electron to start; ends this process with an explanation where no window can be opened. */
export async function runtimeForAWindow(): Promise<ElectronRuntime> {
  const reason = obstacle();
  if (reason !== undefined) {
    console.error(reason);
    process.exit(1);
  }
  return electronRuntime((line) => console.log(line));
}

/** Environment of the app: its engine's Node, and Electron as Electron even from within an editor built on it. */
export function appEnvironment(): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return { ...env, SEMBLANCE_NODE: process.execPath };
}
