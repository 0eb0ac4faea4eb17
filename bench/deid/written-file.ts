/** Files of the corpus in their transfer syntaxes. */
import { DataSet } from '../../src/engine/dicom/read/data-set.ts';
import { explicitLittleEndian, transferSyntaxOf } from '../../src/engine/dicom/transfer-syntax.ts';
import type { Edit } from '../../src/engine/dicom/write/edits.ts';
import { writeDicom } from '../../src/engine/dicom/write/part10.ts';

export const syntaxes = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  deflated: '1.2.840.10008.1.2.1.99',
  bigEndian: '1.2.840.10008.1.2.2',
  rle: '1.2.840.10008.1.2.5',
} as const;

/** A Part-10 file; its preamble and file meta group say things of their own, as those of devices do. */
export function fileOf(edits: readonly Edit[], syntax: string, aeTitle: string): Uint8Array {
  const transferSyntax = transferSyntaxOf(syntax) ?? explicitLittleEndian;
  const source = new Uint8Array(132);
  source.set(Buffer.from(`MADE AT ${aeTitle}`).subarray(0, 128));
  source.set(new TextEncoder().encode('DICM'), 128);
  const { encapsulated: _, ...encoding } = transferSyntax;
  return writeDicom(
    {
      source,
      bytes: source,
      preamble: source.subarray(0, 128),
      meta: undefined,
      dataSet: new DataSet(source, encoding, [], undefined),
      transferSyntax,
      stoppedAt: undefined,
    },
    edits,
    { meta: 'fresh' },
  );
}
