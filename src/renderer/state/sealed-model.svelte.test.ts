import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-api.ts';
import { AppState } from './app.svelte.ts';
import { Client } from './client.ts';
import { SealedModel } from './sealed-model.svelte.ts';

const client = () => new Client(new FakeEngine({ projects: [], jobs: [], still: true, delay: 0 }));

beforeEach(() => {
  // What of a page the state of the window touches.
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it('an encrypted model is asked about instead of refused', async () => {
  const app = new AppState(client());
  await app.openModel('/home/ada/clients.semblance.age');
  expect(app.error).toBeNull();
  expect(app.sealedModel.path).toBe('/home/ada/clients.semblance.age');
});

it('what opens it is given to the import, and forgotten when it has been opened', async () => {
  const given: unknown[] = [];
  const engine = client();
  const sealed = new SealedModel(engine, async (path, opener) => {
    given.push(opener);
    if (given.length === 1) await engine.call('projects.importModel', { path, opener });
  });
  sealed.ask('/m.age');
  expect(sealed.ready).toBe(false);
  sealed.passphrase = 'wrong';
  await sealed.open();
  expect([sealed.error?.code, sealed.path]).toEqual(['model/invalid', '/m.age']);
  sealed.by = 'keys';
  expect(sealed.ready).toBe(false);
  await sealed.chooseKeys();
  await sealed.open();
  expect(given).toEqual([
    { by: 'passphrase', passphrase: 'wrong' },
    { by: 'keys', path: '/home/ada/keys.txt' },
  ]);
  expect([sealed.path, sealed.passphrase, sealed.keys, sealed.error]).toEqual([null, '', null, null]);
});
