/** The key that made-up values for real people hang on, as `--key-file` names it. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { randomBytes } from 'node:crypto';
import { isFaked } from '../engine/privacy/fakes/fake-columns.ts';
import { freshKey, keyBytes, pseudonymKeyOf, type PseudonymKey } from '../engine/privacy/pseudonyms/key.ts';
import { createOutput } from '../engine/tables/output-file.ts';
import type { ColumnSchema } from '../engine/tables/schema.ts';
import { errorCode, sourceError } from '../engine/tables/source-file.ts';
import { AppError } from '../shared/errors.ts';
import { wrap } from './words.ts';

/** A key and where it is kept; `once`: nowhere. */
export interface PseudonymKeyInUse {
  key: PseudonymKey;
  from: 'file' | 'new-file' | 'store' | 'once';
  path?: string;
  /** Whether others than its owner may read the file. */
  readableByOthers?: boolean;
}

/**
 * The key of a file, which is made where there is none, readable by its owner alone; else the store's, else one that
 * nobody keeps. Throws `usage` for a file that holds no key, `source/…`, `output/…`.
 */
export async function keyInUse(
  path: string | undefined,
  kept: PseudonymKey | null,
): Promise<PseudonymKeyInUse> {
  if (path === undefined) return kept ? { key: kept, from: 'store' } : { key: freshKey(), from: 'once' };
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw sourceError(error, basename(path), false);
  });
  if (text !== undefined) {
    const key = keyIn(text, path);
    const { mode } = await stat(path);
    return {
      key,
      from: 'file',
      path,
      readableByOthers: process.platform !== 'win32' && (mode & 0o077) !== 0,
    };
  }
  const bytes = randomBytes(keyBytes);
  const output = await createOutput(path, false, { mode: 0o600 });
  try {
    await output.write(Buffer.from(`${bytes.toString('hex')}\n`));
    await output.commit();
  } finally {
    await output.discard();
  }
  return { key: pseudonymKeyOf(bytes), from: 'new-file', path };
}

function keyIn(text: string, path: string): PseudonymKey {
  const plain = text.trim();
  if (new RegExp(`^[0-9a-f]{${2 * keyBytes}}$`, 'i').test(plain))
    return pseudonymKeyOf(Buffer.from(plain, 'hex'));
  throw new AppError(
    'usage',
    `“${basename(path)}” holds no key of pseudonyms.`,
    `Name a file that is not there: a key is made in it. It is one line of ${2 * keyBytes} hexadecimal digits.`,
  );
}

/** What has to be known of the key, where a model's real rows got made-up values by it. */
export function pseudonymLines(
  schema: readonly ColumnSchema[],
  key: PseudonymKeyInUse | null,
  width: number,
): string[] {
  if (key === null || !schema.some(isFaked)) return [];
  return wrap(inWords(key), width - 9).map((line, at) => `${at === 0 ? 'People   ' : '         '}${line}`);
}

function inWords({ from, path = '', readableByOthers }: PseudonymKeyInUse): string {
  switch (from) {
    case 'once':
      return 'made up for the real rows with a key that is now gone: the next run makes them up anew. With --key-file FILE they stay the same';
    case 'store':
      return 'made up for the real rows with the key of the project, which stays in the store: the same ones every time';
    case 'new-file':
      return `made up for the real rows with the key just made in ${path}. Keep it apart from what is written: with it a guess at a name can be checked`;
    case 'file':
      return `made up for the real rows with the key in ${path}${readableByOthers === true ? ', which others on this machine can read: chmod 600 it' : ''}`;
  }
}
