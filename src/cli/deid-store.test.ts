/** `semblance deid --store`: by the secret of a project, as the window goes by it. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { DicomDesk } from '../engine/dicom-desk.ts';
import { seriesRef } from '../engine/dicom-view.ts';
import { Vault } from '../engine/store/vault.ts';

const program = join(import.meta.dirname, 'main.ts');
const fixtures = join(import.meta.dirname, '../../test/fixtures/dicom');
vi.setConfig({ testTimeout: 120_000 });

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
const passphrase = 'correct horse battery';
const store = ['--store', 'kept', '--passphrase-file', 'pass.txt'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-cli-deid-store-'));
  mkdirSync(at('in'));
  for (const file of ['MR_small_implicit.dcm', 'rtplan.dcm']) cpSync(join(fixtures, file), at('in', file));
  writeFileSync(at('pass.txt'), `${passphrase}\n`);
  expect(semblance('store', 'create', ...store, '--recovery-key-out', 'recovery.txt').code).toBe(0);
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

const answer = z.object({
  key: z.string(),
  project: z.object({ id: z.string(), name: z.string() }),
  counts: z.object({ written: z.number(), former: z.number() }),
});
const manifest = z.object({ files: z.array(z.object({ name: z.string(), sha256: z.string() })) });
const filesOf = (out: string) =>
  manifest.parse(JSON.parse(readFileSync(at(out, 'manifest.json'), 'utf8'))).files;

/** What the window's preview says that the Patient IDs of a project become. */
async function patientsInWindow(projectId: string): Promise<string[]> {
  const vault = new Vault({ folder: at('kept') });
  try {
    await vault.unlock(passphrase);
    if (!vault.store) throw new Error('the store is not open');
    const desk = new DicomDesk({ store: vault.store, resources: 'resources' });
    const made: string[] = [];
    for (const patient of desk.found(projectId).index.patients.values()) {
      for (const study of patient.studies.values()) {
        for (const series of study.series.values()) {
          const ref = seriesRef(patient, study, series);
          const { changes } = await desk.changes({ projectId, series: ref, index: 0 });
          made.push(changes.find(({ path }) => path.at(-1) === '(0010,0020)')?.after ?? '');
        }
      }
    }
    return made;
  } finally {
    vault.close();
  }
}

it('makes a project of its sources, whose secret the window and later runs go by', async () => {
  const first = semblance('deid', 'in', 'a', ...store, '--json');
  expect(first.code).toBe(0);
  const { project, key, counts } = answer.parse(JSON.parse(first.out));
  expect([project.name, key, counts]).toEqual(['in', 'store', { written: 2, former: 0 }]);
  const again = semblance('deid', 'in', 'a', ...store, '--json');
  expect(answer.parse(JSON.parse(again.out))).toMatchObject({ project, counts: { written: 0, former: 2 } });
  const named = semblance('deid', 'in/rtplan.dcm', 'b', ...store, '--project', 'in');
  expect(named.code).toBe(0);
  expect(named.out).toContain('Project  in in the store');
  expect(named.out.replaceAll(/\s+/g, ' ')).toContain('the window gives the same ones');
  expect(filesOf('a')).toEqual(expect.arrayContaining(filesOf('b')) as unknown);

  const folders = new Set(filesOf('a').map(({ name }) => name.split('/')[0]));
  const inWindow = await patientsInWindow(project.id);
  expect(inWindow.every((patient) => /^P\d{15}$/.test(patient))).toBe(true);
  expect(new Set(inWindow)).toEqual(folders);

  const other = semblance('deid', 'in', 'c', '--key-file', 'own.key');
  expect(other.code).toBe(0);
  expect(filesOf('c').map(({ sha256 }) => sha256)).not.toEqual(filesOf('a').map(({ sha256 }) => sha256));
});

it('leaves nothing in the store of a dry run', () => {
  const before = semblance('store', 'list', ...store, '--json').out;
  expect(semblance('deid', 'in/rtplan.dcm', 'dry', ...store, '--dry-run').code).toBe(0);
  expect(semblance('store', 'list', ...store, '--json').out).toBe(before);
});

it.each([
  [['--key-file', 'k', ...store], 2, 'leave out one of the two'],
  [['--project', 'in'], 2, 'name it with --store'],
  [[...store, '--project', 'nothing'], 6, 'no project of DICOM files “nothing”'],
  [['--store', 'elsewhere', '--passphrase-file', 'pass.txt', '--project', 'in'], 6, 'There is no store'],
  [['--store', 'kept', '--passphrase-file', 'wrong.txt'], 6, 'passphrase'],
])('refuses %j before anything is written', (args, code, words) => {
  writeFileSync(at('wrong.txt'), 'wrong horse battery\n');
  const { code: ended, err } = semblance('deid', 'in', 'never', ...args);
  expect([ended, err]).toEqual([code, expect.stringContaining(words)]);
  expect(existsSync(at('never'))).toBe(false);
});
