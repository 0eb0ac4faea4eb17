/** Files and their beginnings, read without holding more than is needed. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { totalmem } from 'node:os';
import { AppError } from '../../../shared/errors.ts';
import { type DicomLocation } from './location.ts';
import { unreadable } from './walk.ts';
import { openZip } from './zip.ts';

/** Enough for the attributes of most files. */
const firstRead = 32 * 1024;
/** No real file has more before its pixels; the rest of a larger one is not looked at. */
const longestBeginning = 2 ** 30;
const shared = Buffer.alloc(firstRead);

export interface OpenFile {
  readonly size: number;
  readonly modified: number;
  /** The beginning of the file. The next call, of any file, may overwrite it, unless there is memory to read into. */
  readonly read: (length: number, into?: Uint8Array) => Uint8Array;
}

/**
 * @throws source/no-permission, source/not-found or source/malformed where the file system refuses.
 */
export function withFile<T>(path: string, use: (file: OpenFile) => T): T {
  const attempt = <R>(action: () => R): R => {
    try {
      return action();
    } catch (error) {
      throw unreadable(error);
    }
  };
  const descriptor = attempt(() => openSync(path, 'r'));
  try {
    const { size, mtimeMs } = attempt(() => fstatSync(descriptor));
    const read = (length: number, into?: Uint8Array) =>
      attempt(() => readBeginning(descriptor, Math.min(length, size), into));
    return use({ size, modified: Math.floor(mtimeMs), read });
  } finally {
    closeSync(descriptor);
  }
}

/** Files from this size on are asked about. */
const large = 2 ** 28;
/** A file is held whole, and beside it what is made of it. */
const copies = 2.2;

/** @throws dicom/unsupported for a file that would take more memory than there is. */
export function requireMemory(size: number, atHand: () => number = memoryAtHand): void {
  if (size < large || size * copies <= atHand()) return;
  const gigabytes = ((size * copies) / 2 ** 30).toFixed(1);
  throw AppError.of('dicom/unsupported', 'dicom_needs_memory', { gigabytes });
}

/** What macOS calls free is a small part of what it would give. */
function memoryAtHand(): number {
  return process.platform === 'darwin' ? totalmem() / 2 : process.availableMemory();
}

function readBeginning(descriptor: number, length: number, into: Uint8Array = shared): Uint8Array {
  const buffer = length <= into.length ? into : Buffer.allocUnsafeSlow(length);
  let filled = 0;
  // One call reads two gigabytes at most, and less of a network drive.
  while (filled < length) {
    const count = readSync(descriptor, buffer, filled, Math.min(length - filled, 2 ** 30), filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}

/** Lengths to try in turn until a beginning is long enough. */
export function* beginnings(size: number): Generator<number> {
  for (let length = firstRead; length < Math.min(size, longestBeginning); length *= 8) yield length;
  if (size > longestBeginning) throw AppError.of('dicom/unsupported', 'dicom_long_header', {});
  yield size;
}

/**
 * A whole file; up to the memory there is. Of a zip file, those who read many members open it once instead.
 *
 * @param into Memory to read a file into that has room in it.
 */
export async function readLocation({ path, member }: DicomLocation, into?: Uint8Array): Promise<Uint8Array> {
  if (member !== undefined) {
    const zip = await openZip(path);
    try {
      return await zip.read(member);
    } finally {
      zip.close();
    }
  }
  return withFile(path, ({ size, read }) => {
    requireMemory(size);
    const bytes = read(size, into);
    if (into) return bytes;
    // `slice` of a buffer would share what the next reading overwrites.
    return size <= firstRead ? new Uint8Array(bytes) : bytes;
  });
}
