import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from './open.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-signing-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Node's own check, from the raw key as anyone else would get it. */
function isSigned(bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
  return verify(null, bytes, createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

it('signs with one key that outlives a restart', () => {
  const bytes = Buffer.from('a manifest');
  const store = openStore(folder);
  const key = store.signing.publicKey();
  const signature = store.signing.sign(bytes);
  expect([key.length, signature.length]).toEqual([32, 64]);
  store.close();

  const again = openStore(folder);
  expect(again.signing.publicKey()).toEqual(key);
  expect(isSigned(bytes, signature, again.signing.publicKey())).toBe(true);
  expect(isSigned(Buffer.from('another manifest'), signature, key)).toBe(false);
  again.close();
});

it('is another key in another store', () => {
  const [one, two] = ['one', 'two'].map((name) => {
    const store = openStore(join(folder, name));
    const key = store.signing.publicKey();
    store.close();
    return key;
  });
  expect(one).not.toEqual(two);
});
