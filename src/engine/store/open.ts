import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { Checkpoints } from './checkpoints.ts';
import { fileKind, setKey } from './cipher.ts';
import type { StoreKey } from './cipher.ts';
import { DeviceRow } from './devices.ts';
import { DicomRows } from './dicom-projects.ts';
import { encryptPlain } from './encrypt-plain.ts';
import { inUse, isBusy } from './folder-lock.ts';
import { Inventory } from './inventory.ts';
import { JobRows } from './jobs.ts';
import { checkVersion, migrate } from './migrations.ts';
import { ModelRows } from './models.ts';
import { ProjectRows } from './projects.ts';
import { PseudonymKeys } from './pseudonym-keys.ts';
import { SigningKey } from './signing.ts';
import { databaseName } from './survey.ts';

/** Everything Semblance remembers, in one file. */
export interface Store {
  readonly file: string;
  readonly projects: ProjectRows;
  readonly dicom: DicomRows;
  readonly jobs: JobRows;
  readonly models: ModelRows;
  readonly signing: SigningKey;
  readonly devices: DeviceRow;
  readonly pseudonyms: PseudonymKeys;
  /** Unfinished trainings, in files beside the database whose keys are in it. */
  readonly checkpoints: Checkpoints;
  readonly inventory: Inventory;
  /** Writes a consistent copy to `path`, where nothing may be yet; encrypted as the store is. */
  copyTo(path: string): void;
  close(): void;
}

export interface OpenOptions {
  /** Milliseconds to wait for another process to let go of the file. */
  waitMs?: number;
  /** The key of an encrypted store. Without one the store is plain: for tests, and for what an earlier version left. */
  key?: StoreKey;
}

/**
 * Opens (or makes) `<folder>/semblance.db`, held by this process alone until `close`. With a key, a store that an
 * earlier Semblance left readable is encrypted first.
 *
 * Throws `store/in-use`, `store/damaged`, `store/foreign`, `store/newer`, `store/unusable` (not writable, no room);
 * such a file is left exactly as it was found.
 *
 * Models are kept in the database and not beside it: a model, its card and its row hashes then change in
 * one transaction, go with their project, and one cipher on one file covers all of it.
 */
export function openStore(folder: string, options: OpenOptions = {}): Store {
  const { waitMs = 5000, key } = options;
  const file = join(folder, databaseName);
  let db: Database.Database | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (key !== undefined && fileKind(file).kind === 'plain') encryptPlain(file, key, waitMs);
    db = connect(file, waitMs, key);
    migrate(db);
  } catch (error) {
    db?.close();
    throw unusable(error, file);
  }
  const open = db;
  return {
    file,
    projects: new ProjectRows(open),
    dicom: new DicomRows(open),
    jobs: new JobRows(open),
    models: new ModelRows(open),
    signing: new SigningKey(open),
    devices: new DeviceRow(open),
    pseudonyms: new PseudonymKeys(open),
    checkpoints: new Checkpoints(open, join(folder, 'checkpoints')),
    inventory: new Inventory(open),
    copyTo: (path) => {
      open.prepare('VACUUM INTO ?').run(path);
    },
    close: () => {
      open.close();
    },
  };
}

/** The only place a lasting connection is made. */
function connect(file: string, waitMs: number, key: StoreKey | undefined): Database.Database {
  const db = new Database(file, { timeout: waitMs });
  try {
    if (key !== undefined) setKey(db, key);
    // The cipher covers the database and its log, not what SQLite would put aside in files of its own.
    db.pragma('temp_store = MEMORY');
    // One engine a store: a second one would take this one's running jobs for interrupted.
    db.pragma('locking_mode = EXCLUSIVE');
    checkVersion(db, file);
    const damage = db.pragma('quick_check(1)', { simple: true });
    if (damage !== 'ok') throw new Database.SqliteError('quick_check failed', 'SQLITE_CORRUPT');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    // What is removed is overwritten, not only unlinked.
    db.pragma('secure_delete = ON');
    // Takes the lock now rather than at the first write.
    db.exec('BEGIN IMMEDIATE; COMMIT');
    if (process.platform !== 'win32') chmodSync(file, 0o600);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Whatever kept a store from being opened, as a person should hear it. */
export function unusable(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error;
  if (isBusy(error)) return inUse(file, error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return AppError.of('store/damaged', 'store_damaged', { file }, { cause: error });
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return AppError.of('store/unusable', 'store_disk_full', { file }, { cause: error });
  }
  return AppError.of('store/unusable', 'store_not_opened', { file }, { cause: error });
}
