/** Many DICOM files to measure with: copies of real ones, each of another patient, study, series and instance. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDicomFile, type DicomFile } from '../src/engine/dicom/read/part10.ts';
import { type Edit } from '../src/engine/dicom/write/edits.ts';
import { writeDicom } from '../src/engine/dicom/write/part10.ts';

const fixture = join(import.meta.dirname, '../test/fixtures/dicom/MR_small_implicit.dcm');
/** As many as there are radiographs to measure with. */
const fewest = 700;
const identifiers = { patient: 0x00100020, study: 0x0020000d, series: 0x0020000e, instance: 0x00080018 };

/**
 * @param from A folder of DICOM files; a fixture stands for 700 of them when absent.
 * @param copies Of each file: the first is the file as it is.
 * @returns How many files there are below `to`, which is made.
 */
export function writeCopies(from: string | undefined, to: string, copies: number): number {
  const sources = from === undefined ? [fixture] : filesBelow(from);
  const times = from === undefined ? copies * fewest : copies;
  let files = 0;
  for (let copy = 0; copy < times; copy++) {
    const folder = join(to, String(copy));
    mkdirSync(folder, { recursive: true });
    for (const source of sources) {
      const bytes = readFileSync(source);
      writeFileSync(join(folder, `${files++}.dcm`), copy === 0 ? bytes : copied(readDicomFile(bytes), copy));
    }
  }
  return files;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function copied(file: DicomFile, copy: number): Uint8Array {
  const changed = Object.values(identifiers).map((tag): Edit => {
    const value = file.dataSet.text(tag) ?? '';
    return { kind: 'set', tag, value: tag === identifiers.patient ? `${value}-${copy}` : uidOf(value, copy) };
  });
  return writeDicom(file, changed);
}

/** No longer than a UID may be, however long it was. */
function uidOf(former: string, copy: number): string {
  const hash = createHash('sha256').update(`${former} ${copy}`).digest('hex').slice(0, 31);
  return `2.25.${BigInt(`0x1${hash}`)}`;
}
