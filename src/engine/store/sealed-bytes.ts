import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of a key. */
export const sealKeyBytes = 32;

/** "SMBL", and the version of the layout: mark, nonce, ciphertext, tag. */
const mark = Buffer.from([0x53, 0x4d, 0x42, 0x4c, 1]);
const nonceBytes = 12;
const tagBytes = 16;

/** Bytes encrypted at a time: few enough to stay in the processor's cache until they are written. */
const sliceBytes = 2 ** 18;

/**
 * Encrypts pieces as one with AES-256-GCM, whose tag also shows every change to the result, and gives the result out
 * slice by slice. `name` is what the bytes are: sealed under one name they do not open under another.
 */
export function* seal(pieces: Iterable<Uint8Array>, key: Uint8Array, name: string): Generator<Uint8Array> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.concat([mark, Buffer.from(name)]));
  yield Buffer.concat([mark, nonce]);
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += sliceBytes)
      yield cipher.update(piece.subarray(at, at + sliceBytes));
  }
  yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
}

/** Throws an Error for bytes that are damaged, of another version, or sealed with another key or under another name. */
export function unseal(sealed: Uint8Array, key: Uint8Array, name: string): Uint8Array {
  const begin = mark.length + nonceBytes;
  const end = sealed.length - tagBytes;
  if (end < begin || !mark.equals(sealed.subarray(0, mark.length))) throw new Error('Not sealed bytes.');
  const nonce = sealed.subarray(mark.length, begin);
  const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.concat([mark, Buffer.from(name)]));
  cipher.setAuthTag(sealed.subarray(end));
  return Buffer.concat([cipher.update(sealed.subarray(begin, end)), cipher.final()]);
}
