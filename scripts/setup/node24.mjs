import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const oldest = 24;

/**
 * Where npm puts the Node that comes with Semblance, by platform and processor. The app's main process looks there,
 * too.
 *
 * @returns {Readonly<Record<string, string>>}
 */
function bundledNodes() {
  const table = readFileSync(join(root, 'src/main/bundled-node.json'), 'utf8');
  return /** @type {Record<string, string>} */ (JSON.parse(table));
}

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
  const place = bundledNodes()[`${process.platform}-${process.arch}`];
  const candidates = [
    ...(place === undefined ? [] : [join(root, 'node_modules', place)]),
    process.execPath,
    'node',
  ];
  return candidates.find((path) => majorOf(path) >= oldest);
}

export const noNode24 = `Semblance runs on Node ${oldest}, and npm has none for ${process.platform} on ${process.arch}.
Install Node ${oldest} or newer, put it first on the PATH and run the command again.`;
