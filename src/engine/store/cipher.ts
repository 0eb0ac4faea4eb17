/**
 * The cipher of the store: SQLCipher 4's page format, AES-256-CBC and HMAC-SHA512 on every page of the database and
 * its log. ChaCha20-Poly1305, which the library has as well, writes about twice as fast; but a SQLCipher file can be
 * opened with its owner's key by other programs, now and in ten years, and a store is written a few times a minute.
 *
 * The key is 32 random bytes and goes in as it is, without a key derivation. The first 16 bytes of the file are
 * SQLCipher's salt, which we choose: they are the store's id, and say without a key which key file belongs to it.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { Database } from 'better-sqlite3';

export interface StoreKey {
  /** 16 bytes: the beginning of the file, no secret. */
  readonly id: Uint8Array;
  /** 32 bytes. */
  readonly secret: Uint8Array;
}

export const idLength = 16;
export const secretLength = 32;

export function freshKey(): StoreKey {
  return { id: randomBytes(idLength), secret: randomBytes(secretLength) };
}

/** To be called before anything is read. */
export function setKey(db: Database, key: StoreKey): void {
  chooseCipher(db);
  db.pragma(`key = ${keyLiteral(key)}`);
}

/** Encrypts a plain database where it is. Not within WAL. */
export function encryptPages(db: Database, key: StoreKey): void {
  // Only in memory, or it would hold every page as it was.
  db.pragma('journal_mode = MEMORY');
  chooseCipher(db);
  db.pragma(`rekey = ${keyLiteral(key)}`);
}

function chooseCipher(db: Database): void {
  db.pragma(`cipher = 'sqlcipher'`);
  // The very format of SQLCipher 4; the library's own variant leaves eight more bytes of the header readable.
  db.pragma('legacy = 4');
}

function keyLiteral({ id, secret }: StoreKey): string {
  if (id.length !== idLength || secret.length !== secretLength) throw new Error('a key of another length');
  return `"x'${Buffer.concat([secret, id]).toString('hex')}'"`;
}

const plainHeader = Buffer.from('SQLite format 3\0', 'latin1');

/** What the first bytes of a database say: it is not there (or empty), readable by anyone, or encrypted (or no database). */
export type FileKind = { kind: 'none' } | { kind: 'plain' } | { kind: 'sealed'; id: Uint8Array };

/**
 * Must not be called while this process has the file open: closing it here would let go of SQLite's locks.
 * Throws what the file system throws.
 */
export function fileKind(file: string): FileKind {
  const header = Buffer.alloc(idLength);
  let length: number;
  try {
    const descriptor = openSync(file, 'r');
    try {
      length = readSync(descriptor, header, 0, idLength, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'none' };
    throw error;
  }
  if (length === 0) return { kind: 'none' };
  return header.equals(plainHeader) ? { kind: 'plain' } : { kind: 'sealed', id: header.subarray(0, length) };
}
