import { createHash, createHmac } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultTemplate, mediaNames, namesBy } from '../../dicom/deidentify/output-name.ts';
import { basicChoices, Profile } from '../../dicom/deidentify/profile/profile.ts';
import { importDicom } from '../../dicom/import/import-dicom.ts';
import { readDicomFile } from '../../dicom/read/part10.ts';
import { type Edit } from '../../dicom/write/edits.ts';
import { newDicomFile } from '../../dicom/write/new-file.ts';
import { unseal } from '../../tables/age.ts';
import { openArchive } from './archive-output.ts';
import { deidentifySet, type DeidentifySet, type Withheld } from './deidentify-set.ts';
import { runMark } from './set-marks.ts';
import { FolderOutput } from './folder-output.ts';

const root = mkdtempSync(join(tmpdir(), 'semblance-deid-set-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const key = {
  mac: (purpose: string, text: string) => createHmac('sha256', 'k').update(`${purpose}\0${text}`).digest(),
};
const profile = new Profile({ ...basicChoices, options: new Set(['clean-descriptors']) });
const quiet = { signal: new AbortController().signal, report: () => undefined };

const text = (tag: number, vr: 'LO' | 'PN' | 'UI' | 'CS', value: string): Edit => ({
  kind: 'set',
  tag,
  vr,
  value,
});

function writeFile(path: string, instance: number, study: number, edits: readonly Edit[] = []): void {
  const file = newDicomFile([
    text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.4'),
    text(0x00080018, 'UI', `1.2.3.4.5.${String(instance)}`),
    text(0x00080060, 'CS', 'MR'),
    text(0x00100020, 'LO', `MRN-00${String(study)}`),
    text(0x0020000d, 'UI', `1.2.3.4.${String(study)}`),
    text(0x0020000e, 'UI', `1.2.3.4.${String(study)}.9`),
    ...edits,
  ]);
  writeFileSync(path, file.source);
}

let folders = 0;
/** Three studies of two files each. The second file of the first speaks of whom the first names. */
function sources(): string {
  const folder = join(root, `in${String(folders++)}`);
  mkdirSync(folder);
  for (let i = 0; i < 6; i++) writeFile(join(folder, `f${String(i)}.dcm`), i, Math.floor(i / 2));
  writeFile(join(folder, 'f0.dcm'), 0, 0, [text(0x00100010, 'PN', 'Contrast^Mary')]);
  writeFile(join(folder, 'f1.dcm'), 1, 0, [text(0x0008103e, 'LO', 'Chest of Contrast')]);
  return folder;
}

async function run(from: string, over: Partial<DeidentifySet>) {
  const withheld: Withheld[] = [];
  const { index } = await importDicom([from], { onQuarantined: () => undefined });
  const work = { index, profile, key, naming: namesBy(defaultTemplate), output: null, ...over };
  const context = { ...quiet, signal: over instanceof Aborting ? over.signal : quiet.signal };
  return {
    ...(await deidentifySet({ ...work, onWithheld: (file) => withheld.push(file) }, context)),
    files: withheld,
  };
}

/** Ends the run at the file of that number. */
class Aborting {
  readonly #controller = new AbortController();
  readonly signal = this.#controller.signal;
  readonly output: DeidentifySet['output'];
  readonly onFile: DeidentifySet['onFile'];

  constructor(output: DeidentifySet['output'], at: number) {
    this.output = output;
    let files = 0;
    this.onFile = async () => {
      if (++files === at) this.#controller.abort();
    };
  }
}

const folderOutput = (folder: string, overwrite = false, run = 'same') =>
  new FolderOutput(folder, { overwrite, run: runMark(key, run) });

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name));
}

interface Manifest {
  files: { name: string; bytes: number; sha256: string }[];
}
const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;

describe('a set', () => {
  it('lies in folders of its patients with a manifest of every file', async () => {
    const [from, to] = [sources(), join(root, 'tree')];
    expect(await run(from, { output: folderOutput(to) })).toMatchObject({ written: 6, withheld: 0 });
    const { files } = manifestOf(to);
    expect(files).toHaveLength(6);
    for (const { name, bytes, sha256 } of files) {
      const written = readFileSync(join(to, name));
      expect(name).toMatch(/^P\d{15}\/2\.25\.\d+\/2\.25\.\d+\/2\.25\.\d+\.dcm$/);
      expect({ bytes: written.length, sha256: createHash('sha256').update(written).digest('hex') }).toEqual({
        bytes,
        sha256,
      });
    }
    expect(filesIn(to)).toHaveLength(7);
  });

  it('has no name in the description of one file that another of its study names', async () => {
    const { summary } = await run(sources(), {});
    expect(summary.keptWords.map(({ word }) => word)).toEqual(expect.arrayContaining(['Chest', 'of']));
    expect(summary.keptWords.map(({ word }) => word)).not.toContain('Contrast');
  });

  it('counts what changes, and tells old and new of each file', async () => {
    const told: string[] = [];
    const { summary } = await run(sources(), {
      onFile: async (_, changes) => {
        for (const { path, before } of changes) if (path[0] === 0x00100020) told.push(before ?? '');
      },
    });
    expect(told).toEqual(['MRN-000', 'MRN-000', 'MRN-001', 'MRN-001', 'MRN-002', 'MRN-002']);
    expect(summary.attributes.find(({ tag }) => tag === 0x00100020)).toMatchObject({ files: 6, changed: 6 });
  });
});

