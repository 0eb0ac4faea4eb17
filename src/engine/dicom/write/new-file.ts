/** Files that were none before. */
import { DataSet } from '../read/data-set.ts';
import { readDicomFile, type DicomFile } from '../read/part10.ts';
import { explicitLittleEndian } from '../transfer-syntax.ts';
import { type Edit } from './edits.ts';
import { writeDicom } from './part10.ts';

/** A file of these elements, explicit little-endian, with a file meta group. */
export function newDicomFile(edits: readonly Edit[]): DicomFile {
  const source = new Uint8Array(132);
  source.set(new TextEncoder().encode('DICM'), 128);
  const empty: DicomFile = {
    source,
    bytes: source,
    preamble: source.subarray(0, 128),
    meta: undefined,
    dataSet: new DataSet(source, explicitLittleEndian, [], undefined),
    transferSyntax: explicitLittleEndian,
    stoppedAt: undefined,
  };
  return readDicomFile(writeDicom(empty, edits, { meta: 'fresh' }));
}
