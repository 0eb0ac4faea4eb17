/** Many small files, one after the other: as safe as `createOutput`, with a turn of the event loop each instead of ten. */
import { closeSync, fsync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { forgetTemporary, outputError, temporaryBeside } from './output-file.ts';

/** Above it, writing would keep everything else waiting. */
export const largestSmall = 2 ** 20;

const synced = promisify(fsync);

/**
 * Writes a file beside its place, makes its content safe and moves it there, over whatever has the name. The name is
 * durable once the caller has synced the folder, which is done once for many files.
 *
 * @param bytes `largestSmall` at most.
 * @throws AppError output/…
 */
export async function writeSmallFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    const descriptor = openSync(temporary, 'wx');
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
      await synced(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw outputError(error, path);
  } finally {
    forgetTemporary(temporary);
  }
}

/** One more than the largest, to see that nothing follows. */
const readAgain = Buffer.allocUnsafeSlow(largestSmall + 1);

/**
 * Whether a file holds these bytes and no more, as it is read again.
 *
 * @param bytes `largestSmall` at most.
 */
export function isSmallFile(path: string, bytes: Uint8Array): boolean {
  const descriptor = openSync(path, 'r');
  try {
    let length = 0;
    for (let count = 1; count > 0 && length <= bytes.length; length += count)
      count = readSync(descriptor, readAgain, length, bytes.length + 1 - length, length);
    return readAgain.subarray(0, length).equals(bytes);
  } finally {
    closeSync(descriptor);
  }
}

/** As `syncFolder` of output-file.ts, with one wait instead of three. */
export async function syncFolderSoon(folder: string): Promise<void> {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, 'r');
    await synced(descriptor);
  } catch {
    // Windows.
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
