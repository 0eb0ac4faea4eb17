/** Sets of files with whatever may be wrong with them: the rest is de-identified, and of these it is said why not. */
import { createHmac } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { defaultTemplate, namesBy } from '../../dicom/deidentify/output-name.ts';
import { basicChoices, Profile } from '../../dicom/deidentify/profile/profile.ts';
import { importDicom } from '../../dicom/import/import-dicom.ts';
import { requireMemory } from '../../dicom/import/read-file.ts';
import { readDicomFile } from '../../dicom/read/part10.ts';
import { PATIENT_ID, SOP_INSTANCE_UID, STUDY_INSTANCE_UID } from '../../dicom/tag.ts';
import { type Edit } from '../../dicom/write/edits.ts';
import { newDicomFile } from '../../dicom/write/new-file.ts';
import { deidentifySet } from './deidentify-set.ts';
import type { AppError } from '../../../shared/errors.ts';
import { FolderOutput } from './folder-output.ts';
import { runMark } from './set-marks.ts';

const drive = vi.hoisted(() => ({ left: Infinity }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    writeSync: (file: number, content: Uint8Array | string, ...rest: unknown[]): number => {
      drive.left -= content.length;
      if (drive.left < 0) {
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' });
      }
      return Number(Reflect.apply(fs.writeSync, fs, [file, content, ...rest]));
    },
  };
});

