import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { Checkpoints } from './checkpoints.ts';
import { JobRows } from './jobs.ts';
import { checkVersion, migrate } from './migrations.ts';
import { ModelRows } from './models.ts';
import { ProjectRows } from './projects.ts';
import { SigningKey } from './signing.ts';

/** Everything Semblance remembers, in one file. */
export interface Store {
  readonly file: string;
  readonly projects: ProjectRows;
  readonly jobs: JobRows;
  readonly models: ModelRows;
  readonly signing: SigningKey;
  /** Unfinished trainings, in files beside the database whose keys are in it. */
  readonly checkpoints: Checkpoints;
  close(): void;
}

/**
 * Opens (or makes) `<folder>/semblance.db`, held by this process alone until `close`.
 * Throws `store/unusable` when it is damaged, newer than this program, in use or not writable; such a file is
 * left exactly as it was found.
 *
 * Models are kept in the database and not beside it: a model, its card and its row hashes then change in
 * one transaction, go with their project, and one cipher on one file will one day cover all of it.
 */
export function openStore(folder: string, options: { waitMs?: number } = {}): Store {
  const file = join(folder, 'semblance.db');
  let db: Database.Database | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    db = connect(file, options.waitMs ?? 5000);
    migrate(db);
  } catch (error) {
    db?.close();
    throw unusable(error, file);
  }
  const open = db;
  return {
    file,
    projects: new ProjectRows(open),
    jobs: new JobRows(open),
    models: new ModelRows(open),
    signing: new SigningKey(open),
    checkpoints: new Checkpoints(open, join(folder, 'checkpoints')),
    close: () => {
      open.close();
    },
  };
}

/** The only place a connection is made: a cipher's key would be set here, before the first read. */
function connect(file: string, waitMs: number): Database.Database {
  const db = new Database(file, { timeout: waitMs });
  try {
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

function unusable(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return AppError.of('store/unusable', 'store_in_use', { file }, { cause: error });
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return AppError.of('store/unusable', 'store_damaged', { file }, { cause: error });
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return AppError.of('store/unusable', 'store_disk_full', { file }, { cause: error });
  }
  return AppError.of('store/unusable', 'store_not_opened', { file }, { cause: error });
}
