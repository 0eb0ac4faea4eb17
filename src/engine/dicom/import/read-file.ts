/** Files and their beginnings, read without holding more than is needed. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
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
    const bytes = read(size, into);
    if (into) return bytes;
    // `slice` of a buffer would share what the next reading overwrites.
    return size <= firstRead ? new Uint8Array(bytes) : bytes;
  });
}
