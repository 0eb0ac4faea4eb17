import { zipSync } from 'fflate';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readDicomFile } from '../read/part10.ts';
import { type Edit } from '../write/edits.ts';
import { writeDicom } from '../write/part10.ts';
import { importDicom, type ImportOptions, type Quarantined } from './import-dicom.ts';
import { locationInWords } from './location.ts';
import { readLocation } from './read-file.ts';

const fixtures = 'test/fixtures/dicom';
const image = readFileSync(`${fixtures}/MR_small_implicit.dcm`);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-import-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const set = (tag: number, value: string): Edit => ({ kind: 'set', tag, value });
/** The image as one of another patient, study, series or instance. */
function write(name: string, edits: readonly Edit[] = []): Uint8Array {
  const bytes = writeDicom(readDicomFile(image), edits);
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), bytes);
  return bytes;
}

async function run(sources: readonly string[], options: Partial<ImportOptions> = {}) {
  const quarantined: Quarantined[] = [];
  const imported = await importDicom(sources, {
    onQuarantined: (file) => quarantined.push(file),
    ...options,
  });
  const reasons = quarantined.map(({ location, error }) => [
    locationInWords(location).slice(folder.length + 1),
    error.said?.key,
  ]);
  return { ...imported, reasons };
}

it('sorts files by patient, study and series', async () => {
  write('a.dcm', [set(0x00100020, 'A'), set(0x00080018, '1.1'), set(0x00200013, '7')]);
  write('deep/er/b.dcm', [set(0x00100020, 'A'), set(0x00080018, '1.2')]);
  write('c', [set(0x00100020, 'A'), set(0x00080018, '1.3'), set(0x0020000e, '2.1')]);
  write('d', [set(0x00100020, 'B'), set(0x00080018, '1.4'), set(0x0020000d, '3.1')]);
  const { index, counts, reasons } = await run([folder]);
  expect(index.counts).toMatchObject({ patients: 2, studies: 2, series: 3, instances: 4 });
  expect(counts.files).toBe(4);
  expect(reasons).toEqual([]);
  const [study] = index.patients.get('A\0')?.studies.values() ?? [];
  expect(study?.series.size).toBe(2);
  expect(index.find('1.1')).toMatchObject({
    number: 7,
    frames: 1,
    location: { path: join(folder, 'a.dcm') },
  });
});

it('says why a file is in no study', async () => {
  write('a.dcm');
  cpSync(join(folder, 'a.dcm'), join(folder, 'b.dcm'));
  write('c.dcm', [set(0x00081030, 'another text')]);
  writeFileSync(join(folder, 'd.dcm'), 'This is a letter that somebody has called an image.');
  writeFileSync(join(folder, 'e.dcm'), image.subarray(0, 4000));
  writeFileSync(join(folder, 'f.dcm'), image.subarray(0, 700));
  writeFileSync(join(folder, 'g'), '');
  cpSync(`${fixtures}/DICOMDIR`, join(folder, 'h'));
  const { counts, reasons } = await run([folder]);
  expect(reasons).toEqual([
    ['b.dcm', 'dicom_duplicate'],
    ['c.dcm', 'dicom_conflict'],
    ['d.dcm', 'dicom_not_dicom'],
    ['e.dcm', 'dicom_truncated_within'],
    ['f.dcm', 'dicom_truncated_within'],
    ['g', 'dicom_not_dicom'],
  ]);
  expect(counts).toEqual({
    ...{ files: 8, duplicates: 1, conflicts: 1, notDicom: 2, damaged: 2, unreadable: 0, directories: 1 },
  });
});

it('keeps apart patients without an ID, and sees studies of several patients', async () => {
  write('a', [set(0x00100020, ''), set(0x00080018, '1.1'), set(0x0020000d, '3.1')]);
  write('b', [{ kind: 'remove', tag: 0x00100020 }, set(0x00080018, '1.2'), set(0x0020000d, '3.2')]);
  write('c', [set(0x00100020, 'C'), set(0x00080018, '1.3'), set(0x0020000d, '3.3')]);
  write('d', [set(0x00100020, 'D'), set(0x00080018, '1.4'), set(0x0020000d, '3.3')]);
  const { index } = await run([folder]);
  expect(index.counts.patients).toBe(4);
  expect(index.patientsWithoutId).toBe(2);
  expect(index.studiesOfSeveralPatients).toBe(1);
});

it('follows links, and none in circles', async () => {
  write('real/a.dcm');
  mkdirSync(join(folder, 'shown'));
  symlinkSync(join(folder, 'real'), join(folder, 'shown', 'link'));
  symlinkSync(folder, join(folder, 'shown', 'up'));
  symlinkSync('self', join(folder, 'self'));
  symlinkSync('nowhere', join(folder, 'broken'));
  const { counts, reasons } = await run([join(folder, 'shown')]);
  expect(counts.files - reasons.length).toBe(1);
  expect(reasons.map(([, key]) => key).sort()).toEqual(['dicom_gone', 'dicom_link_loop']);
});

const isRoot = process.getuid?.() === 0;
if (isRoot) console.warn('SKIPPED: root reads every folder, so none can be made unreadable.');
it.skipIf(isRoot || process.platform === 'win32')(
  'goes on past folders and files it may not read',
  async () => {
    write('a.dcm');
    write('locked/b.dcm');
    write('secret.dcm', [set(0x00080018, '1.2')]);
    chmodSync(join(folder, 'locked'), 0);
    chmodSync(join(folder, 'secret.dcm'), 0);
    const { index, reasons } = await run([folder]);
    chmodSync(join(folder, 'locked'), 0o700);
    expect(index.counts.instances).toBe(1);
    expect(reasons).toEqual([
      ['locked', 'dicom_no_permission'],
      ['secret.dcm', 'dicom_no_permission'],
    ]);
  },
);

