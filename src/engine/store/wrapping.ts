/**
 * Wraps the store's key: AES-256-GCM under a key that comes from a passphrase by scrypt (RFC 7914), or from a
 * recovery key, which is random enough already, by HKDF-SHA256 (RFC 5869). The store's id and the purpose are
 * authenticated, so that a wrapping cannot be moved to another store or be taken for the other kind.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { StoreKey } from './cipher.ts';

const hex = (bytes: number) => z.hex().length(2 * bytes);

const box = z.object({ nonce: hex(12), text: hex(32), tag: hex(16) });
type Box = z.infer<typeof box>;

/** As stored. The bounds keep a file someone has changed from asking for all memory there is. */
export const passphraseWrapping = z.object({
  scrypt: z.object({
    N: z
      .int()
      .min(2)
      .max(2 ** 20),
    r: z.int().min(1).max(16),
    p: z.int().min(1).max(8),
    salt: hex(16),
  }),
  box,
});
export type PassphraseWrapping = z.infer<typeof passphraseWrapping>;

export const recoveryWrapping = z.object({ salt: hex(16), box });
export type RecoveryWrapping = z.infer<typeof recoveryWrapping>;

export interface ScryptCost {
  N: number;
  r: number;
  p: number;
}

/** 128 MiB and about half a second on a machine of 2020: what OWASP asks for at the least. */
export const usualCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

/** Fewer characters can be guessed in hours by whoever holds the file. */
export const shortestPassphrase = 10;

/** Throws `store/weak-passphrase`. */
export function requireStrong(passphrase: string): void {
  const characters = [...normal(passphrase)];
  if (characters.length >= shortestPassphrase && new Set(characters).size >= 5) return;
  throw characters.length < shortestPassphrase
    ? AppError.of('store/weak-passphrase', 'passphrase_short', { least: shortestPassphrase })
    : AppError.of('store/weak-passphrase', 'passphrase_monotonous', {});
}

export async function wrapWithPassphrase(
  key: StoreKey,
  passphrase: string,
  cost: ScryptCost,
): Promise<PassphraseWrapping> {
  const salt = randomBytes(16);
  const wrapping = await derive(passphrase, salt, cost);
  return { scrypt: { ...cost, salt: salt.toString('hex') }, box: seal(key, wrapping, 'passphrase') };
}

/** Null when the passphrase is another. */
export async function unwrapWithPassphrase(
  id: Uint8Array,
  passphrase: string,
  { scrypt: cost, box }: PassphraseWrapping,
): Promise<StoreKey | null> {
  const wrapping = await derive(passphrase, Buffer.from(cost.salt, 'hex'), cost);
  return open(id, box, wrapping, 'passphrase');
}

/** @param recovery The 20 bytes of the recovery key. */
export function wrapWithRecovery(key: StoreKey, recovery: Uint8Array): RecoveryWrapping {
  const salt = randomBytes(16);
  return { salt: salt.toString('hex'), box: seal(key, expand(recovery, salt), 'recovery') };
}

/** Null when the recovery key is another's. */
export function unwrapWithRecovery(
  id: Uint8Array,
  recovery: Uint8Array,
  { salt, box }: RecoveryWrapping,
): StoreKey | null {
  return open(id, box, expand(recovery, Buffer.from(salt, 'hex')), 'recovery');
}

/** The same passphrase typed on another system may come in other code points. */
function normal(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

function derive(passphrase: string, salt: Uint8Array, { N, r, p }: ScryptCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r + 2 ** 20 };
    scrypt(normal(passphrase), salt, 32, options, (error, derived) => {
      if (error) reject(error);
      else resolve(derived);
    });
  });
}

function expand(recovery: Uint8Array, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', recovery, salt, 'semblance recovery key 1', 32));
}

type Purpose = 'passphrase' | 'recovery';

function seal({ id, secret }: StoreKey, wrapping: Uint8Array, purpose: Purpose): Box {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(context(id, purpose));
  const text = Buffer.concat([cipher.update(secret), cipher.final()]);
  return {
    nonce: nonce.toString('hex'),
    text: text.toString('hex'),
    tag: cipher.getAuthTag().toString('hex'),
  };
}

function open(
  id: Uint8Array,
  { nonce, text, tag }: Box,
  wrapping: Uint8Array,
  purpose: Purpose,
): StoreKey | null {
  const decipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(nonce, 'hex'), { authTagLength: 16 })
    .setAAD(context(id, purpose))
    .setAuthTag(Buffer.from(tag, 'hex'));
  const secret = decipher.update(Buffer.from(text, 'hex'));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return { id, secret };
}

function context(id: Uint8Array, purpose: Purpose): Buffer {
  return Buffer.from(`semblance store 1 ${purpose} ${Buffer.from(id).toString('hex')}`);
}
