import { mkdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * Puts the command `semblance` among the checkout's commands, so that `npx semblance` finds it there.
 * npm links the commands of dependencies, not those of the package itself.
 *
 * @param {string} [folder] The folder of commands.
 */
export function linkLauncher(folder = join(root, 'node_modules', '.bin')) {
  const link = join(folder, 'semblance');
  const target = join('..', '..', 'bin', 'semblance.mjs');
  mkdirSync(folder, { recursive: true });
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, `@node "%~dp0\\${target}" %*\r\n`);
    return;
  }
  try {
    if (readlinkSync(link) === target) return;
  } catch {
    // Not there yet, or no link.
  }
  rmSync(link, { force: true });
  symlinkSync(target, link);
}
