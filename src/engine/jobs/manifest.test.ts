import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { manifest as manifestSchema } from '../../shared/manifest.ts';
import { canonicalJson } from './canonical-json.ts';
import { makeManifest, signedBytes, verifyManifest } from './manifest.ts';
import { fingerprintOf, signingKeyFrom, type Signing } from './signing.ts';

const root = mkdtempSync(join(tmpdir(), 'semblance-manifest-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});
let folder = '';
let folders = 0;
const at = (name: string): string => join(folder, name);
const openssl = spawnSync('openssl', ['version']).status === 0;
if (!openssl) console.warn('SKIPPED: openssl is not there, so checking our signatures with it is untested.');

const pem = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----
`;
/** RFC 8032, 7.1, test 1. */
const rfcPublicKey = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
let signing: Signing;

function write(name: string, content: string) {
  writeFileSync(at(name), content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { path: at(name), bytes: Buffer.byteLength(content), sha256, encrypted: false };
}

beforeEach(async () => {
  folder = join(root, String(++folders));
  mkdirSync(folder);
  writeFileSync(at('key.pem'), pem);
  signing = await signingKeyFrom(at('key.pem'));
  const rows = write('rows.csv', 'a,b\n1,2\n');
  const card = write('rows.csv.card.json', '{}\n');
  const facts = {
    files: [
      { ...rows, role: 'rows' as const },
      { ...card, role: 'card' as const },
    ],
    cardSha256: card.sha256,
  };
  save('m.json', makeManifest(facts, signing));
  save('unsigned.json', makeManifest(facts, null));
});

function save(name: string, value: unknown): void {
  writeFileSync(at(name), JSON.stringify(value, null, 2));
}

function saved(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(at(name), 'utf8')) as Record<string, unknown>;
}

describe('a manifest', () => {
  it('holds for the files it was made of', async () => {
    expect(Buffer.from(signing.publicKey()).toString('hex')).toBe(rfcPublicKey);
    const found = await verifyManifest(at('m.json'));
    expect(found).toMatchObject({
      ok: true,
      signature: 'valid',
      fingerprint: fingerprintOf(signing.publicKey()),
    });
    expect(found.files.map(({ state }) => state)).toEqual(['as-written', 'as-written']);
    expect(manifestSchema.parse(saved('m.json'))).toEqual(saved('m.json'));
  });

  it('does not hold for a file that was changed, even back to its size, or that is gone', async () => {
    writeFileSync(at('rows.csv'), 'a,b\n1,3\n');
    rmSync(at('rows.csv.card.json'));
    const found = await verifyManifest(at('m.json'));
    expect(found.ok).toBe(false);
    expect(found.files.map(({ state }) => state)).toEqual(['changed', 'missing']);
  });

  it('does not hold when anything in it was changed, added or taken out', async () => {
    const changes: ((manifest: Record<string, unknown>) => Record<string, unknown>)[] = [
      (manifest) => ({ ...manifest, created: '2020-01-01T00:00:00.000Z' }),
      (manifest) => ({ ...manifest, realRows: 7 }),
      (manifest) => ({ ...manifest, note: 'not signed' }),
      ({ signer: _, ...manifest }) => manifest,
      ({ signature: _, ...manifest }) => manifest,
    ];
    for (const change of changes) {
      save('changed.json', change(saved('m.json')));
      expect(await verifyManifest(at('changed.json'))).toMatchObject({ ok: false, signature: 'invalid' });
    }
    // Another order of members and another layout are the same content.
    const turned = Object.fromEntries(Object.entries(saved('m.json')).reverse());
    writeFileSync(at('turned.json'), JSON.stringify(turned));
    expect(await verifyManifest(at('turned.json'))).toMatchObject({ ok: true });
  });

  it('says who signed, and whether it is who should have', async () => {
    const mine = fingerprintOf(signing.publicKey());
    expect(mine).toMatch(/^([0-9A-F]{4}-){7}[0-9A-F]{4}$/);
    expect(
      await verifyManifest(at('m.json'), { signedBy: mine.toLowerCase().replaceAll('-', ' ') }),
    ).toMatchObject({
      ok: true,
    });
    const other = mine.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    expect(await verifyManifest(at('m.json'), { signedBy: other })).toMatchObject({
      ok: false,
      signature: 'other-signer',
    });
    expect(await verifyManifest(at('unsigned.json'))).toMatchObject({ ok: true, signature: 'none' });
    expect(await verifyManifest(at('unsigned.json'), { signedBy: mine })).toMatchObject({ ok: false });
  });

  it('is refused when it is none, or names files elsewhere', async () => {
    const [first] = manifestSchema.parse(saved('m.json')).files;
    for (const content of ['', '[]', '{"semblanceManifest":1}', 'a,b\n1,2\n']) {
      writeFileSync(at('none.json'), content);
      await expect(verifyManifest(at('none.json'))).rejects.toMatchObject({ code: 'manifest/invalid' });
    }
    for (const name of ['../key.pem', '/etc/passwd', '..', 'a\\b', '']) {
      save('outside.json', { ...saved('m.json'), files: [{ ...first, name }] });
      await expect(verifyManifest(at('outside.json'))).rejects.toMatchObject({ code: 'manifest/invalid' });
    }
    await expect(verifyManifest(at('nowhere.json'))).rejects.toMatchObject({ code: 'source/not-found' });
  });

  it.skipIf(!openssl)('is checked by openssl, which makes the keys as well', async () => {
    spawnSync('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', at('own.pem')]);
    const own = await signingKeyFrom(at('own.pem'));
    const { signature, ...content } = makeManifest(
      { files: [{ ...write('x', 'x'), role: 'model' }], cardSha256: 'ab'.repeat(32) },
      own,
    );
    writeFileSync(at('content'), signedBytes(content));
    writeFileSync(at('signature'), Buffer.from(signature ?? '', 'base64'));
    // A raw Ed25519 key with the head that RFC 8410 gives it.
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), own.publicKey()]);
    writeFileSync(at('public.der'), der);
    const check = () =>
      spawnSync('openssl', [
        ...['pkeyutl', '-verify', '-pubin', '-inkey', at('public.der'), '-keyform', 'DER', '-rawin'],
        ...['-in', at('content'), '-sigfile', at('signature')],
      ]).status;
    expect(check()).toBe(0);
    writeFileSync(at('content'), signedBytes({ ...content, created: 'another time' }));
    expect(check()).not.toBe(0);
  });

  it('is not signed with a key of another kind', async () => {
    for (const text of ['nothing', pem.replace('BEGIN PRIVATE', 'BEGIN PUBLIC')]) {
      writeFileSync(at('bad.pem'), text);
      await expect(signingKeyFrom(at('bad.pem'))).rejects.toMatchObject({ code: 'usage' });
    }
  });
});

describe('canonical JSON', () => {
  it('is the same for every order of members, and says the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('is that of RFC 8785', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    expect(canonicalJson({ '€': 1, '\r': 2, '\u{1f600}': 3, '\ufb33': 4, 1: 5 })).toBe(
      '{"\\r":2,"1":5,"€":1,"\u{1f600}":3,"\ufb33":4}',
    );
    expect(() => canonicalJson({ a: NaN })).toThrow(TypeError);
  });
});
