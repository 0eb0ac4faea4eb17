/**
 * Moves the files of a store, each in one step: aside, so that something else can take their place, and in from a
 * folder where a restored one has been made ready. Where the machine stops in between, `finishRestore` goes on.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { keyFileName, syncFolder } from './key-file.ts';
import { databaseName } from './survey.ts';

const prefix = 'set-aside-';
/** The log comes first: it must never lie beside another database. */
const files = [
  'checkpoints',
  `${databaseName}-wal`,
  `${databaseName}-shm`,
  databaseName,
  keyFileName,
] as const;

/** Where a backup is unpacked and checked, before anything else is touched. */
export const restoringName = 'restoring';
const readyPrefix = 'ready-';
/** Names of copies of the database that are there while a backup is written. */
export const copyPrefix = 'copying-';

/** Moves what is there into a folder of its own within `folder`, and returns its name; null when nothing was there. */
export function setAside(folder: string, now = new Date()): string | null {
  const present = files.filter((name) => existsSync(join(folder, name)));
  if (present.length === 0) return null;
  const aside = freshAside(folder, now);
  for (const name of present) renameSync(join(folder, name), join(folder, aside, name));
  syncFolder(join(folder, aside));
  syncFolder(folder);
  return aside;
}

/**
 * Puts the store made ready in `restoring` in place, the present one aside. Returns the name of the latter's folder;
 * null when there was none.
 */
export function putInPlace(folder: string, now = new Date()): string | null {
  const staged = join(folder, restoringName);
  syncFolder(staged);
  // The name says where the present store goes, so that an interrupted move goes on to the same place.
  renameSync(staged, join(folder, `${readyPrefix}${asideName(folder, now)}`));
  syncFolder(folder);
  return finishRestore(folder);
}

/**
 * Goes on with a restore that was interrupted, and removes what else an earlier process has left unfinished. To be
 * called at every start.
 */
export function finishRestore(folder: string): string | null {
  rmSync(join(folder, restoringName), { recursive: true, force: true });
  for (const name of readdirSync(folder)) {
    if (name.startsWith(copyPrefix)) rmSync(join(folder, name), { force: true });
  }
  const readyName = readdirSync(folder).find((name) => name.startsWith(readyPrefix));
  if (readyName === undefined) return null;
  const ready = join(folder, readyName);
  const aside = join(folder, readyName.slice(readyPrefix.length));
  for (const name of files) {
    // A log and the checkpoints go with their database. What is not in the ready folder any more is in place already.
    const staged = name === keyFileName ? keyFileName : databaseName;
    if (!existsSync(join(ready, staged))) continue;
    if (existsSync(join(folder, name))) {
      mkdirSync(aside, { recursive: true, mode: 0o700 });
      renameSync(join(folder, name), join(aside, name));
      syncFolder(aside);
    }
    if (name === staged) renameSync(join(ready, name), join(folder, name));
    syncFolder(folder);
  }
  rmSync(ready, { recursive: true, force: true });
  syncFolder(folder);
  return existsSync(aside) ? basename(aside) : null;
}

function freshAside(folder: string, now: Date): string {
  const name = asideName(folder, now);
  mkdirSync(join(folder, name), { mode: 0o700 });
  return name;
}

/** A name that is free. */
function asideName(folder: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-');
  let name = `${prefix}${stamp}`;
  for (let count = 2; existsSync(join(folder, name)); count++) name = `${prefix}${stamp}-${count}`;
  return name;
}

export interface AsideStore {
  name: string;
  bytes: number;
  /** When it was moved there. */
  at: string;
}

export function listAside(folder: string): AsideStore[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isAside(entry.name))
    .map(({ name }) => ({
      name,
      bytes: readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).reduce(
        (sum, file) => sum + statSync(join(folder, name, file)).size,
        0,
      ),
      at: statSync(join(folder, name)).mtime.toISOString(),
    }));
}

/** False when there is none of that name. */
export function eraseAside(folder: string, name: string): boolean {
  if (!isAside(name) || !existsSync(join(folder, name))) return false;
  rmSync(join(folder, name), { recursive: true });
  syncFolder(folder);
  return true;
}

/** Nothing that could lead out of the folder. */
function isAside(name: string): boolean {
  return /^set-aside-[0-9T-]+$/.test(name);
}
