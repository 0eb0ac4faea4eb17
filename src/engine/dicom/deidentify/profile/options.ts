/** The options of the basic profile (PS3.15 section E.3) with their codes (PS3.16 CID 7050). */

import { optionNames, type OptionName } from '../../../../shared/dicom-options.ts';

export { optionNames, type OptionName };

export interface ProfileOption {
  /** Code value of the scheme DCM. */
  readonly code: string;
  readonly meaning: string;
  /** Its column in the table; undefined for options about pixels, which the table does not hold. */
  readonly column?: string;
}

/** Code of the basic profile itself. */
export const basicProfile: ProfileOption = {
  code: '113100',
  meaning: 'Basic Application Confidentiality Profile',
};

export const profileOptions: Readonly<Record<OptionName, ProfileOption>> = {
  'clean-pixel-data': { code: '113101', meaning: 'Clean Pixel Data Option' },
  'clean-recognizable-visual-features': {
    code: '113102',
    meaning: 'Clean Recognizable Visual Features Option',
  },
  'clean-graphics': { code: '113103', meaning: 'Clean Graphics Option', column: 'cleanGraphOpt' },
  'clean-structured-content': {
    code: '113104',
    meaning: 'Clean Structured Content Option',
    column: 'cleanStructContOpt',
  },
  'clean-descriptors': { code: '113105', meaning: 'Clean Descriptors Option', column: 'cleanDescOpt' },
  'retain-long-full-dates': {
    code: '113106',
    meaning: 'Retain Longitudinal Temporal Information Full Dates Option',
    column: 'rtnLongFullDatesOpt',
  },
  'retain-long-modified-dates': {
    code: '113107',
    meaning: 'Retain Longitudinal Temporal Information Modified Dates Option',
    column: 'rtnLongModifDatesOpt',
  },
  'retain-patient-characteristics': {
    code: '113108',
    meaning: 'Retain Patient Characteristics Option',
    column: 'rtnPatCharsOpt',
  },
  'retain-device-identity': {
    code: '113109',
    meaning: 'Retain Device Identity Option',
    column: 'rtnDevIdOpt',
  },
  'retain-uids': { code: '113110', meaning: 'Retain UIDs Option', column: 'rtnUIDsOpt' },
  'retain-safe-private': {
    code: '113111',
    meaning: 'Retain Safe Private Option',
    column: 'rtnSafePrivOpt',
  },
  'retain-institution-identity': {
    code: '113112',
    meaning: 'Retain Institution Identity Option',
    column: 'rtnInstIdOpt',
  },
};

export function isOptionName(text: string): text is OptionName {
  return optionNames.some((name) => name === text);
}
