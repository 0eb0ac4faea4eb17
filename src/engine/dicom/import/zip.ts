/** Files within zip files. */
import { type Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../../../shared/errors.ts';

/** DICOM files compress to a third or a fifth, empty ones to a fiftieth; zip bombs to a thousandth. */
const steepestCompression = 200;
/** Below this a member is no danger whatever it compresses to, in bytes. */
const harmless = 16 * 2 ** 20;
const mostMembers = 5_000_000;

export interface ZipMember {
  readonly name: string;
  readonly size: number;
  /** The member's beginning, as many bytes as asked for or all there are. */
  readonly read: (length: number) => Promise<Uint8Array>;
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/**
 * The files in a zip file, in its order. Each has to be read before the next.
 *
 * @throws source/malformed for what is no zip file, and for zip bombs, before anything is unpacked.
 */
export async function* zipMembers(path: string): AsyncGenerator<ZipMember> {
  await refuseBomb(path);
  const zip = await open(path);
  try {
    for await (const entry of eachEntry(zip)) {
      if (entry.fileName.endsWith('/')) continue;
      const { fileName: name, uncompressedSize: size } = entry;
      yield { name, size, read: (length) => readEntry(zip, entry, length) };
    }
  } finally {
    zip.close();
  }
}

/** @throws source/malformed where it is damaged or there is no such member. */
export async function readZipMember(path: string, name: string): Promise<Uint8Array> {
  for await (const member of zipMembers(path)) if (member.name === name) return member.read(member.size);
  throw AppError.of('source/not-found', 'dicom_gone', {});
}

/** By the sizes that it states itself, which yauzl holds every member to. */
async function refuseBomb(path: string): Promise<void> {
  const zip = await open(path);
  try {
    let [members, unpacked] = [0, 0];
    for await (const entry of eachEntry(zip)) {
      members++;
      unpacked += entry.uncompressedSize;
      const isSteep = entry.uncompressedSize > Math.max(harmless, entry.compressedSize * steepestCompression);
      if (isSteep || members > mostMembers) throw bomb();
    }
    // Members may share what they unpack.
    if (unpacked > Math.max(harmless, zip.fileSize * steepestCompression)) throw bomb();
  } finally {
    zip.close();
  }
}

async function open(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true });
  } catch (error) {
    throw damaged(error);
  }
}

async function* eachEntry(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    throw damaged(error);
  }
}

async function readEntry(zip: ZipFile, entry: Entry, length: number): Promise<Uint8Array> {
  if (entry.isEncrypted()) throw AppError.of('source/malformed', 'dicom_zip_encrypted', {});
  try {
    return await beginning(await zip.openReadStreamPromise(entry), length);
  } catch (error) {
    throw damaged(error);
  }
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
