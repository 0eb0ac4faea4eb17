import { mkdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { root } from './root.mjs';

/**
 * Puts a program among the checkout's commands, where `npx` and npm scripts look first.
 *
 * @param {string} name
 * @param {string} program Its file: an executable, or a script for Node.
 * @param {string} [folder] The folder of commands.
 */
export function linkCommand(name, program, folder = join(root, 'node_modules', '.bin')) {
  const link = join(folder, name);
  const target = relative(folder, program);
  mkdirSync(folder, { recursive: true });
  if (process.platform === 'win32') {
    const call = program.endsWith('.exe') ? `"%~dp0\\${target}"` : `node "%~dp0\\${target}"`;
    writeFileSync(`${link}.cmd`, `@${call} %*\r\n`);
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

/**
 * Makes the commands `semblance` and `node` (Node 24) those of this checkout. npm links the commands of
 * dependencies, not the one of the package itself, and its version 10 misses `node`, which several packages
 * bring, one for each platform.
 *
 * @param {string} node The Node that everything runs on.
 */
export function linkCommands(node) {
  linkCommand('semblance', join(root, 'bin', 'semblance.mjs'));
  // A bare name is found on the PATH as it is.
  if (isAbsolute(node)) linkCommand('node', node);
}
