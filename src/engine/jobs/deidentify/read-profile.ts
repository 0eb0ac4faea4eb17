/** Profiles from files. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { profileFromYaml } from '../../dicom/deidentify/profile/profile-file.ts';
import { type ProfileChoices } from '../../dicom/deidentify/profile/profile.ts';

/** Throws dicom/profile, and source/not-found for a file that cannot be read. */
export async function readProfileFile(path: string): Promise<ProfileChoices> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw AppError.of('source/not-found', 'dicom_profile_unreadable', { file: basename(path) }, { cause });
  });
  return profileFromYaml(text);
}
