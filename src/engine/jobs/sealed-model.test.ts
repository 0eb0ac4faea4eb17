import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, expect, it } from 'vitest';
import { loadSealedModel } from './sealed-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-sealed-model-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const at = (name: string): string => join(folder, name);

it('opens an encrypted file with the key of a recipient, in memory, and takes nothing in it on trust', async () => {
  const [key, other] = await Promise.all([generateX25519Identity(), generateX25519Identity()]);
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(key));
  const sealed = await encrypter.encrypt(new TextEncoder().encode('no model at all'));
  writeFileSync(at('m.semblance.age'), sealed);
  writeFileSync(at('short.age'), sealed.subarray(0, sealed.length - 1));
  writeFileSync(at('key.txt'), `# made today\n${key}\n`);
  writeFileSync(at('other.txt'), other);
  writeFileSync(at('empty.txt'), '# nothing\n');
  const there = readdirSync(folder);

  const load = (name: string, keys: string) => loadSealedModel(at(name), { by: 'keys', path: at(keys) });
  await expect(loadSealedModel(at('m.semblance.age'))).rejects.toMatchObject({ code: 'seal/needed' });
  await expect(load('m.semblance.age', 'other.txt')).rejects.toMatchObject({ said: { key: 'sealed_keys' } });
  await expect(load('m.semblance.age', 'empty.txt')).rejects.toMatchObject({ code: 'seal/invalid' });
  await expect(load('short.age', 'key.txt')).rejects.toMatchObject({ said: { key: 'sealed_damaged' } });
  // It opens, and what is inside is judged like any file.
  await expect(load('m.semblance.age', 'key.txt')).rejects.toMatchObject({ code: 'model/invalid' });
  expect(readdirSync(folder)).toEqual(there);
});
