/** Files within zip files. */
import { type Readable } from 'node:stream';
import { inflateRawSync } from 'node:zlib';
import { fromRandomAccessReaderPromise, type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../../../shared/errors.ts';
import { ZipBytes } from './zip-bytes.ts';

/** DICOM files compress to a third or a fifth, empty ones to a fiftieth; zip bombs to a thousandth. */
const steepestCompression = 200;
/** Below this a member is no danger whatever it compresses to, in bytes. */
const harmless = 16 * 2 ** 20;
const mostMembers = 1_000_000;
const [stored, deflated] = [0, 8];

export interface ZipMember {
  readonly name: string;
  readonly size: number;
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/**
 * Opens a zip file, of which only the list of its members is read.
 *
 * @throws source/malformed for what is no zip file, and for zip bombs, before anything is unpacked.
 */
export async function openZip(path: string): Promise<OpenZip> {
  const bytes = new ZipBytes(path);
  try {
    const zip = await fromRandomAccessReaderPromise(bytes, bytes.size, { autoClose: false });
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
      if (entries.size > mostMembers) throw bomb();
    }
    refuseBomb(entries.values(), zip.fileSize);
    return new OpenZip(zip, bytes, entries);
  } catch (error) {
    bytes.release();
    throw damaged(error);
  }
}

export class OpenZip {
  readonly #zip: ZipFile;
  readonly #bytes: ZipBytes;
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(zip: ZipFile, bytes: ZipBytes, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#bytes = bytes;
    this.#entries = entries;
  }

  /** In the order of the zip file. */
  *members(): Generator<ZipMember> {
    for (const { fileName, uncompressedSize } of this.#entries.values()) {
      yield { name: fileName, size: uncompressedSize };
    }
  }

  /**
   * The beginning of a member, all of it unless `length` says less.
   *
   * @throws source/not-found, or source/malformed where it is damaged, encrypted, or larger than it states.
   */
  async read(name: string, length = Infinity): Promise<Uint8Array> {
    const entry = this.#entries.get(name);
    if (!entry) throw AppError.of('source/not-found', 'dicom_gone', {});
    if (entry.isEncrypted()) throw AppError.of('source/malformed', 'dicom_zip_encrypted', {});
    try {
      const isSmall = entry.uncompressedSize <= harmless && entry.compressedSize <= harmless;
      if (isSmall) return (await this.#readSmall(entry)).subarray(0, length);
      return await beginning(await this.#zip.openReadStreamPromise(entry), length);
    } catch (error) {
      throw damaged(error);
    }
  }

  close(): void {
    this.#zip.close();
    this.#bytes.release();
  }

  /** At once, which is several times faster than through streams. */
  async #readSmall(entry: Entry): Promise<Uint8Array> {
    const { compressedSize, uncompressedSize, compressionMethod } = entry;
    const { fileDataStart } = await this.#zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = this.#bytes.bytesAt(fileDataStart, compressedSize);
    const isPlain = compressionMethod === stored;
    if (!isPlain && compressionMethod !== deflated) throw damaged(undefined);
    const bytes = isPlain
      ? packed
      : inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
    if (bytes.length !== uncompressedSize) throw damaged(undefined);
    return bytes;
  }
}

/** By the sizes that the members state, to which each is held when it is read. */
function refuseBomb(entries: Iterable<Entry>, size: number): void {
  let unpacked = 0;
  for (const { uncompressedSize, compressedSize } of entries) {
    unpacked += uncompressedSize;
    if (uncompressedSize > Math.max(harmless, compressedSize * steepestCompression)) throw bomb();
  }
  // Members may share what they unpack.
  if (unpacked > Math.max(harmless, size * steepestCompression)) throw bomb();
}

async function beginning(stream: Readable, length: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let collected = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    chunks.push(chunk);
    collected += chunk.length;
    if (collected >= length) break;
  }
  return Buffer.concat(chunks).subarray(0, length);
}

function damaged(cause: unknown): AppError {
  return cause instanceof AppError
    ? cause
    : AppError.of('source/malformed', 'dicom_zip_damaged', {}, { cause });
}

function bomb(): AppError {
  return AppError.of('source/malformed', 'dicom_zip_bomb', {});
}
