/** Files of an index, whole; the last zip file stays open, since its members come one after the other. */
import { type DicomLocation } from '../../dicom/import/location.ts';
import { readLocation } from '../../dicom/import/read-file.ts';
import { openZip, type OpenZip } from '../../dicom/import/zip.ts';

/** Small files are most files. */
const reusedBytes = 2 ** 20;

export class SourceReader {
  readonly #memory: Uint8Array | undefined;
  #open: { readonly path: string; readonly zip: OpenZip } | undefined;

  /** @param reuses Whether what is read holds only until the next reading. */
  constructor({ reuses = false }: { readonly reuses?: boolean } = {}) {
    this.#memory = reuses ? new Uint8Array(reusedBytes) : undefined;
  }

  /** @throws source/… and dicom/… as `readLocation`. */
  async read(location: DicomLocation): Promise<Uint8Array> {
    const { path, member } = location;
    if (member === undefined) return readLocation(location, this.#memory);
    if (this.#open?.path !== path) {
      this.close();
      this.#open = { path, zip: await openZip(path) };
    }
    return this.#open.zip.read(member);
  }

  close(): void {
    this.#open?.zip.close();
    this.#open = undefined;
  }
}
