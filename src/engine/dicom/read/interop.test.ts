/** What files say, compared with what pydicom reads in them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dicomFiles } from '../../../../test/unit/dicom-files.ts';
import { AppError } from '../../../shared/errors.ts';
import { formatTag } from '../tag.ts';
import { isText } from '../vr.ts';
import { type Edit } from '../write/edits.ts';
import { writeDicom } from '../write/part10.ts';
import { type DataSet } from './data-set.ts';
import { readDicomFile } from './part10.ts';

const python = process.env.SEMBLANCE_PYTHON ?? 'python3';
const hasPydicom = spawnSync(python, ['-c', 'import pydicom']).status === 0;
if (!hasPydicom) console.warn(`SKIPPED: ${python} has no pydicom; set SEMBLANCE_PYTHON to one that has.`);
const files = dicomFiles();

/** Prints, a line for each file, the values of text and numbers by the path of their element; null for no DICOM file. */
const program = `
import json, sys, warnings
import pydicom
from pydicom.multival import MultiValue
warnings.simplefilter('ignore')
TEXT = {'AE','AS','CS','DA','DT','LO','LT','PN','SH','ST','TM','UC','UI','UR','UT'}
NUMBERS = {'DS','IS','FL','FD','SS','US','SL','UL','SV','UV'}
def plain(value, vr):
    values = list(value) if isinstance(value, (MultiValue, list, tuple)) else ([] if value is None else [value])
    if vr in NUMBERS:
        return [None if v == '' or v is None else float(v) for v in values]
    return [str(v).rstrip(' \\0') for v in values]
def walk(ds, path, out):
    for tag in ds.keys():
        try:
            element = ds[tag]
            key = path + '(%04X,%04X)' % (tag.group, tag.element)
            if element.VR == 'SQ':
                for i, item in enumerate(element.value):
                    walk(item, key + '[%d]' % i, out)
            elif element.VR in TEXT or element.VR in NUMBERS:
                out[key] = plain(element.value, element.VR)
        except Exception as error:
            pass
for path in json.load(sys.stdin):
    try:
        ds = pydicom.dcmread(path, stop_before_pixels=False)
    except Exception:
        try:
            ds = pydicom.dcmread(path, force=True)
            if len(ds) == 0: ds = None
        except Exception:
            ds = None
    out = None
    if ds is not None:
        out = {}
        try: walk(ds, '', out)
        except Exception: out = None
    print(json.dumps(out))
`;

const answers = z.record(z.string(), z.array(z.union([z.string(), z.number(), z.null()])));

function asPydicom(paths: readonly string[]): unknown[] {
  const { stdout, stderr, status } = spawnSync(python, ['-c', program], {
    encoding: 'utf8',
    input: JSON.stringify(paths),
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line.replaceAll('NaN', 'null')));
}

/** Values by the path of their element, as pydicom writes them. */
function valuesOf(dataSet: DataSet, path: string, out: Map<string, readonly (string | number)[]>): void {
  for (const element of dataSet.elements) {
    const key = path + formatTag(element.tag);
    for (const [i, item] of (element.items ?? []).entries()) valuesOf(item.dataSet, `${key}[${i}]`, out);
    const vr = dataSet.vr(element);
    // pydicom knows some private attributes, whose creators have told what they are.
    if (vr === 'UN') continue;
    const isNumber = vr === 'DS' || vr === 'IS' || !isText(vr);
    out.set(key, isNumber ? dataSet.numbersOf(element) : dataSet.stringsOf(element));
  }
}

/** Values as they are compared: pydicom drops empty ends of names, and leading blanks here and there. */
function comparable(values: readonly (string | number | null)[]): unknown[] {
  const plain = values.map((value) => {
    if (typeof value === 'string') return value.trim().replace(/=+$/, '').replaceAll('\r\n', '\n');
    return value === null || Number.isNaN(value) ? null : Math.fround(value);
  });
  return plain.every((value) => value === '' || value === null) ? [] : plain;
}

/** What pydicom has to say of a file, as we read it; nothing where we refuse it. */
function compare(bytes: Uint8Array, theirs: unknown): void {
  let dataSet: DataSet;
  try {
    ({ dataSet } = readDicomFile(bytes));
  } catch (error) {
    if (error instanceof AppError) return expect(error.code).toMatch(/^dicom\//);
    throw error;
  }
  const ours = new Map<string, readonly (string | number)[]>();
  valuesOf(dataSet, '', ours);
  const unknown = (path: string) => !ours.has(path) && /\([0-9A-F]{3}[13579BDF],[0-9A-F]{4}\)$/.test(path);
  const expected = Object.entries(answers.parse(theirs)).filter(([path]) => !unknown(path));
  expect(expected.map(([path]) => [path, comparable(ours.get(path) ?? [])])).toEqual(
    expected.map(([path, values]) => [path, comparable(values)]),
  );
}

describe.skipIf(!hasPydicom)('pydicom reads the same', () => {
  const theirs = hasPydicom ? asPydicom(files) : [];
  it.each(files.map((file, i) => [file, i] as const))('%s', (file, i) => {
    compare(readFileSync(file), theirs[i]);
  });
});

it.skipIf(!hasPydicom)('pydicom reads what is written', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-dicom-interop-'));
  try {
    const written = files.flatMap((path, i) => {
      const bytes = edited(readFileSync(path));
      if (!bytes) return [];
      const file = join(folder, `${i}.dcm`);
      writeFileSync(file, bytes);
      return [{ file, bytes }];
    });
    const theirs = asPydicom(written.map(({ file }) => file));
    for (const [i, { bytes }] of written.entries()) {
      expect(theirs[i]).toMatchObject({
        '(0010,0010)': ['Doe^Jane'],
        '(0012,0064)[0](0008,0100)': ['113100'],
        '(0028,0010)': [4095],
      });
      compare(bytes, theirs[i]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A file with new values, a new sequence and one element less; undefined where it is refused. */
function edited(bytes: Uint8Array): Uint8Array | undefined {
  try {
    const edits: Edit[] = [
      { kind: 'set', tag: 0x00100010, vr: 'PN', value: 'Doe^Jane' },
      { kind: 'set', tag: 0x00280010, vr: 'US', value: [4095] },
      { kind: 'setItems', tag: 0x00120064, items: [[{ kind: 'set', tag: 0x00080100, value: '113100' }]] },
      { kind: 'remove', tag: 0x00100020 },
    ];
    return writeDicom(readDicomFile(bytes), edits, { meta: 'fresh', preamble: 'fresh' });
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
