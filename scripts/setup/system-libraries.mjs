import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * What Electron links to and no Linux is sure to have: soname, and the Debian package that brings it.
 * Newer Debian and Ubuntu releases add `t64` to some of the names.
 *
 * @type {Readonly<Record<string, string>>}
 */
const packageOf = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libnspr4.so': 'libnspr4',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libgbm.so.1': 'libgbm1',
  'libasound.so.2': 'libasound2',
  'libexpat.so.1': 'libexpat1',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libcairo.so.2': 'libcairo2',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libX11.so.6': 'libx11-6',
  'libxcb.so.1': 'libxcb1',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
};

/**
 * Packages that bring what is missing.
 *
 * @param {string | undefined} libraries What `ldconfig -p` prints; undefined where there is no ldconfig.
 * @param {{ hidden: boolean, xvfb: boolean }} screen Whether windows go to a virtual screen, and whether the program
 *   for it, Xvfb, is there.
 * @returns {string[]} Debian package names, without the `t64` some releases add.
 */
export function packagesFor(libraries, screen) {
  const known = new Set(libraries?.split('\n').map((line) => line.trim().split(' ')[0]));
  const missing =
    libraries === undefined
      ? []
      : Object.entries(packageOf)
          .filter(([soname]) => !known.has(soname))
          .map(([, name]) => name);
  return screen.hidden && !screen.xvfb ? [...missing, 'xvfb'] : missing;
}

/** @param {string} program @returns {boolean} */
function onPath(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}

/** Whether windows can be shown on a screen of this session. */
export function hasDisplay() {
  return (
    process.platform !== 'linux' ||
    [process.env.DISPLAY, process.env.WAYLAND_DISPLAY].some((value) => value !== undefined && value !== '')
  );
}

/**
 * Debian packages this machine lacks to show a window.
 *
 * @param {{ hidden: boolean }} use `hidden`: the window goes to a virtual screen (tests), whether or not there is a
 *   display.
 * @returns {string[]}
 */
export function missingPackages({ hidden }) {
  if (process.platform !== 'linux') return [];
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };
  const { status, stdout } = spawnSync('ldconfig', ['-p'], { encoding: 'utf8', env });
  return packagesFor(status === 0 ? stdout : undefined, {
    hidden,
    xvfb: onPath('Xvfb'),
  });
}

/**
 * Debian packages of programs that only tests use: to compare with, or to watch what the app asks of the network.
 * What needs a missing one is skipped, saying so.
 *
 * @returns {string[]}
 */
export function missingTestTools() {
  return process.platform === 'linux' ? ['age', 'strace'].filter((program) => !onPath(program)) : [];
}

/** @param {readonly string[]} packages @returns {string} What to tell a person who has to install them. */
export function adviceFor(packages) {
  return `Windows cannot be opened here: system libraries are missing. Install them with
  sudo apt-get install -y --no-install-recommends ${packages.join(' ')}
(names of Debian and Ubuntu; add t64 to a name your release does not know) and run the command again.`;
}

/**
 * Installs what is missing, where this process may: as root, with apt.
 *
 * @param {readonly string[]} packages
 * @returns {boolean} Whether it could; it has said why not.
 */
export function installPackages(packages) {
  if (packages.length === 0) return true;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return false;
  console.log(`set-up: apt-get install ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Quiet unless it fails: what it prints is long and of no interest.
  const apt = (/** @type {string[]} */ ...args) => {
    const { status, stdout, stderr } = spawnSync('apt-get', ['-qq', ...args], {
      encoding: 'utf8',
      env,
      maxBuffer: 2 ** 26,
    });
    if (status !== 0) console.error(`${stdout ?? ''}${stderr ?? ''}`.trim());
    return status === 0;
  };
  // An out-of-date list is better than none: let the install decide.
  apt('update');
  const names = packages.map((name) => {
    const renamed = spawnSync('apt-cache', ['show', '--no-all-versions', `${name}t64`], { env });
    return renamed.status === 0 && renamed.stdout.length > 0 ? `${name}t64` : name;
  });
  return apt('install', '-y', '--no-install-recommends', ...names);
}
