/** The secret that pseudonyms hang on: without it nobody can tell which value a made-up one stands for. */
import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { Draw } from '../numbers/random.ts';
import { createDraw } from '../fakes/draw.ts';

/** Bytes of a key. */
export const keyBytes = 32;

/** What can be done with a key that itself stays where it is kept. */
export interface PseudonymKey {
  /** The key itself, unread, for threads of the same process. */
  readonly handle: KeyObject;
  /** HMAC-SHA-256 (RFC 2104, FIPS 198-1) of a text for one purpose, 32 bytes. */
  mac(purpose: string, text: string): Uint8Array;
}

/** @param bytes 32 of them. */
export function pseudonymKeyOf(bytes: Uint8Array): PseudonymKey {
  if (bytes.length !== keyBytes) throw new RangeError(`A key has ${keyBytes} bytes.`);
  // Five times as fast as bytes, which would be made a key for each text.
  return pseudonymKeyBy(createSecretKey(bytes));
}

export function pseudonymKeyBy(handle: KeyObject): PseudonymKey {
  return {
    handle,
    // No purpose holds a zero byte: two purposes never share a text.
    mac: (purpose, text) => createHmac('sha256', handle).update(`${purpose}\0${text}`).digest(),
  };
}

/** A key of its own, which nobody keeps. */
export function freshKey(): PseudonymKey {
  return pseudonymKeyOf(randomBytes(keyBytes));
}

/** Draws that a text decides, and that tell nothing of it without the key. */
export function keyedDraw(key: PseudonymKey, purpose: string, text: string): Draw {
  const mac = Buffer.from(key.mac(`semblance pseudonym 1 ${purpose}`, text));
  return createDraw([mac.readUInt32BE(0), mac.readUInt32BE(4), mac.readUInt32BE(8), mac.readUInt32BE(12)]);
}
