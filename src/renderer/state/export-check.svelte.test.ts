import { expect, it } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-api.ts';
import { fakeFingerprint } from '../../../test/renderer/fake-exports.ts';
import { AppError } from '../../shared/errors.ts';
import { Client } from './client.ts';
import { ExportCheck } from './export-check.svelte.ts';

function setUp() {
  const engine = new FakeEngine({ projects: [], jobs: [], delay: 0 });
  return { engine, check: new ExportCheck(new Client(engine)) };
}

it('checks a manifest, and again against the fingerprint that the sender told', async () => {
  const { check, engine } = setUp();
  await check.start('/out.csv.manifest.json');
  expect(check.found).toMatchObject({ ok: true, fingerprint: fakeFingerprint });
  check.signer = ' 0000 ';
  await check.again();
  expect(engine.asked.at(-1)?.input).toEqual({ path: '/out.csv.manifest.json', signedBy: '0000' });
  expect(check.found).toMatchObject({ ok: false, signature: 'other-signer' });
  await check.start('/out.csv.manifest.json', '/out.csv');
  expect(engine.asked.at(-1)?.input).toEqual({ path: '/out.csv.manifest.json', written: '/out.csv' });
  await check.start('/other.manifest.json');
  expect([check.signer, check.found?.ok]).toEqual(['', true]);
});

it('says what went wrong, and forgets an answer that comes too late', async () => {
  const { check, engine } = setUp();
  engine.refusal = AppError.of('manifest/invalid', 'not_a_manifest', { file: 'x.csv' });
  await check.start('/x.csv');
  expect([check.found, check.error?.code, check.busy]).toEqual([null, 'manifest/invalid', false]);
  engine.refusal = null;
  const checking = check.start('/out.csv.manifest.json');
  check.close();
  await checking;
  expect([check.path, check.found, check.busy]).toEqual([null, null, false]);
});
