/** The small file beside the database that holds its key, wrapped. Without a secret of its owner it opens nothing. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { idLength } from './cipher.ts';
import { passphraseWrapping, recoveryWrapping } from './wrapping.ts';

export const keyFileName = 'semblance.key.json';

const protection = z.discriminatedUnion('kind', [
  passphraseWrapping.extend({ kind: z.literal('passphrase') }),
  /** Sealed by the key store of the operating system, for this user of this computer. */
  z.object({ kind: z.literal('system'), keeper: z.string(), sealed: z.base64() }),
]);

export const keyFile = z.object({
  semblance: z.literal('store key'),
  version: z.literal(1),
  cipher: z.literal('sqlcipher-4'),
  /** The first bytes of the database it belongs to, in hex. */
  store: z.hex().length(2 * idLength),
  protection,
  /** `confirmed`: its owner has shown to have written it down. */
  recovery: recoveryWrapping.extend({ confirmed: z.boolean() }),
});
export type KeyFile = z.infer<typeof keyFile>;
export type KeyProtection = KeyFile['protection'];

/** Null where there is none. Throws `store/key-damaged`, `store/newer`, and what the file system throws. */
export function readKeyFile(folder: string): KeyFile | null {
  const path = join(folder, keyFileName);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return parseKeyFile(text, path);
}

/** @param where Path or name for the message. */
export function parseKeyFile(text: string, where: string): KeyFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw damaged(where);
  }
  const version = z.object({ semblance: z.literal('store key'), version: z.int() }).safeParse(content);
  if (version.success && version.data.version > 1) {
    throw AppError.of('store/newer', 'store_key_too_new', { file: where });
  }
  const parsed = keyFile.safeParse(content);
  if (!parsed.success) throw damaged(where);
  return parsed.data;
}

/** In one step: at every moment there is the old one or the new one, whole. */
export function writeKeyFile(folder: string, content: KeyFile): void {
  writeWhole(join(folder, keyFileName), `${JSON.stringify(content, null, 2)}\n`);
}

/** Writes a small file in one step, readable by its owner only. */
export function writeWhole(path: string, content: string): void {
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** A rename is safe once its folder is. Windows cannot open one, and does not need to. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function damaged(where: string): AppError {
  return AppError.of('store/key-damaged', 'store_key_damaged', { file: where });
}
