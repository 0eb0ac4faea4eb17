/** By what a later run knows sources and settings, and what the manifest says of a set. */
import { differences, standardEdition } from '../../dicom/deidentify/profile/profile-file.ts';
import { type Profile } from '../../dicom/deidentify/profile/profile.ts';
import { type SecretKey } from '../../dicom/deidentify/pseudonyms.ts';
import { type DicomLocation } from '../../dicom/import/location.ts';
import { formatTag } from '../../dicom/tag.ts';
import { version } from '../version.ts';
import { type ManifestHead } from './set-output.ts';

/** HMAC of where a source lies and of its state. */
export function sourceMark(
  key: SecretKey,
  { path, member }: DicomLocation,
  size: number,
  modified: number,
): string {
  const mac = key.mac('dicom source', JSON.stringify([path, member ?? null, size, modified]));
  return Buffer.from(mac).toString('hex').slice(0, 32);
}

/** HMAC of all that what is written hangs on but its sources. */
export function runMark(key: SecretKey, settings: unknown): string {
  return Buffer.from(key.mac('dicom run', JSON.stringify([version, settings])))
    .toString('hex')
    .slice(0, 32);
}

export function manifestHead({ choices }: Profile): ManifestHead {
  return {
    semblanceDicomSet: 1,
    semblance: version,
    created: new Date().toISOString(),
    standard: standardEdition,
    profile: choices.name,
    options: [...choices.options],
    differences: differences(choices).map(({ tag, code }) => ({ tag: formatTag(tag), code })),
  };
}