const root = mkdtempSync(join(tmpdir(), 'semblance-bad-dicom-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});
afterEach(() => {
  drive.left = Infinity;
});

const PATIENT_NAME = 0x00100010;
const fixtures = join(import.meta.dirname, '../../../../test/fixtures/dicom');
const fixture = (name: string): Buffer => readFileSync(join(fixtures, name));

const key = {
  mac: (purpose: string, text: string) => createHmac('sha256', 'k').update(`${purpose}\0${text}`).digest(),
};
const profile = new Profile(basicChoices);

let folders = 0;
/** A new folder with these files. */
function folderOf(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

/** De-identifies a folder, and tells what became of its files. */
async function deidentified(from: string, to: string | null = join(root, `out${String(folders++)}`)) {
  const reasons: Record<string, string> = {};
  const note = ({ location, error }: { location: { path: string }; error: AppError }) => {
    reasons[location.path.slice(from.length + 1)] = error.said?.key ?? '';
  };
  const { index } = await importDicom([from], { onQuarantined: note });
  const pairs: [string, string][] = [];
  const done = await deidentifySet(
    {
      ...{ index, profile, key, naming: namesBy(defaultTemplate), onWithheld: note },
      output: to === null ? null : new FolderOutput(to, { overwrite: false, run: runMark(key, 'same') }),
      onPair: (kind, old, made) => {
        if (kind === 'patient') pairs.push([old, made]);
      },
    },
    { signal: new AbortController().signal, report: () => undefined },
  );
  const written = to === null ? [] : dicomIn(to);
  return { ...done, index, reasons, pairs: new Map(pairs), files: written };
}

function dicomIn(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.dcm'))
    .map(({ name, parentPath }) => readFileSync(join(parentPath, name)));
}

const text = (tag: number, vr: 'LO' | 'PN' | 'UI' | 'CS', value: string): Edit => ({
  kind: 'set',
  ...{ tag, vr, value },
});

interface Instance {
  instance: string;
  study?: string;
  patient?: string | undefined;
  more?: readonly Edit[];
}

function image({ instance, study = '1.2.3', patient = 'MRN-0042', more = [] }: Instance): Uint8Array {
  const { source } = newDicomFile([
    text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.4'),
    text(0x00080018, 'UI', instance),
    text(0x00080060, 'CS', 'MR'),
    text(0x00100010, 'PN', 'Wolkenstein^Oswald'),
    ...(patient === '' ? [] : [text(0x00100020, 'LO', patient)]),
    text(0x0020000d, 'UI', study),
    text(0x0020000e, 'UI', `${study}.9`),
    ...more,
  ]);
  return source;
}

const valueOf = (bytes: Uint8Array, tag: number): string => readDicomFile(bytes).dataSet.text(tag) ?? '';

describe('files cut off at every 97th byte', () => {
  it.each(['rtplan.dcm', 'MR_small_implicit.dcm', 'reportsi.dcm', 'image_dfl.dcm', 'MR_small_bigendian.dcm'])(
    '%s is withheld, or comes out without a name',
    async (name) => {
      const whole = fixture(name);
      const files: Record<string, Uint8Array> = {};
      for (let end = 0; end < whole.length; end += 97) files[`${String(end)}.dcm`] = whole.subarray(0, end);
      const { written, withheld, reasons, files: made } = await deidentified(folderOf(files));
      expect(written + Object.keys(reasons).length).toBe(Object.keys(files).length);
      expect(withheld).toBeLessThanOrEqual(Object.keys(reasons).length);
      expect(Object.values(reasons).every((reason) => reason !== '')).toBe(true);
      const [family = ''] = valueOf(whole, PATIENT_NAME).split('^');
      if (family.length >= 4) for (const bytes of made) expect(bytes.includes(family)).toBe(false);
    },
    60_000,
  );
});

it('withholds what is malformed, and writes the rest', async () => {
  const good = image({ instance: '1.2.3.1' });
  const beginning = Buffer.from(image({ instance: '1.2.3.2' }));
  const sequence = Buffer.from([8, 0, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  const item = Buffer.from([0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff]);
  const longest = Buffer.from([0x10, 0, 0x10, 0x40, 0x55, 0x54, 0, 0, 0xfe, 0xff, 0xff, 0xff]);
  const nested = Array.from({ length: 10_000 }, () => Buffer.concat([sequence, item]));
  const from = folderOf({
    'good.dcm': good,
    'letter.dcm': Buffer.from('Dear Sir or Madam, this is no image of anybody, whatever its name says.'),
    'empty.dcm': new Uint8Array(),
    'four-gigabytes.dcm': Buffer.concat([beginning, longest]),
    'deep.dcm': Buffer.concat([beginning, ...nested]),
    'bomb.zip': zipSync({ a: new Uint8Array(40_000_000) }),
    'badVR.dcm': fixture('badVR.dcm'),
  });
  symlinkSync(from, join(from, 'circle'));
  symlinkSync(join(from, 'there'), join(from, 'here'));
  symlinkSync(join(from, 'here'), join(from, 'there'));
  const { written, reasons } = await deidentified(from);
  expect(written).toBe(2);
  expect(reasons).toMatchObject({
    'letter.dcm': 'dicom_not_dicom',
    'empty.dcm': 'dicom_not_dicom',
    'bomb.zip': 'dicom_zip_bomb',
    here: 'dicom_link_loop',
    there: 'dicom_link_loop',
  });
  expect(Object.keys(reasons).sort()).toEqual(
    expect.arrayContaining(['deep.dcm', 'four-gigabytes.dcm']) as string[],
  );
});

it('gives each of two patients in one study a pseudonym, and the study one UID', async () => {
  const from = folderOf({
    'a.dcm': image({ instance: '1.2.3.1', patient: 'MRN-0042' }),
    'b.dcm': image({ instance: '1.2.3.2', patient: 'MRN-0043' }),
  });
  const { files, pairs, index } = await deidentified(from);
  expect(new Set(files.map((bytes) => valueOf(bytes, PATIENT_ID)))).toEqual(
    new Set([pairs.get('MRN-0042'), pairs.get('MRN-0043')]),
  );
  expect(pairs.size).toBe(2);
  expect(new Set(files.map((bytes) => valueOf(bytes, STUDY_INSTANCE_UID))).size).toBe(1);
  expect(index.counts.patients).toBe(2);
});

it('writes one of two files that claim the same instance, and names the other', async () => {
  const from = folderOf({
    'a.dcm': image({ instance: '1.2.3.1' }),
    'b.dcm': image({ instance: '1.2.3.1', more: [text(0x0008103e, 'LO', 'another')] }),
  });
  const { files, reasons } = await deidentified(from);
  expect(files).toHaveLength(1);
  expect(reasons).toEqual({ 'b.dcm': 'dicom_conflict' });
});

it('tells patients without an ID apart by their studies, and by the same again', async () => {
  const from = folderOf({
    'a.dcm': image({ instance: '1.2.3.1', study: '1.2.3', patient: '' }),
    'b.dcm': image({ instance: '1.2.4.1', study: '1.2.4', patient: '' }),
  });
  const names = async () => {
    const { files } = await deidentified(from);
    return files.map((bytes) => [valueOf(bytes, SOP_INSTANCE_UID), valueOf(bytes, PATIENT_ID)]).sort();
  };
  const first = await names();
  expect(first).toHaveLength(2);
  expect(await names()).toEqual(first);
});

it.each([
  'chrH31.dcm',
  'chrX1.dcm',
  'chrX2.dcm',
  'chrRuss.dcm',
  'chrJapMulti.dcm',
  'chrKoreanMulti.dcm',
  'chrFrenMulti.dcm',
])('takes the name out of %s, in whatever character sets it is', async (name) => {
  const bytes = fixture(name);
  const { dataSet: source } = readDicomFile(bytes);
  const { valueStart = 0, length = 0 } = source.get(PATIENT_NAME) ?? {};
  const raw = bytes.subarray(valueStart, valueStart + length);
  expect(raw.length).toBeGreaterThan(4);
  const { files } = await deidentified(folderOf({ [name]: bytes }));
  expect(files).toHaveLength(1);
  const [made = Buffer.alloc(0)] = files;
  // In its own bytes, and as the text that it is.
  expect(made.includes(raw)).toBe(false);
  for (const part of (source.text(PATIENT_NAME) ?? '').split(/[\^=]/)) {
    if (part.length >= 2) expect(made.includes(part)).toBe(false);
  }
});

it.skipIf(process.getuid?.() === 0)('names a folder that may not be read, and goes on', async () => {
  const from = folderOf({ 'a.dcm': image({ instance: '1.2.3.1' }) });
  mkdirSync(join(from, 'locked'));
  chmodSync(join(from, 'locked'), 0);
  const { written, reasons } = await deidentified(from);
  chmodSync(join(from, 'locked'), 0o700);
  expect(written).toBe(1);
  expect(reasons).toEqual({ locked: 'dicom_no_permission' });
});

it('ends when the drive is full, leaves nothing half-written, and goes on when there is room', async () => {
  const instances = Array.from({ length: 12 }, (_, i) => `1.2.3.${String(i + 1)}`);
  const from = folderOf(
    Object.fromEntries(instances.map((instance) => [`${instance}.dcm`, image({ instance })])),
  );
  const to = join(root, 'full');
  drive.left = 4_000;
  await expect(deidentified(from, to)).rejects.toMatchObject({ code: 'output/disk-full' });
  drive.left = Infinity;
  expect(existsSync(join(to, 'manifest.json'))).toBe(false);
  const before = dicomIn(to);
  expect(before.length).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(12);
  for (const bytes of before) expect(valueOf(bytes, SOP_INSTANCE_UID)).toMatch(/^2\.25\./);
  const { written, former, same, files } = await deidentified(from, to);
  expect(written).toBe(12 - before.length);
  expect(former + same).toBe(before.length);
  expect(new Set(files.map((bytes) => valueOf(bytes, SOP_INSTANCE_UID))).size).toBe(12);
});

describe('a file of many frames and two gigabytes', () => {
  const size = 2 ** 31 + 2 ** 20;

  it('comes out where there is memory for it, and is named where there is not', async () => {
    const bytes = Buffer.from(fixture('MR_small_implicit.dcm'));
    const start = readDicomFile(bytes).dataSet.get(0x7fe00010)?.valueStart ?? 0;
    bytes.writeUInt32LE(size - start, start - 4);
    const from = folderOf({ 'large.dcm': bytes, 'small.dcm': image({ instance: '1.2.3.1' }) });
    // Nothing is on the drive of what is not written.
    truncateSync(join(from, 'large.dcm'), size);
    const done = await deidentified(from, null);
    if (process.availableMemory() > 8e9) {
      expect(done).toMatchObject({ written: 2, reasons: {} });
      expect(done.bytes).toBeGreaterThan(size);
    } else {
      expect(done.written).toBeGreaterThanOrEqual(1);
    }
  }, 300_000);

  it('says how much memory it takes', () => {
    expect(() => {
      requireMemory(size, () => 8e9);
    }).not.toThrow();
    expect(() => {
      requireMemory(size, () => 4e9);
    }).toThrow(/4\.4 GB of memory/);
  });
});

it('copies no source, whatever is wrong with it', async () => {
  const from = folderOf({ 'a.dcm': image({ instance: '1.2.3.1' }), 'b.dcm': fixture('MR_truncated.dcm') });
  const copy = join(root, 'copy');
  cpSync(from, copy, { recursive: true, preserveTimestamps: true });
  await deidentified(from);
  for (const name of readdirSync(from)) {
    expect(Buffer.compare(readFileSync(join(from, name)), readFileSync(join(copy, name)))).toBe(0);
  }
});
