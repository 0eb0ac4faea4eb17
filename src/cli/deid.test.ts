import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const program = join(import.meta.dirname, 'main.ts');
const fixtures = join(import.meta.dirname, '../../test/fixtures/dicom');
vi.setConfig({ testTimeout: 120_000 });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-cli-deid-'));
  mkdirSync(join(folder, 'in'));
  for (const file of ['MR_small_implicit.dcm', 'rtplan.dcm', 'MR_truncated.dcm', 'chrH31.dcm']) {
    cpSync(join(fixtures, file), join(folder, 'in', file));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function semblance(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

it('says what would change, attribute by attribute, and no value, and writes nothing', () => {
  const { code, out } = semblance('deid', 'in', 'dry', '--dry-run', '--key-file', 'dry.key');
  expect(code).toBe(0);
  expect(out).toContain('Would de-identify 3 files of 3 patients; nothing was written');
  expect(out).toMatch(/\(0010,0010\) +Patient's Name +pseudonym +3 +3/);
  expect(out).toMatch(/Set aside before:\n {2}in\/MR_truncated\.dcm/);
  expect(out).not.toMatch(/CompressedSamples|4MR1|Yamada/);
  expect(existsSync(join(folder, 'dry'))).toBe(false);
  expect(existsSync(join(folder, 'dry.key'))).toBe(false);
});

it('de-identifies a folder by a key, and the same again by the same key', () => {
  const first = semblance(
    'deid',
    'in',
    'a',
    '--key-file',
    'key',
    '--map',
    'map.csv',
    '--changes',
    'changes.csv',
  );
  expect(first.code).toBe(0);
  expect(first.out).toContain('De-identified 3 files of 3 patients');
  expect(first.out).toContain('the key just made in key');
  expect(semblance('deid', 'in', 'b', '--key-file', 'key').code).toBe(0);
  const names = (text: string) => [...text.matchAll(/"sha256":"(\w+)"/g)].map(([, hash]) => hash);
  expect(names(read('a/manifest.json'))).toEqual(names(read('b/manifest.json')));
  expect(read('map.patients.csv')).toMatch(/^id_old,id_new\r\n(.+,P\d{15}\r\n){3}$/);
  expect(read('map.uids.csv')).toMatch(/\r\n1\.[\d.]+,2\.25\.\d+\r\n/);
  expect(read('changes.csv')).toContain('"(0010,0010)",Patient\'s Name,pseudonym,CompressedSamples^MR1,P');
  for (const secret of ['key', 'map.patients.csv', 'map.uids.csv', 'changes.csv']) {
    expect(statSync(join(folder, secret)).mode & 0o077).toBe(0);
  }
  expect(semblance('dicom', 'verify', 'a').code).toBe(0);
});

it('encrypts archive and map for who may have them', () => {
  mkdirSync(join(folder, 'sealed'), { recursive: true });
  const passphrase = ['--encrypt-passphrase-file', join(fixtures, 'README.md')];
  const { code } = semblance(
    'deid',
    'in',
    'sealed/set.zip.age',
    '--map',
    'sealed/map',
    '--key-file',
    'key',
    ...passphrase,
  );
  expect(code).toBe(0);
  for (const name of ['set.zip.age', 'map.patients.csv.age', 'map.uids.csv.age']) {
    expect(read(`sealed/${name}`)).toMatch(/^age-encryption\.org\/v1\n/);
  }
});

it('takes a profile of one’s own, written by “dicom profile” and edited', () => {
  const { code, out } = semblance('dicom', 'profile', '--option', 'clean-descriptors', '--out', 'ours.yaml');
  expect(code).toBe(0);
  expect(out).toContain('Nothing is done otherwise than the standard says.');
  expect(read('ours.yaml')).toContain('- clean-descriptors');
  const { out: json } = semblance('deid', 'in', 'p', '--dry-run', '--profile', 'ours.yaml', '--json');
  expect(JSON.parse(json)).toMatchObject({
    ok: true,
    dryRun: true,
    profile: { options: ['clean-descriptors'] },
  });
});

it.each([
  [['in', 'in/out'], 'lies within what is read'],
  [['in', 'in'], 'is read and cannot be written'],
  [['in', 'c', '--option', 'clean-all'], 'There is no option “clean-all”'],
  [['in', 'c', '--template', '{patient}.dcm'], 'gives several files one name'],
  [['in', 'c', '--encrypt-passphrase-file', join(fixtures, 'README.md')], 'name it OUT.zip.age'],
  [['in', 'c.zip.age'], 'say for whom with --encrypt-to'],
  [['in', 'in/MR_small_implicit.dcm', '--force'], 'lies within what is read'],
  [['in', 'c', '--map', 'in/map'], 'lies within what is read'],
])('refuses %j before anything is written', (args, words) => {
  const { code, err } = semblance('deid', ...args);
  expect(code).toBe(2);
  expect(err).toContain(words);
  expect(existsSync(join(folder, 'c'))).toBe(false);
});

it('ends with 3 where there is no DICOM file', () => {
  mkdirSync(join(folder, 'empty'));
  expect(semblance('deid', 'empty', 'c')).toMatchObject({ code: 3 });
});

it('shows text in pictures before it is made black, and goes by what was changed', () => {
  const args = [
    'deid',
    'in',
    'px',
    '--option',
    'clean-pixel-data',
    '--key-file',
    'key',
    '--review-dir',
    'review',
  ];
  const first = semblance(...args);
  expect(first.code).toBe(7);
  expect(first.out).toContain('nothing was written yet');
  expect(existsSync(join(folder, 'px'))).toBe(false);
  expect(read('review/regions.json')).toContain('"semblanceTextRegions": 1');
  const second = semblance(...args);
  expect(second.code).toBe(0);
  expect(second.out).toContain('De-identified 3 files');
  expect(second.out).not.toContain('may show text');
  writeFileSync(join(folder, 'review/regions.json'), '{}');
  expect(semblance(...args)).toMatchObject({ code: 3 });
  expect(semblance('deid', 'in', 'px2', '--review-dir', 'review')).toMatchObject({ code: 2 });
});