it('says so of a source that is not there', async () => {
  const { reasons } = await run([join(folder, 'gone')]);
  expect(reasons).toEqual([['gone', 'dicom_gone']]);
});

it('reads zip files, and what is in them again', async () => {
  const one = write('x', [set(0x00080018, '1.1')]);
  rmSync(join(folder, 'x'));
  const zip = zipSync({
    'in/one.dcm': one,
    'readme.txt': Buffer.from('Hello'),
    'more.zip': zipSync({ a: one }),
  });
  writeFileSync(join(folder, 'images.zip'), zip);
  const { index, reasons } = await run([folder]);
  expect(reasons).toEqual([
    ['images.zip/readme.txt', 'dicom_not_dicom'],
    ['images.zip/more.zip', 'dicom_zip_within'],
  ]);
  const location = index.find('1.1')?.location;
  expect(location).toEqual({ path: join(folder, 'images.zip'), member: 'in/one.dcm' });
  expect(location && Buffer.compare(await readLocation(location), one)).toBe(0);
});

it('reads large members of zip files by streams', async () => {
  const pixels = randomBytes(17 * 2 ** 20);
  const large = writeDicom(readDicomFile(image), [
    { kind: 'set', tag: 0x7fe00010, vr: 'OW', value: pixels },
    set(0x00080018, '1.1'),
  ]);
  writeFileSync(join(folder, 'large.zip'), zipSync({ large }, { level: 1 }));
  const { index } = await run([folder]);
  const location = index.find('1.1')?.location;
  expect(location && Buffer.compare(await readLocation(location), large)).toBe(0);
});

it('looks at the beginning of a file of two gigabytes only', async () => {
  const name = join(folder, 'large.dcm');
  const pixels = readDicomFile(image).dataSet.get(0x7fe00010);
  const size = 2 ** 31 + 2 ** 20;
  const start = pixels?.valueStart ?? 0;
  const bytes = Buffer.from(image);
  bytes.writeUInt32LE(size - start, start - 4);
  writeFileSync(name, bytes);
  truncateSync(name, size);
  const { index, reasons } = await run([folder]);
  expect(reasons).toEqual([]);
  expect(index.counts).toMatchObject({ instances: 1, bytes: size });
  truncateSync(name, size - 2);
  expect((await run([folder])).reasons).toEqual([['large.dcm', 'dicom_truncated_within']]);
});

it('refuses zip bombs and damaged zip files', async () => {
  const bomb = zipSync({ a: new Uint8Array(40_000_000) });
  writeFileSync(join(folder, 'bomb.zip'), bomb);
  writeFileSync(join(folder, 'damaged.zip'), zipSync({ a: image }).subarray(0, 3000));
  const { reasons } = await run([folder]);
  expect(reasons).toEqual([
    ['bomb.zip', 'dicom_zip_bomb'],
    ['damaged.zip', 'dicom_zip_damaged'],
  ]);
});

it('refuses a member that unpacks to more than it states', async () => {
  const zip = zipSync({ a: new Uint8Array(1_000_000) });
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const central = zip.length - 22 - (46 + 1);
  expect(view.getUint32(central, true)).toBe(0x02014b50);
  view.setUint32(central + 24, 4000, true);
  view.setUint32(22, 4000, true);
  writeFileSync(join(folder, 'lies.zip'), zip);
  const { reasons } = await run([folder]);
  expect(reasons).toEqual([['lies.zip/a', 'dicom_zip_damaged']]);
});

it('takes a DICOMDIR for the files it lists', async () => {
  cpSync(`${fixtures}/DICOMDIR`, join(folder, 'DICOMDIR'));
  write('77654033/CR1/6154');
  write('elsewhere/other', [set(0x00080018, '1.2')]);
  const { index, counts, reasons } = await run([join(folder, 'DICOMDIR')]);
  expect(index.counts.instances).toBe(1);
  expect(counts.directories).toBe(1);
  expect(reasons).toHaveLength(30);
  expect(new Set(reasons.map(([, key]) => key))).toEqual(new Set(['dicom_gone']));
});

it('goes on where it was cancelled', async () => {
  for (let i = 0; i < 60; i++) write(`${i}.dcm`, [set(0x00080018, `1.${i}`)]);
  const controller = new AbortController();
  const done = new Set<string>();
  const index = (await run([join(folder, '0.dcm')])).index;
  const first = run([folder], {
    index,
    isDone: ({ location }) => location.path.endsWith('/0.dcm'),
    signal: controller.signal,
    onInstance: (_, { location }) => {
      done.add(location.path);
      if (done.size === 20) controller.abort();
    },
  });
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  expect(done.size).toBe(20);
  const second = await run([folder], {
    index,
    isDone: ({ location }) => done.has(location.path) || location.path.endsWith('/0.dcm'),
  });
  expect(second.reasons).toEqual([]);
  expect(index.counts.instances).toBe(60);
});

it('reads no more than stands before the pixels, however long that is', async () => {
  const long = writeDicom(readDicomFile(image), [
    { kind: 'set', tag: 0x00091001, vr: 'UN', value: new Uint8Array(3_000_000) },
  ]);
  writeFileSync(join(folder, 'long.dcm'), long);
  const { index } = await run([folder]);
  expect(index.counts.instances).toBe(1);
});

it('what was read of a file stays as it was when another is read', async () => {
  const [first, second] = ['MR_small_implicit.dcm', 'rtplan.dcm'].map(
    (name) => `test/fixtures/dicom/${name}`,
  );
  const bytes = await readLocation({ path: first ?? '' });
  await readLocation({ path: second ?? '' });
  expect(Buffer.compare(bytes, readFileSync(first ?? ''))).toBe(0);
});
