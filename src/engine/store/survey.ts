/** Looks at the files of a store without opening them. */
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { fileKind } from './cipher.ts';
import { keyFileName, readKeyFile } from './key-file.ts';
import type { KeyFile } from './key-file.ts';
import { requireUsablePlain } from './encrypt-plain.ts';

export const databaseName = 'semblance.db';

export type Survey =
  /** Nothing here. */
  | { kind: 'none' }
  /** A store of an earlier Semblance, readable by anyone. */
  | { kind: 'plain' }
  /** A key file, with its database, or before there is one. */
  | { kind: 'keyed'; keyFile: KeyFile };

/**
 * To be called with the folder's lock. Throws `store/foreign`, `store/key-missing`, `store/key-mismatch`, `store/key-damaged`,
 * `store/newer`, `store/missing`, and what the file system throws.
 */
export function survey(folder: string): Survey {
  const database = join(folder, databaseName);
  const file = fileKind(database);
  const keyFile = readKeyFile(folder);
  if (keyFile === null) {
    if (file.kind === 'sealed') {
      throw AppError.of('store/key-missing', 'store_key_missing', { file: database, key: keyFileName });
    }
    if (file.kind === 'plain') requireUsablePlain(database);
    return { kind: file.kind };
  }
  if (file.kind === 'sealed' && Buffer.from(file.id).toString('hex') !== keyFile.store) {
    throw AppError.of('store/key-mismatch', 'store_key_mismatch', { file: database });
  }
  if (file.kind === 'none' && keyFile.recovery.confirmed) {
    throw AppError.of('store/missing', 'store_database_missing', { file: database });
  }
  return { kind: 'keyed', keyFile };
}
