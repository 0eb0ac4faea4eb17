import type { Output } from '../shared/contract.ts';
import { isRecentEnough } from './engine-process.ts';

/**
 * What the app says of itself. An Electron too old for the engine is the one that tests run on where
 * the current one cannot be had; see scripts/electron.
 */
export function appInfo(
  version: string,
  versions: { readonly electron?: string; readonly node: string },
  platform: string,
): Omit<Output<'app.info'>, 'theme' | 'language' | 'locale' | 'trainingMinutes'> {
  const runtime = `Electron ${versions.electron ?? 'unknown'}`;
  return { version, runtime: isRecentEnough(versions.node) ? runtime : `${runtime} (tests)`, platform };
}
