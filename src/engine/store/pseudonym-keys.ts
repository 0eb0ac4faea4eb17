import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** A project's secret, used where it is kept: HMAC-SHA-256 (RFC 2104) of a text for one purpose, 32 bytes. */
export interface ProjectSecret {
  /** The key itself, unread, for threads of the same process. */
  readonly handle: KeyObject;
  mac(purpose: string, text: string): Uint8Array;
}

/**
 * The secret of each project that pseudonyms of its real rows hang on. It is made when it is first asked for, never
 * leaves the process, and goes with its project; after it is erased, new pseudonyms are others.
 */
export class PseudonymKeys {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Throws what the database throws for a project that is not there. */
  of(projectId: string): ProjectSecret {
    const handle = createSecretKey(this.#stored(projectId) ?? this.#make(projectId));
    return {
      handle,
      mac: (purpose, text) => createHmac('sha256', handle).update(`${purpose}\0${text}`).digest(),
    };
  }

  #stored(projectId: string): Buffer | undefined {
    return this.#db
      .prepare<[string], Buffer>('SELECT key FROM pseudonym_keys WHERE project_id = ?')
      .pluck()
      .get(projectId);
  }

  #make(projectId: string): Buffer {
    const key = randomBytes(32);
    this.#db
      .prepare('INSERT INTO pseudonym_keys (project_id, created_at, key) VALUES (?, ?, ?)')
      .run(projectId, new Date().toISOString(), key);
    return key;
  }
}