describe('a run that was cut off', () => {
  it('goes on where it was, without duplicates', async () => {
    const [from, to] = [sources(), join(root, 'cut')];
    await expect(run(from, new Aborting(folderOutput(to), 4))).rejects.toThrow();
    expect(existsSync(join(to, 'manifest.json'))).toBe(false);
    // What a killed process leaves.
    writeFileSync(join(to, '.x.dcm.0123abcd.unfinished'), 'half');
    writeFileSync(join(to, '.semblance-deid.jsonl'), '{"name":"cut o', { flag: 'a' });
    expect(await run(from, { output: folderOutput(to) })).toMatchObject({ former: 4, written: 2 });
    expect(filesIn(to)).toHaveLength(7);
    expect(manifestOf(to).files).toHaveLength(6);
  });

  it('looks at all again under other settings, and takes what is the same', async () => {
    const [from, to] = [sources(), join(root, 'other')];
    await expect(run(from, new Aborting(folderOutput(to), 4))).rejects.toThrow();
    expect(await run(from, { output: folderOutput(to, false, 'other') })).toMatchObject({
      former: 0,
      same: 4,
      written: 2,
    });
  });
});

describe('a later import', () => {
  it('of the same patient joins what is there, in tree, UIDs and manifest', async () => {
    const [from, to] = [sources(), join(root, 'later')];
    await run(from, { output: folderOutput(to) });
    writeFile(join(from, 'f7.dcm'), 7, 2);
    expect(await run(from, { output: folderOutput(to) })).toMatchObject({ former: 6, written: 1 });
    const { files } = manifestOf(to);
    expect(new Set(files.map(({ name }) => name.split('/')[0])).size).toBe(3);
    expect(files).toHaveLength(7);
  });

  it('never replaces another file, unless it may', async () => {
    const [from, to] = [sources(), join(root, 'taken')];
    await run(from, { output: folderOutput(to) });
    const [first] = manifestOf(to).files;
    writeFileSync(join(to, first?.name ?? ''), 'something else');
    const again = await run(from, { output: folderOutput(to) });
    expect(again.files.map(({ error }) => error.code)).toEqual(['dicom/conflict']);
    expect(await run(from, { output: folderOutput(to, true) })).toMatchObject({
      former: 5,
      written: 1,
      withheld: 0,
    });
  });
});

describe('what is amiss', () => {
  it('with a file withholds that file', async () => {
    const from = sources();
    const { index } = await importDicom([from], { onQuarantined: () => undefined });
    writeFileSync(join(from, 'f3.dcm'), 'gone bad since');
    const withheld: Withheld[] = [];
    const done = await deidentifySet(
      { index, profile, key, naming: mediaNames, output: null, onWithheld: (file) => withheld.push(file) },
      quiet,
    );
    expect(done).toMatchObject({ written: 5, withheld: 1 });
    expect(withheld[0]).toMatchObject({
      location: { path: join(from, 'f3.dcm') },
      error: { code: 'dicom/not-dicom' },
    });
  });

  it.skipIf(process.getuid?.() === 0)('with the drive ends the run', async () => {
    const to = join(root, 'locked');
    mkdirSync(to);
    const output = folderOutput(to);
    chmodSync(to, 0o500);
    await expect(run(sources(), { output })).rejects.toMatchObject({ code: 'output/no-permission' });
    chmodSync(to, 0o700);
  });

  it('with a file in its place ends the run', async () => {
    const to = join(root, 'a-file');
    writeFileSync(to, '');
    expect(() => folderOutput(to)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^output\//) as string }),
    );
  });
});

describe('an archive', () => {
  it('holds files, directory and manifest, and opens with its passphrase alone', async () => {
    const [sealed, plain] = [join(root, 'set.zip.age'), join(root, 'set.zip')];
    const protection = { by: 'passphrase', passphrase: 'five random words' } as const;
    const output = await openArchive(sealed, { overwrite: false, protection });
    await run(sources(), { output, naming: mediaNames, dicomdir: true });
    await unseal(sealed, plain, protection, { overwrite: false });
    const members = unzipSync(readFileSync(plain));
    expect(Object.keys(members).filter((name) => name.startsWith('DICOM/'))).toHaveLength(6);
    for (const [name, bytes] of Object.entries(members)) {
      if (name !== 'manifest.json') expect(readDicomFile(bytes).meta).toBeDefined();
    }
    const { index } = await importDicom([plain], { onQuarantined: () => undefined });
    expect(index.counts).toMatchObject({ patients: 3, instances: 6 });
  });

  it('that is cut off leaves nothing', async () => {
    const folder = join(root, 'archives');
    mkdirSync(folder);
    const output = await openArchive(join(folder, 'set.zip'), { overwrite: false, protection: null });
    await expect(run(sources(), new Aborting(output, 3))).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });
});

it('reads files in zip files as those beside them', async () => {
  const from = join(root, 'zipped');
  mkdirSync(from);
  const { zipSync } = await import('fflate');
  const folder = sources();
  const members = Object.fromEntries(
    readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]),
  );
  writeFileSync(join(from, 'all.zip'), zipSync(members));
  cpSync(join(folder, 'f0.dcm'), join(from, 'f0.dcm'));
  expect(await run(from, {})).toMatchObject({ written: 6, withheld: 0 });
});
