import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/**
 * The Ed25519 key (RFC 8032) by which this installation signs what it writes. It is made when it is first asked
 * for and never leaves the store; erasing everything erases it, and the next one is another.
 */
export class SigningKey {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The raw public key, 32 bytes. */
  publicKey(): Uint8Array {
    const { x = '' } = createPublicKey(this.#privateKey()).export({ format: 'jwk' });
    return Buffer.from(x, 'base64url');
  }

  /** A signature of `bytes`, 64 bytes; the same bytes give the same signature. */
  sign(bytes: Uint8Array): Uint8Array {
    return sign(null, bytes, this.#privateKey());
  }

  #privateKey(): KeyObject {
    const stored = this.#db.prepare<[], Buffer>('SELECT private_key FROM signing_key').pluck().get();
    if (stored !== undefined) return createPrivateKey({ key: stored, format: 'der', type: 'pkcs8' });
    const { privateKey } = generateKeyPairSync('ed25519');
    this.#db
      .prepare('INSERT INTO signing_key (id, created_at, private_key) VALUES (1, ?, ?)')
      .run(new Date().toISOString(), privateKey.export({ format: 'der', type: 'pkcs8' }));
    return privateKey;
  }
}
