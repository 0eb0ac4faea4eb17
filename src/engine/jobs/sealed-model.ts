/** Opens a model file that may be encrypted. */
import { basename } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { ModelOpener } from '../../shared/output.ts';
import { openModel, readModelFile } from '../synthesis/tables/model-file.ts';
import { looksSealed, readIdentities, unsealBytes } from '../tables/age.ts';

/**
 * @param opener Not looked at where the file is not encrypted.
 * Throws `seal/needed` for an encrypted file without one, `seal/…` as `unsealBytes`, and as `loadModel`.
 */
export async function loadSealedModel(
  path: string,
  opener?: ModelOpener,
): Promise<ReturnType<typeof openModel>> {
  const bytes = await readModelFile(path);
  if (!looksSealed(bytes)) return openModel(bytes);
  const file = basename(path);
  if (opener === undefined) throw AppError.of('seal/needed', 'sealed_model', { file });
  const by = opener.by === 'passphrase' ? opener : await readIdentities(opener.path);
  return openModel(await unsealBytes(bytes, file, by));
}
