import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkTarget, outputError } from '../tables/output-file.ts';

/**
 * Says before any work is done that a file cannot be written: it exists, its folder does not, or may not be
 * written to. Throws the `output/…` errors.
 */
export async function requireTarget(path: string, overwrite: boolean): Promise<void> {
  await checkTarget(path, overwrite);
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    throw outputError(error, path);
  });
}
