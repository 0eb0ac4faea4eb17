import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';

/** Keeps others out until it is let go of, or the process ends, however it does. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the folder of a store for this process alone, before anyone is asked for a passphrase and while files are
 * moved. It is SQLite's lock on an empty database beside the store's: opening the store's own without its key would
 * mean handling its log without being able to read it.
 *
 * Throws `store/in-use` when another process has it, and what the file system throws.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'semblance.lock');
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (isBusy(error)) throw inUse(folder, error);
    throw error;
  }
  return {
    release: () => {
      db.close();
    },
  };
}

export function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
}

/** @param place The folder or file. */
export function inUse(place: string, cause: unknown): AppError {
  return AppError.of('store/in-use', 'store_in_use', { file: place }, { cause });
}
