import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { hasIntegrity } from './integrity.ts';

/** Folder shared by all checkouts of this user, so that a second one need not download again. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env.XDG_CACHE_HOME;
  return join(base !== undefined && base !== '' ? base : join(homedir(), '.cache'), 'semblance');
}

/** A file that is pinned by its hash. */
export interface PinnedFile {
  /** The file's name in the cache. */
  readonly name: string;
  /** As npm records it: see `hasIntegrity`. */
  readonly integrity: string;
  /** What it is, for people. */
  readonly what: string;
}

/**
 * The file in `cache`, fetched when it is not there or not what it should be.
 *
 * @param fetchInto Puts the file, and nothing else, into a folder, under whatever name.
 * @throws Error when it cannot be fetched or is not the pinned one; nothing of it stays then.
 */
export async function cachedFile(
  cache: string,
  { name, integrity, what }: PinnedFile,
  fetchInto: (folder: string) => Promise<void>,
): Promise<string> {
  const path = join(cache, name);
  if (existsSync(path) && (await hasIntegrity(path, integrity))) return path;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'fetch-'));
  try {
    await fetchInto(folder);
    const [first] = await readdir(folder);
    const fetched = join(folder, first ?? '');
    if (first === undefined || !(await hasIntegrity(fetched, integrity))) {
      throw new Error(`${what} is not the package pinned by its hash; nothing of it was used.`);
    }
    await rename(fetched, path);
    return path;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
