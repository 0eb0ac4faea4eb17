import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [peer]
 * @property {boolean} [link]
 */

/** @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile */

/**
 * Why the installed packages are not those of the lockfile.
 *
 * npm writes what it has installed into `node_modules/.package-lock.json`, as its last act; comparing the two
 * trees needs no stamp of our own and sees an install done by hand or one that was cut off.
 *
 * @param {Lockfile} wanted `package-lock.json`
 * @param {Lockfile | undefined} installed `node_modules/.package-lock.json`, when there is one.
 * @returns {string | undefined} The reason in plain words; undefined when nothing has to be done.
 */
export function reasonToInstall(wanted, installed) {
  if (installed === undefined) return 'no packages are installed';
  const want = wanted.packages ?? {};
  const have = installed.packages ?? {};
  for (const [path, { version, integrity, optional, devOptional, peer }] of Object.entries(want)) {
    if (path === '') continue;
    const found = have[path];
    if (found === undefined) {
      // Left out on purpose: meant for another platform, or wanted only beside something that is not here.
      if (optional === true || devOptional === true || peer === true) continue;
      return `${path} is missing`;
    }
    if (found.version !== version || found.integrity !== integrity) return `${path} has another version`;
  }
  const stray = Object.keys(have).find((path) => !(path in want));
  return stray === undefined ? undefined : `${stray} is no longer wanted`;
}

/** @param {string} path @returns {Lockfile | undefined} */
function readLockfile(path) {
  try {
    return /** @type {Lockfile} */ (JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Runs `npm ci` when the installed packages are not those of `package-lock.json`.
 *
 * @returns {boolean} False when npm failed; it has said why.
 */
export function installDependencies() {
  const wanted = readLockfile(join(root, 'package-lock.json'));
  if (wanted === undefined) {
    console.error('package-lock.json cannot be read: this checkout is not whole.');
    return false;
  }
  const reason = reasonToInstall(wanted, readLockfile(join(root, 'node_modules', '.package-lock.json')));
  if (reason === undefined) return true;
  console.log(`set-up: npm ci (${reason})`);
  // The npm that runs this script, whatever its version; `npm` from the PATH when started without one.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-fund', '--no-audit', '--loglevel=error'];
  const { status } = npm?.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status === 0) return true;
  console.error('npm ci failed. Check the connection to your npm registry, then run the command again.');
  return false;
}
