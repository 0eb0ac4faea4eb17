import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

it('cannot be had itself', () => {
  const store = openStore(folder);
  const id = store.projects.create('one', '/one.csv', [], settings);
  expect(Object.values(store.pseudonyms.of(id)).every((part) => typeof part === 'function')).toBe(true);
  store.close();
});
