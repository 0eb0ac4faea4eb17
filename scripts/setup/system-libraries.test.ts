import { expect, it } from 'vitest';
import { adviceFor, packagesFor } from './system-libraries.mjs';

const screen = { hidden: true, xvfb: true };

/** Lines as `ldconfig -p` prints them. */
const listed = (...sonames: string[]) =>
  [
    `${sonames.length} libs found in cache \`/etc/ld.so.cache'`,
    ...sonames.map((soname) => `\t${soname} (libc6,x86-64) => /lib/x86_64-linux-gnu/${soname}`),
  ].join('\n');

const everything = listed(
  ...['libgtk-3.so.0', 'libnss3.so', 'libnspr4.so', 'libatk-1.0.so.0', 'libatk-bridge-2.0.so.0'],
  ...['libatspi.so.0', 'libcups.so.2', 'libdbus-1.so.3', 'libdrm.so.2', 'libgbm.so.1', 'libasound.so.2'],
  ...[
    'libexpat.so.1',
    'libpango-1.0.so.0',
    'libcairo.so.2',
    'libxkbcommon.so.0',
    'libX11.so.6',
    'libxcb.so.1',
  ],
  ...['libXcomposite.so.1', 'libXdamage.so.1', 'libXext.so.6', 'libXfixes.so.3', 'libXrandr.so.2'],
);

it('asks for nothing where everything is there', () => {
  expect(packagesFor(everything, screen)).toEqual([]);
});

it('asks for the packages of missing libraries', () => {
  const without = everything.replace('libgtk-3.so.0 ', 'x ').replace('libasound.so.2 ', 'x ');
  expect(packagesFor(without, screen)).toEqual(['libgtk-3-0', 'libasound2']);
});

it('does not take one version of a library for another', () => {
  expect(packagesFor(everything.replace('libgbm.so.1 ', 'libgbm.so.10 '), screen)).toEqual(['libgbm1']);
});

it('asks for Xvfb wherever windows are to be hidden, and only there', () => {
  expect(packagesFor(everything, { hidden: true, xvfb: false })).toEqual(['xvfb']);
  expect(packagesFor(everything, { hidden: false, xvfb: false })).toEqual([]);
  expect(packagesFor(everything, { hidden: true, xvfb: true })).toEqual([]);
});

it('does not guess where libraries cannot be listed', () => {
  expect(packagesFor(undefined, screen)).toEqual([]);
});

it('names the exact command', () => {
  expect(adviceFor(['libgtk-3-0', 'xvfb'])).toContain(
    'sudo apt-get install -y --no-install-recommends libgtk-3-0 xvfb\n',
  );
});
