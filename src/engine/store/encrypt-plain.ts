/** Makes an encrypted store of one that an earlier Semblance kept readable. */
import { closeSync, fsyncSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { encryptPages } from './cipher.ts';
import type { StoreKey } from './cipher.ts';
import { syncFolder } from './key-file.ts';
import { checkVersion } from './migrations.ts';

/**
 * Encrypts a copy, checks it, and puts it in the place of the plain database in one step: whenever the machine stops,
 * either the plain or the encrypted one is there, whole, and doing this again goes on. What was readable is then
 * overwritten, as far as a drive lets that be done: one that spreads its writes, as solid-state drives do, may keep
 * the old blocks for a while.
 *
 * Throws what SQLite and the file system throw, and `store/…` when it is no store of ours or a newer one.
 */
export function encryptPlain(file: string, key: StoreKey, waitMs: number): void {
  const copy = `${file}.encrypting`;
  wipe(copy);
  const plain = new Database(file, { timeout: waitMs });
  try {
    plain.pragma('locking_mode = EXCLUSIVE');
    checkVersion(plain, file);
    requireSound(plain);
    // Takes in what the log holds, and removes the log, which is readable too.
    plain.pragma('journal_mode = DELETE');
    plain.exec('BEGIN IMMEDIATE; COMMIT');
    plain.prepare('VACUUM INTO ?').run(copy);
    const sealed = new Database(copy);
    try {
      encryptPages(sealed, key);
      requireSound(sealed);
    } finally {
      sealed.close();
    }
  } finally {
    plain.close();
  }
  syncFile(copy);
  // Held open on the old content over the rename; Windows does not allow that.
  const old = process.platform === 'win32' ? null : openSync(file, 'r+');
  try {
    renameSync(copy, file);
    syncFolder(dirname(file));
    if (old !== null) overwrite(old);
  } finally {
    if (old !== null) closeSync(old);
  }
}

/** Throws when a plain database is not a sound store of ours, before a key is made for it. Changes nothing in it. */
export function requireUsablePlain(file: string): void {
  const db = new Database(file, { readonly: true, timeout: 0 });
  try {
    checkVersion(db, file);
    requireSound(db);
  } finally {
    db.close();
  }
}

function requireSound(db: Database.Database): void {
  if (db.pragma('quick_check(1)', { simple: true }) === 'ok') return;
  throw new Database.SqliteError('quick_check failed', 'SQLITE_CORRUPT');
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Overwrites and removes what an earlier attempt has left. */
function wipe(file: string): void {
  try {
    const descriptor = openSync(file, 'r+');
    try {
      overwrite(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  for (const each of [file, `${file}-journal`, `${file}-wal`]) rmSync(each, { force: true });
}

function overwrite(descriptor: number): void {
  const zeros = Buffer.alloc(1 << 20);
  const { size } = fstatSync(descriptor);
  for (let at = 0; at < size; at += zeros.length) {
    writeSync(descriptor, zeros, 0, Math.min(zeros.length, size - at), at);
  }
  fsyncSync(descriptor);
}
