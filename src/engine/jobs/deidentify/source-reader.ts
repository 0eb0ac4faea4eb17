/** Files of an index, whole; the last zip file stays open, since its members come one after the other. */
import { type DicomLocation } from '../../dicom/import/location.ts';
import { readLocation } from '../../dicom/import/read-file.ts';
import { openZip, type OpenZip } from '../../dicom/import/zip.ts';

export class SourceReader {
  #open: { readonly path: string; readonly zip: OpenZip } | undefined;

  /** @throws source/… and dicom/… as `readLocation`. */
  async read(location: DicomLocation): Promise<Uint8Array> {
    const { path, member } = location;
    if (member === undefined) return readLocation(location);
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
