/** The files that a DICOMDIR lists (PS3.3 annex F). */
import { dirname, join } from 'node:path';
import { readDicomFile } from '../read/part10.ts';

const DIRECTORY_RECORD_SEQUENCE = 0x00041220;
const REFERENCED_FILE_ID = 0x00041500;

/**
 * Paths of the files a DICOMDIR refers to, beside it or below. What would lie elsewhere is left out: the standard has
 * no such references.
 *
 * @param bytes The whole DICOMDIR.
 * @throws dicom/damaged, dicom/truncated
 */
export function filesOf(path: string, bytes: Uint8Array): string[] {
  const { dataSet } = readDicomFile(bytes);
  const folder = dirname(path);
  return dataSet
    .items(DIRECTORY_RECORD_SEQUENCE)
    .map((record) => record.strings(REFERENCED_FILE_ID))
    .filter((parts) => parts.length > 0 && parts.every(isName))
    .map((parts) => join(folder, ...parts));
}

function isName(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !/[/\\:\0]/.test(part);
}
