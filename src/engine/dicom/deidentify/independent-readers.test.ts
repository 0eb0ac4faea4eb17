/** What others make of de-identified files: dciodvfy, DCMTK, pydicom and GDCM, as far as they are here. */
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dicomFiles } from '../../../../test/unit/dicom-files.ts';
import { AppError } from '../../../shared/errors.ts';
import { readDicomFile, type DicomFile } from '../read/part10.ts';
import { deidentifyFile } from './deidentify-file.ts';
import { type OptionName } from './profile/options.ts';
import { basicChoices, Profile } from './profile/profile.ts';
import { Pseudonyms } from './pseudonyms.ts';

const python = process.env.SEMBLANCE_PYTHON ?? 'python3';
const succeeds = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const tools = {
  dciodvfy: spawnSync('dciodvfy', []).error === undefined,
  dcmdump: succeeds('dcmdump', '--version'),
  pydicom: succeeds(python, '-c', 'import pydicom'),
  gdcm: succeeds(python, '-c', 'import gdcm'),
};
const places = {
  dciodvfy: 'it comes with dicom3tools',
  dcmdump: 'it comes with DCMTK',
  pydicom: `${python} lacks it; set SEMBLANCE_PYTHON to one that has it`,
  gdcm: `${python} lacks it; set SEMBLANCE_PYTHON to one that has python-gdcm`,
};
for (const tool of ['dciodvfy', 'dcmdump', 'pydicom', 'gdcm'] as const)
  if (!tools[tool]) console.warn(`SKIPPED: no ${tool}: ${places[tool]}.`);

const key = {
  mac: (purpose: string, text: string) =>
    createHmac('sha256', 'project').update(`${purpose}\0${text}`).digest(),
};
/** Of MIDI-B those that change data sets. */
const midiB: OptionName[] = [
  'clean-descriptors',
  'clean-structured-content',
  'retain-long-modified-dates',
  'retain-patient-characteristics',
  'retain-safe-private',
];
const profiles = new Map([
  ['the basic profile', new Profile(basicChoices)],
  ['the options of MIDI-B', new Profile({ ...basicChoices, options: new Set(midiB) })],
]);

const folder = mkdtempSync(join(tmpdir(), 'semblance-readers-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Undefined for what is refused, and for directories, which are made anew from the files. */
function readable(path: string): DicomFile | undefined {
  try {
    const file = readDicomFile(readFileSync(path));
    return file.dataSet.get(0x00041220) ? undefined : file;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

interface Case {
  readonly name: string;
  readonly source: string;
  readonly output: string;
}

const cases: readonly Case[] = dicomFiles().flatMap((source, i) => {
  const file = readable(source);
  if (!file) return [];
  return [...profiles].map(([under, profile], j) => {
    const output = join(folder, `${String(i)}-${String(j)}.dcm`);
    writeFileSync(output, deidentifyFile(file, { profile, pseudonyms: new Pseudonyms(key) }).bytes);
    return { name: `${basename(source)} under ${under}`, source, output };
  });
});

/**
 * Errors and warnings without the values they speak of: kinds of findings. Undefined where dciodvfy crashes or finds no
 * data set that it can read through.
 */
function findings(path: string): ReadonlySet<string> | undefined {
  const { status, stderr } = spawnSync('dciodvfy', ['-filename', path], {
    encoding: 'latin1',
    maxBuffer: 2 ** 28,
    timeout: 60_000,
  });
  if (status === null || status >= 128 || stderr.includes('not valid DICOM')) return undefined;
  const lines = stderr.split('\n').filter((line) => /^(?:Error|Warning)\b/.test(line));
  return new Set(lines.map(kindOf));
}

function kindOf(line: string): string {
  return line
    .replaceAll(/<[^>]*>/g, '<…>')
    .replaceAll(/"[^"]*"/g, '"…"')
    .replaceAll(/ - is .* instead/g, ' - is … instead')
    .replaceAll(/(InstanceUID) \S+/g, '$1 …')
    .replaceAll(/\b\d+\b/g, '#');
}

describe.skipIf(!tools.dciodvfy)('dciodvfy finds nothing new', () => {
  const before = new Map<string, ReadonlySet<string> | undefined>();
  it.each(cases)('in $name', ({ source, output }) => {
    if (!before.has(source)) before.set(source, findings(source));
    const old = before.get(source);
    const now = findings(output);
    // No verdict.
    if (!old || !now) return;
    expect([...now].filter((finding) => !old.has(finding))).toEqual([]);
  });
});

it.skipIf(!tools.dciodvfy)('dciodvfy has a verdict for nearly every file', () => {
  const judged = cases.filter(({ output }) => findings(output) !== undefined);
  expect(judged.length).toBeGreaterThan(0.9 * cases.length);
});

describe.skipIf(!tools.dcmdump)('dcmdump reads', () => {
  it.each(cases)('$name', ({ source, output }) => {
    const dump = (path: string) => spawnSync('dcmdump', ['-q', path], { maxBuffer: 2 ** 28 });
    // What it does not read before, it need not read afterwards.
    if (dump(source).status !== 0) return;
    const { status, stdout } = dump(output);
    expect(status).toBe(0);
    expect(stdout.toString('latin1')).toMatch(/\(0012,0062\) CS \[YES\]/);
  });
});

const heads = z.array(z.tuple([z.string(), z.string()]).nullable());

/** For each file the SOP Instance UID and (0012,0062) that a program prints, null where it cannot read the file. */
function headsBy(program: string): z.infer<typeof heads> {
  const { stdout, stderr, status } = spawnSync(python, ['-W', 'ignore', '-c', program], {
    encoding: 'utf8',
    input: JSON.stringify(cases.map(({ output }) => output)),
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return heads.parse(JSON.parse(stdout));
}

const byPydicom = `
import json, sys, pydicom
def head(path):
    ds = pydicom.dcmread(path)
    for element in ds.iterall(): element.value
    return [str(ds.get('SOPInstanceUID', '')), str(ds.PatientIdentityRemoved)]
print(json.dumps([head(path) for path in json.load(sys.stdin)]))
`;

const byGdcm = `
import json, sys, gdcm
def head(path):
    reader = gdcm.Reader()
    reader.SetFileName(path)
    if not reader.Read(): return None
    texts = gdcm.StringFilter()
    texts.SetFile(reader.GetFile())
    return [texts.ToString(gdcm.Tag(*tag)).strip(' \\0') for tag in [(0x0008, 0x0018), (0x0012, 0x0062)]]
print(json.dumps([head(path) for path in json.load(sys.stdin)]))
`;

it.skipIf(!tools.pydicom)('pydicom reads every one', { timeout: 120_000 }, () => {
  expect(headsBy(byPydicom)).toEqual(cases.map(headOf));
});

it.skipIf(!tools.gdcm)('GDCM reads every one', { timeout: 120_000 }, () => {
  expect(headsBy(byGdcm)).toEqual(cases.map(headOf));
});

function headOf({ output }: Case): [string, string] {
  const { dataSet } = readDicomFile(readFileSync(output));
  return [dataSet.text(0x00080018) ?? '', dataSet.text(0x00120062) ?? ''];
}
