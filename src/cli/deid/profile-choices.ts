/** The profile that `--profile` and `--option` ask for. */
import { isOptionName, optionNames } from '../../engine/dicom/deidentify/profile/options.ts';
import { basicChoices, type ProfileChoices } from '../../engine/dicom/deidentify/profile/profile.ts';
import { readProfileFile } from '../../engine/jobs/deidentify/read-profile.ts';
import type { Options } from '../options.ts';

/** Options are added to those of the profile. Throws `usage` and dicom/profile. */
export async function profileChoices(options: Options): Promise<ProfileChoices> {
  const named = options.text('profile') ?? 'basic';
  const base = named === 'basic' ? basicChoices : await readProfileFile(named);
  const added = options.several('option').map((name) => {
    if (isOptionName(name)) return name;
    throw options.wrong(`There is no option “${name}”: it is ${optionNames.join(', ')}.`);
  });
  return { ...base, options: new Set([...base.options, ...added]) };
}
