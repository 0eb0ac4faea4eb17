/** The file behind a source: what it is, whether it is still the one we opened, and what went wrong with it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError, partOf, type ErrorPart } from '../../shared/errors.ts';
import type { m } from '../../shared/messages/messages.js';

/** What tells one state of a file from another. */
export interface Fingerprint {
  bytes: number;
  modified: number;
}

/**
 * @param seenBefore the file was there a while ago: when it is gone, say that it has gone
 * @throws AppError source/not-found, source/no-permission, source/is-directory, source/not-a-table (a device, a
 *   socket), source/empty.
 */
export async function fingerprint(path: string, seenBefore = false): Promise<Fingerprint> {
  const name = basename(path);
  const found = await stat(path).catch((error: unknown) => {
    throw sourceError(error, name, seenBefore);
  });
  if (found.isDirectory()) {
    throw AppError.of('source/is-directory', 'source_is_folder', { file: name });
  }
  if (!found.isFile()) {
    throw AppError.of('source/not-a-table', 'source_not_ordinary', { file: name });
  }
  return { bytes: found.size, modified: found.mtimeMs };
}

/**
 * Makes sure the file is still the one we opened.
 * @throws AppError source/changed when its size or time differs, source/not-found when it is gone.
 */
export async function checkUnchanged(path: string, before: Fingerprint): Promise<void> {
  const now = await fingerprint(path, true);
  if (now.bytes !== before.bytes || now.modified !== before.modified) {
    const name = basename(path);
    throw AppError.of('source/changed', 'source_changed_since_opened', { file: name });
  }
}

/**
 * An error of the file system as a person reads it; anything else is handed back as it is.
 * @param seenBefore the file was there a while ago
 */
export function sourceError(error: unknown, name: string, seenBefore = true): unknown {
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      if (!seenBefore)
        return AppError.of('source/not-found', 'source_missing', { file: name }, { cause: error });
      return AppError.of('source/not-found', 'source_vanished', { file: name }, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return AppError.of('source/no-permission', 'source_not_readable', { file: name }, { cause: error });
    case 'ELOOP':
      return AppError.of('source/not-found', 'source_link_loop', { file: name }, { cause: error });
    case 'ENAMETOOLONG':
      return AppError.of('source/not-found', 'source_path_too_long', {}, { cause: error });
    case 'EBUSY':
    case 'ETXTBSY':
      return AppError.of('source/no-permission', 'source_held', { file: name }, { cause: error });
    case 'EMFILE':
    case 'ENFILE':
      return AppError.of('source/no-permission', 'source_too_many_open', { file: name }, { cause: error });
    case 'EISDIR':
      return AppError.of('source/is-directory', 'source_is_folder', { file: name }, { cause: error });
    case 'EIO':
      return AppError.of('source/malformed', 'source_drive_error', { file: name }, { cause: error });
    default:
      return error;
  }
}

/** The code of a system error (`ENOENT`), if it is one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The first `limit` bytes, or fewer where the file is shorter. */
export async function readHead(path: string, limit: number): Promise<Buffer> {
  try {
    await using file = await open(path, 'r');
    const buffer = Buffer.alloc(limit);
    let filled = 0;
    while (filled < limit) {
      const { bytesRead } = await file.read(buffer, filled, limit - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } catch (error) {
    throw sourceError(error, basename(path));
  }
}

/**
 * SHA-256 of the file's content in hex, streamed.
 * @throws AppError as `fingerprint` does.
 */
export async function hashFile(path: string, options: { signal?: AbortSignal } = {}): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash, { signal: options.signal });
  } catch (error) {
    throw sourceError(error, basename(path));
  }
  return hash.digest('hex');
}

/**
 * Says what a file that is no table is, by its first bytes.
 * @returns undefined where nothing is known against it.
 */
export function foreignFormat(head: Buffer): { what: ErrorPart; fix: ErrorPart } | undefined {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  const ascii = (text: string, at = 0): boolean => head.toString('latin1', at, at + text.length) === text;
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) {
    if (head.includes('xl/') || head.includes('[Content_Types].xml')) return foreign('excel', 'sheet_utf8');
    if (head.includes('opendocument.spreadsheet')) return foreign('opendocument', 'sheet');
    return foreign('zip', 'unpack');
  }
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return foreign('office', 'sheet_spreadsheet');
  if (starts(0x89, 0x50, 0x4e, 0x47)) return foreign('png', 'other_file');
  if (starts(0xff, 0xd8, 0xff)) return foreign('jpeg', 'other_file');
  if (ascii('GIF8')) return foreign('gif', 'other_file');
  if (ascii('%PDF')) return foreign('pdf', 'other_file');
  if (ascii('SQLite format 3')) return foreign('sqlite', 'export_table');
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return foreign('zstandard', 'unpack');
  if (ascii('BZh')) return foreign('bzip2', 'unpack');
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a)) return foreign('xz', 'unpack');
  if (starts(0x37, 0x7a, 0xbc, 0xaf)) return foreign('seven_zip', 'unpack');
  if (ascii('DICM', 128)) return foreign('dicom', 'other_file');
  if (ascii('ARROW1')) return foreign('arrow', 'parquet');
  return undefined;
}

type PartNamed<Start extends string> = keyof typeof m extends infer K
  ? K extends `${Start}${infer Name}`
    ? Name
    : never
  : never;

function foreign(
  what: PartNamed<'parts_foreign_'>,
  fix: PartNamed<'parts_fix_'>,
): { what: ErrorPart; fix: ErrorPart } {
  return { what: partOf(`parts_foreign_${what}`, {}), fix: partOf(`parts_fix_${fix}`, {}) };
}
