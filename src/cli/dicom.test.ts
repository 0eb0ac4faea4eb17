import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const program = join(import.meta.dirname, 'main.ts');
const fixtures = join(import.meta.dirname, '../../test/fixtures/dicom');
vi.setConfig({ testTimeout: 120_000 });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-cli-dicom-'));
  mkdirSync(join(folder, 'in'));
  for (const file of ['MR_small_implicit.dcm', 'rtplan.dcm', 'MR_truncated.dcm', 'chrH31.dcm']) {
    cpSync(join(fixtures, file), join(folder, 'in', file));
  }
  writeFileSync(join(folder, 'in', 'letter.txt'), 'Dear Sir or Madam, this is no image of anybody.');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function semblance(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'dicom', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

it('tells what is in a folder, and of patients only when asked to', () => {
  const { code, out } = semblance('index', 'in');
  expect(code).toBe(0);
  expect(out).toContain('3 patients, 3 studies, 3 series: 3 files');
  expect(out).toContain('Besides 1 no DICOM, 1 damaged');
  expect(out).toMatch(/MR_truncated\.dcm\n\s+The file ends too early, within \(7FE0,0010\)\./);
  expect(out).not.toContain('4MR1');
  expect(semblance('index', 'in', '--studies').out).toContain('4MR1');
});

it('tells the same to machines', () => {
  const answer: unknown = JSON.parse(semblance('index', 'in', '--json').out);
  expect(answer).toMatchObject({
    ok: true,
    counts: { files: 5, patients: 3, instances: 3, notDicom: 1, damaged: 1 },
    quarantine: [{ path: 'in/MR_truncated.dcm', code: 'dicom/truncated' }, { path: 'in/letter.txt' }],
  });
});

it('shows the elements of a file, and those looked for', () => {
  const { code, out } = semblance('show', 'in/chrH31.dcm');
  expect(code).toBe(0);
  expect(out).toMatch(/\(0010,0010\) PN Patient's Name +Yamada\^Tarou=山田\^太郎/);
  const { out: beams } = semblance('show', 'in/rtplan.dcm', '--tag', 'beam name');
  expect(beams.trim().split('\n')).toHaveLength(3);
  expect(beams).toContain('(300A,00C2) LO Beam Name');
});

it('verifies files, and ends with 7 when one is not sound', () => {
  expect(semblance('verify', 'in/MR_small_implicit.dcm', 'in/chrH31.dcm')).toMatchObject({ code: 0 });
  const { code, out } = semblance('verify', 'in');
  expect(code).toBe(7);
  expect(out).toContain('ends too early');
});

it('refuses what it does not understand', () => {
  expect(semblance('frobnicate', 'in')).toMatchObject({ code: 2 });
  expect(semblance('show')).toMatchObject({ code: 2 });
  expect(semblance('show', 'in/letter.txt')).toMatchObject({ code: 3 });
});

it('holds what was de-identified to its manifest', () => {
  const deid = spawnSync(
    process.execPath,
    [program, 'deid', 'in/MR_small_implicit.dcm', 'in/chrH31.dcm', 'clean', '--key-file', 'study.key'],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(deid.status).toBe(0);
  const { code, out } = semblance('verify', 'clean');
  expect(out).toContain('and as their manifest says');
  expect(code).toBe(0);
  const { files } = JSON.parse(readFileSync(join(folder, 'clean', 'manifest.json'), 'utf8')) as {
    files: { name: string }[];
  };
  const [first = '', second = ''] = files.map(({ name }) => join(folder, 'clean', name));
  // A byte of the pixels, which the file itself does not miss.
  const bytes = readFileSync(first);
  bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1;
  writeFileSync(first, bytes);
  cpSync(second, join(folder, 'clean', 'later.dcm'));
  rmSync(second);
  writeFileSync(
    join(folder, 'clean', 'letter.txt'),
    'This is of no concern to anybody here, being a letter.',
  );
  const spoilt = semblance('verify', 'clean', '--json');
  expect(spoilt.code).toBe(7);
  const { amiss } = JSON.parse(spoilt.out) as { amiss: { path: string; manifest?: string }[] };
  expect(Object.fromEntries(amiss.map(({ path, manifest }) => [resolve(folder, path), manifest]))).toEqual({
    [first]: 'changed',
    [join(folder, 'clean', 'later.dcm')]: 'unlisted',
    [second]: 'missing',
  });
  expect(semblance('verify', 'clean').out).toContain('it was changed after it was written');
});

it('says so when a manifest cannot be read, or lists files elsewhere', () => {
  const spoil = (text: string) => {
    mkdirSync(join(folder, 'spoilt'), { recursive: true });
    writeFileSync(join(folder, 'spoilt', 'manifest.json'), text);
    cpSync(join(fixtures, 'MR_small_implicit.dcm'), join(folder, 'spoilt', 'a.dcm'));
    return semblance('verify', 'spoilt');
  };
  expect(spoil('{"semblanceDicomSet":').err).toContain('cannot be read');
  expect(spoil('{"semblanceDicomSet":1,"files":[{"name":"../x","sha256":"0"}]}').err).toContain(
    'cannot be read',
  );
  // Of another program.
  expect(spoil('{"name":"an app"}')).toMatchObject({ code: 0 });
});
