/**
 * The passphrase stanza of the `age` format, with the scrypt of the system's own library: that of age-encryption is
 * written in JavaScript, takes seven times as long, and holds up everything else while it runs.
 */
import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { Stanza, type Identity, type Recipient } from 'age-encryption';

/** Work factor of what we write, as the `age` program chooses it: 2 to the power of 18. */
const workFactor = 18;
/** Highest that is tried when opening; beyond it a file could hold the machine up for minutes. */
const mostWork = 20;
const label = Buffer.from('age-encryption.org/v1/scrypt');
const noNonce = new Uint8Array(12);

export function passphraseRecipient(passphrase: string): Recipient {
  return {
    wrapFileKey: async (fileKey) => {
      const salt = randomBytes(16);
      const key = await deriveKey(passphrase, salt, workFactor);
      const body = chacha20poly1305(key, noNonce).encrypt(fileKey);
      return [new Stanza(['scrypt', base64(salt), String(workFactor)], body)];
    },
  };
}

/** Opens a file whose only stanza is one of a passphrase; any other is not for it. */
export function passphraseIdentity(passphrase: string): Identity {
  return {
    unwrapFileKey: async (stanzas) => {
      const [stanza, ...others] = stanzas;
      if (stanza?.args[0] !== 'scrypt' || others.length > 0) return null;
      const [, salt = '', work = ''] = stanza.args;
      const logarithm = /^[1-9]\d?$/.test(work) ? Number(work) : Infinity;
      const bytes = Buffer.from(salt, 'base64');
      if (logarithm > mostWork || bytes.length !== 16 || stanza.body.length !== 32) return null;
      const key = await deriveKey(passphrase, bytes, logarithm);
      try {
        return chacha20poly1305(key, noNonce).decrypt(stanza.body);
      } catch {
        return null;
      }
    },
  };
}

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

function deriveKey(passphrase: string, salt: Uint8Array, logarithm: number): Promise<Buffer> {
  const cost = 2 ** logarithm;
  const limits = { N: cost, r: 8, p: 1, maxmem: 128 * 8 * (cost + 64) };
  return derive(passphrase, Buffer.concat([label, salt]), 32, limits);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}
