/** The profile that `--profile` and `--option` ask for. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isOptionName, optionNames } from '../../engine/dicom/deidentify/profile/options.ts';
import { profileFromYaml } from '../../engine/dicom/deidentify/profile/profile-file.ts';
import { basicChoices, type ProfileChoices } from '../../engine/dicom/deidentify/profile/profile.ts';
import { AppError } from '../../shared/errors.ts';
import type { Options } from '../options.ts';

/** Options are added to those of the profile. Throws `usage` and dicom/profile. */
export async function profileChoices(options: Options): Promise<ProfileChoices> {
  const named = options.text('profile') ?? 'basic';
  const base = named === 'basic' ? basicChoices : profileFromYaml(await textOf(named));
  const added = options.several('option').map((name) => {
    if (isOptionName(name)) return name;
    throw options.wrong(`There is no option “${name}”: it is ${optionNames.join(', ')}.`);
  });
  return { ...base, options: new Set([...base.options, ...added]) };
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw AppError.of('source/not-found', 'dicom_profile_unreadable', { file: basename(path) }, { cause });
  });
}
