/** Ed25519 keys (RFC 8032) that manifests are signed with, and what people compare of them. */
import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { sourceError } from '../tables/source-file.ts';

/** Whatever holds a private key: the store of this installation, or a file. */
export interface Signing {
  /** The raw public key, 32 bytes. */
  publicKey(): Uint8Array;
  /** A signature of 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** The key of a PEM file (PKCS #8), as `openssl genpkey -algorithm ed25519` writes it. Throws `source/…`, `usage`. */
export async function signingKeyFrom(path: string): Promise<Signing> {
  const pem = await readFile(path, 'utf8').catch((error: unknown) => {
    throw sourceError(error, basename(path), false);
  });
  const key = privateKeyOf(pem);
  if (key?.asymmetricKeyType !== 'ed25519') {
    throw AppError.of('usage', 'no_signing_key', { file: basename(path) });
  }
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url');
  return { publicKey: () => publicKey, sign: (bytes) => sign(null, bytes, key) };
}

function privateKeyOf(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** Whether `signature` is of `bytes` by the owner of `publicKey` (raw, 32 bytes). */
export function isSignedBy(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
    return verify(null, bytes, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  } catch {
    return false;
  }
}

/**
 * What people compare to know a key: the first 128 bits of its SHA-256 as eight groups of four hexadecimal digits.
 * Finding another key with the same takes 2^128 attempts.
 */
export function fingerprintOf(publicKey: Uint8Array): string {
  const digits = createHash('sha256').update(publicKey).digest('hex').slice(0, 32).toUpperCase();
  return (digits.match(/.{4}/g) ?? []).join('-');
}
