/**
 * A backup is one file: a line of JSON that says what it is and holds the key file, then the database as it is,
 * encrypted. Without Semblance, `tail -n +2 BACKUP > store.db` gives a SQLCipher database.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { keyFile, parseKeyFile, writeKeyFile } from './key-file.ts';
import type { KeyFile } from './key-file.ts';
import { restoringName } from './set-aside.ts';
import { databaseName } from './survey.ts';

export const backupHeader = z.object({
  semblance: z.literal('store backup'),
  version: z.literal(1),
  created: z.string(),
  database: z.object({ bytes: z.int().min(1), sha256: z.hex().length(64) }),
  key: keyFile,
});
export type BackupHeader = z.infer<typeof backupHeader>;

/** Bytes within which the first line ends; it takes about one and a half thousand. */
const longestHeader = 65_536;

/** The first line with its end. */
export function backupHeaderLine(header: BackupHeader): Buffer {
  return Buffer.from(`${JSON.stringify(header)}\n`);
}

/** What a backup says about itself. Throws `backup/invalid`, `store/newer`. */
export async function readBackupHeader(path: string): Promise<BackupHeader> {
  const file = await openBackup(path);
  try {
    return (await headerOf(file, path)).header;
  } finally {
    await file.close();
  }
}

/**
 * Unpacks a backup into the folder `restoring` of a store's folder and checks that every byte is there. Nothing else
 * is touched. Throws `backup/invalid`, `store/newer`, and what the file system throws.
 */
export async function unpackBackup(
  path: string,
  folder: string,
): Promise<{ folder: string; keyFile: KeyFile }> {
  const file = await openBackup(path);
  const staged = join(folder, restoringName);
  try {
    const { header, length } = await headerOf(file, path);
    rmSync(staged, { recursive: true, force: true });
    mkdirSync(staged, { recursive: true, mode: 0o700 });
    await copyDatabase(file, length, join(staged, databaseName), header, path);
    writeKeyFile(staged, header.key);
    return { folder: staged, keyFile: header.key };
  } catch (error) {
    rmSync(staged, { recursive: true, force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function openBackup(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw AppError.of('backup/invalid', 'backup_not_opened', { file: basename(path) }, { cause: error });
  }
}

async function headerOf(file: FileHandle, path: string): Promise<{ header: BackupHeader; length: number }> {
  const block = Buffer.alloc(longestHeader);
  const { bytesRead } = await file.read(block, 0, block.length, 0).catch((error: unknown) => {
    throw damaged(path, error);
  });
  const end = block.subarray(0, bytesRead).indexOf('\n');
  let content: unknown;
  try {
    content = JSON.parse(block.toString('utf8', 0, Math.max(0, end)));
  } catch {
    throw notBackup(path);
  }
  const about = z.object({ semblance: z.literal('store backup'), version: z.int() }).safeParse(content);
  if (!about.success) throw notBackup(path);
  if (about.data.version > 1) {
    throw AppError.of('store/newer', 'backup_too_new', { file: basename(path) });
  }
  const key = z.object({ key: z.unknown() }).safeParse(content);
  if (key.success) parseKeyFile(JSON.stringify(key.data.key), basename(path));
  const header = backupHeader.safeParse(content);
  if (!header.success) throw damaged(path);
  return { header: header.data, length: end + 1 };
}

async function copyDatabase(
  file: FileHandle,
  from: number,
  target: string,
  { database }: BackupHeader,
  path: string,
): Promise<void> {
  const hash = createHash('sha256');
  const block = Buffer.alloc(1 << 20);
  const descriptor = openSync(target, 'wx', 0o600);
  let copied = 0;
  try {
    for (;;) {
      const { bytesRead } = await file.read(block, 0, block.length, from + copied);
      if (bytesRead === 0) break;
      const part = block.subarray(0, bytesRead);
      hash.update(part);
      writeSync(descriptor, part);
      copied += bytesRead;
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (copied !== database.bytes || hash.digest('hex') !== database.sha256) throw damaged(path);
}

function notBackup(path: string): AppError {
  return AppError.of('backup/invalid', 'backup_not_one', { file: basename(path) });
}

function damaged(path: string, cause?: unknown): AppError {
  return AppError.of('backup/invalid', 'backup_damaged', { file: basename(path) }, { cause });
}
