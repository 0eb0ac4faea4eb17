/** A file that appears whole or not at all: written beside its place under another name, then moved there. */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { link, lstat, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, parse, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { sealedWriter, type Seal } from './sealed-writer.ts';
import { errorCode } from './source-file.ts';

/** What lies on the drive; `contentSha256` is of what was written before any encryption. SHA-256 in hex. */
export interface Finished {
  bytes: number;
  sha256: string;
  contentSha256: string;
}

/** What is written goes here; nothing is at its final place before `commit`. */
export interface OutputFile {
  /** Path of the unfinished file. */
  readonly temporary: string;
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Makes what was written safe, still under its other name. Nothing can be written after.
   */
  finish(): Promise<Finished>;
  /** Finishes, if that has not been done, and moves the file to its place. */
  commit(): Promise<Finished>;
  /** Removes the unfinished file; harmless after `commit`. */
  discard(): Promise<void>;
}

/** How bytes get onto a drive; a test puts a full one in its place. */
export interface Drive {
  write(file: FileHandle, bytes: Uint8Array): Promise<{ bytesWritten: number }>;
}

const realDrive: Drive = { write: (file, bytes) => file.write(bytes, 0, bytes.length) };

export interface OutputOptions {
  /** Encrypts what is written on its way to the drive. */
  seal?: Seal;
  drive?: Drive;
  /** Rights of the file where the system knows them; what the user's mask leaves unless given. */
  mode?: number;
}

/**
 * @throws AppError output/exists unless `overwrite`, output/no-permission, output/failed (no such folder, a folder
 *   at that place).
 */
export async function createOutput(
  path: string,
  overwrite: boolean,
  { seal, drive = realDrive, mode }: OutputOptions = {},
): Promise<OutputFile> {
  await checkTarget(path, overwrite);
  const temporary = temporaryBeside(path);
  const file = await open(temporary, 'wx', mode).catch((error: unknown) => {
    throw outputError(error, path);
  });
  const onDrive = createHash('sha256');
  let bytes = 0;
  const toDrive = async (block: Uint8Array): Promise<void> => {
    try {
      for (let at = 0; at < block.length;) {
        const { bytesWritten } = await drive.write(file, at === 0 ? block : block.subarray(at));
        at += bytesWritten;
      }
    } catch (error) {
      throw outputError(error, path);
    }
    onDrive.update(block);
    bytes += block.length;
  };
  const content = seal && createHash('sha256');
  const sealed = seal && sealedWriter(seal, toDrive);
  let open_ = true;
  const close = async (): Promise<void> => {
    if (!open_) return;
    open_ = false;
    await file.close();
  };
  let finished: Finished | undefined;
  let isInPlace = false;
  const finish = async (): Promise<Finished> => {
    if (finished) return finished;
    await sealed?.end();
    try {
      await file.sync();
      await close();
    } catch (error) {
      throw outputError(error, path);
    }
    const sha256 = onDrive.digest('hex');
    finished = { bytes, sha256, contentSha256: content?.digest('hex') ?? sha256 };
    return finished;
  };
  return {
    temporary,
    finish,
    async write(block) {
      await (sealed ?? { write: toDrive }).write(block);
      content?.update(block);
    },
    async commit() {
      const facts = await finish();
      try {
        await moveIntoPlace(temporary, path, overwrite);
      } catch (error) {
        throw outputError(error, path);
      }
      isInPlace = true;
      forgetTemporary(temporary);
      return facts;
    },
    async discard() {
      if (isInPlace) return;
      await sealed?.abandon();
      await close().catch(() => undefined);
      await rm(temporary, { force: true }).then(
        () => {
          forgetTemporary(temporary);
        },
        () => undefined,
      );
    },
  };
}

/** Names given out in this process, of files not yet moved to their place. */
const unfinished = new Set<string>();
let isListening = false;

/** A name for an unfinished file in the folder of `path`. What is still there when the process exits is removed. */
export function temporaryBeside(path: string): string {
  const name = join(dirname(path), `.${beginning(basename(path))}.${randomUUID().slice(0, 8)}.unfinished`);
  if (!isListening) process.once('exit', removeUnfinished);
  isListening = true;
  unfinished.add(resolve(name));
  return name;
}

/** Of a file that is at its place, or removed. */
export function forgetTemporary(name: string): void {
  unfinished.delete(resolve(name));
}

/**
 * Removes what a process that was killed has left of the file at `path` and of those that go beside it under the same
 * name with other endings.
 */
export function removeAbandoned(path: string): void {
  const stem = parse(path).name;
  for (const name of readdirSync(dirname(path))) {
    const of = /^\.(.+)\.[0-9a-f]{8}\.unfinished/.exec(name)?.[1];
    if (of === stem || of === beginning(basename(path)) || of?.startsWith(`${stem}.`))
      rmSync(join(dirname(path), name), { force: true });
  }
}

/** Of a name that may fill all the 255 bytes file systems give it, as much as leaves room for more. */
function beginning(name: string): string {
  if (Buffer.byteLength(name) <= 200) return name;
  return new TextDecoder().decode(Buffer.from(name).subarray(0, 200), { stream: true });
}

function removeUnfinished(): void {
  for (const name of unfinished) {
    try {
      rmSync(name, { force: true });
    } catch {
      // There is nobody left to tell.
    }
  }
}

/** Says early, before rows are generated, that the file cannot be written. */
export async function checkTarget(path: string, overwrite: boolean): Promise<void> {
  const there = await lstat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw outputError(error, path);
  });
  if (there?.isDirectory()) throw AppError.of('output/failed', 'output_is_folder', { file: basename(path) });
  if (there && !overwrite) throw existsError(path);
  const folder = await stat(dirname(path)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw outputError(error, path);
  });
  if (!folder?.isDirectory())
    throw AppError.of('output/failed', 'output_folder_missing', { file: basename(path) });
}

/** Moves a finished file to `path`; without `overwrite`, a file that has appeared there meanwhile stays. */
export async function moveIntoPlace(temporary: string, path: string, overwrite: boolean): Promise<void> {
  if (overwrite) await rename(temporary, path);
  else {
    try {
      // A link fails where the name is taken; a rename would replace what is there.
      await link(temporary, path);
      await rm(temporary);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') throw error;
      // Drives without links (FAT, some network drives): look once more, then rename.
      await checkTarget(path, false);
      await rename(temporary, path);
    }
  }
  await syncFolder(dirname(path));
}

/** Makes the new name durable. Some systems do not let folders be opened; there it is as durable as they make it. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // Windows.
  }
}

function existsError(path: string): AppError {
  return AppError.of('output/exists', 'output_exists', { file: basename(path) });
}

/** An error while writing, as a person reads it. Aborts and errors of ours pass through. */
export function outputError(error: unknown, path: string): unknown {
  if (error instanceof AppError || (error instanceof Error && error.name === 'AbortError')) return error;
  const name = basename(path);
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return diskFull(path);
    case 'EEXIST':
      return existsError(path);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return AppError.of('output/no-permission', 'output_not_allowed', { file: name }, { cause: error });
    case 'ELOOP':
      return AppError.of('output/failed', 'output_link_loop', { file: name }, { cause: error });
    case 'ENAMETOOLONG':
      return AppError.of('output/failed', 'output_path_too_long', {}, { cause: error });
    case undefined:
      return error;
    default:
      return AppError.of('output/failed', 'output_failed', { file: name }, { cause: error });
  }
}

export function diskFull(path: string): AppError {
  return AppError.of('output/disk-full', 'output_disk_full', { file: basename(path) });
}
