import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { sourceError } from '../engine/tables/source-file.ts';
import { AppError } from '../shared/errors.ts';

/** The first line of a file, without the end of the line. Throws `source/…`, `usage` where it is empty. */
export async function readPassphrase(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw sourceError(error, basename(path), false);
  });
  const [line = ''] = text.split(/\r?\n/, 1);
  if (line !== '') return line;
  throw new AppError(
    'usage',
    `The first line of “${basename(path)}” is empty.`,
    'Write the passphrase there.',
  );
}
