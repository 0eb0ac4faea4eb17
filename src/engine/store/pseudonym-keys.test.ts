import { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from './open.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-pseudonym-keys-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const settings = { minutes: 1, stopEarly: true, seed: 7, holdout: 0.2 };

it('is one key a project, which outlives a restart and goes with the project', () => {
  const store = openStore(folder);
  const [one, two] = ['one', 'two'].map((name) => store.projects.create(name, `/${name}.csv`, [], settings));
  const mac = (from: typeof store, id = ''): string =>
    Buffer.from(from.pseudonyms.of(id).mac('purpose', 'text')).toString('hex');
  const first = mac(store, one);
  expect(first).toHaveLength(64);
  expect(mac(store, two)).not.toBe(first);
  expect(mac(store, one)).toBe(first);
  store.close();

  const again = openStore(folder);
  expect(mac(again, one)).toBe(first);
  again.inventory.erase('pseudonym-key', one ?? '');
  expect(mac(again, one)).not.toBe(first);
  again.projects.remove(one ?? '');
  expect(again.inventory.list().filter(({ kind }) => kind === 'pseudonym-key')).toHaveLength(1);
  expect(() => again.pseudonyms.of('nowhere')).toThrow();
  again.close();
});

it('is given out as what shows none of its bytes', () => {
  const store = openStore(folder);
  const id = store.projects.create('one', '/one.csv', [], settings);
  const secret = store.pseudonyms.of(id);
  const bytes = secret.handle.export();
  const isHidden = (part: unknown) => typeof part === 'function' || part instanceof KeyObject;
  expect(Object.values(secret).every(isHidden)).toBe(true);
  const shown = `${JSON.stringify(secret)} ${inspect(secret, { depth: null, showHidden: true })}`;
  for (const encoding of ['hex', 'base64', 'latin1'] as const)
    expect(shown).not.toContain(bytes.toString(encoding));
  store.close();
});
