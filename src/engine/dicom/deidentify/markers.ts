/** What a de-identified file says of itself (PS3.15 section E.2, PS3.3 sections C.7.1.1 and C.7.6.1). */
import { type Tag } from '../tag.ts';
import { type Edit } from '../write/edits.ts';
import { basicProfile, optionNames, profileOptions } from './profile/options.ts';
import { type Profile } from './profile/profile.ts';

const PATIENT_IDENTITY_REMOVED: Tag = 0x00120062;
const METHOD: Tag = 0x00120063;
const METHOD_CODES: Tag = 0x00120064;
const BURNED_IN_ANNOTATION: Tag = 0x00280301;
const RECOGNIZABLE_FEATURES: Tag = 0x00280302;
const LONGITUDINAL: Tag = 0x00280303;

/** Elements whose words are Semblance's own. */
export const markerTags: ReadonlySet<Tag> = new Set([METHOD, METHOD_CODES]);

export function markers(profile: Profile): Edit[] {
  const options = optionNames.filter((name) => profile.has(name)).map((name) => profileOptions[name]);
  const edits: Edit[] = [
    { kind: 'set', tag: PATIENT_IDENTITY_REMOVED, vr: 'CS', value: 'YES' },
    { kind: 'set', tag: METHOD, vr: 'LO', value: 'Semblance, DICOM PS3.15 Annex E 2024b' },
    {
      kind: 'setItems',
      tag: METHOD_CODES,
      items: [basicProfile, ...options].map(({ code, meaning }) => [
        { kind: 'set', tag: 0x00080100, vr: 'SH', value: code },
        { kind: 'set', tag: 0x00080102, vr: 'SH', value: 'DCM' },
        { kind: 'set', tag: 0x00080104, vr: 'LO', value: meaning },
      ]),
    },
    { kind: 'set', tag: LONGITUDINAL, vr: 'CS', value: longitudinal(profile) },
  ];
  if (profile.has('clean-pixel-data')) {
    edits.push({ kind: 'set', tag: BURNED_IN_ANNOTATION, vr: 'CS', value: 'NO' });
  }
  if (profile.has('clean-recognizable-visual-features')) {
    edits.push({ kind: 'set', tag: RECOGNIZABLE_FEATURES, vr: 'CS', value: 'NO' });
  }
  return edits;
}

function longitudinal(profile: Profile): string {
  if (profile.has('retain-long-full-dates')) return 'UNMODIFIED';
  return profile.has('retain-long-modified-dates') ? 'MODIFIED' : 'REMOVED';
}
