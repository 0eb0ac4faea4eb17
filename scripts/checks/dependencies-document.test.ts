import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../setup/root.mjs';

type Names = Record<string, string>;

it('docs/dependencies.md names every package of package.json, and package.json pins each exactly', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Names;
    devDependencies: Names;
    optionalDependencies: Names;
  };
  const document = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');
  const packages = Object.entries({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  expect(packages.filter(([name]) => !document.includes(`\`${name}\``))).toEqual([]);
  // An alias (`npm:other-name@1.2.3`) is pinned like any other.
  const pinned = /^(npm:[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
  expect(packages.filter(([, version]) => !pinned.test(version))).toEqual([]);
});

it('package-lock.json records no registry and has an entry for every platform', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string; optionalDependencies?: Names }>;
  };
  const entries = Object.entries(lock.packages);
  expect(entries.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
  // `npm ci` refuses a lockfile without the packages of other platforms, but only where they are missing.
  const missing = entries.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`${path}/node_modules/${name}` in lock.packages || `node_modules/${name}` in lock.packages),
    ),
  );
  expect(missing).toEqual([]);
});
