import type { DicomCounts } from '../../shared/dicom.ts';
import { actionCodes } from '../../shared/dicom-options.ts';
import type { ActionCode, HandlingName, OptionName } from '../../shared/dicom-options.ts';
import { m } from '../../shared/messages/messages.js';

const handlingWords: Readonly<Record<HandlingName, () => string>> = {
  remove: m.dicom_handling_remove,
  empty: m.dicom_handling_empty,
  dummy: m.dicom_handling_dummy,
  keep: m.dicom_handling_keep,
  clean: m.dicom_handling_clean,
  uid: m.dicom_handling_uid,
  'uids-inside': m.dicom_handling_uids_inside,
  pseudonym: m.dicom_handling_pseudonym,
  scrub: m.dicom_handling_scrub,
  private: m.dicom_handling_private,
  unknown: m.dicom_handling_unknown,
};

export function handlingWord(handling: HandlingName): string {
  return handlingWords[handling]();
}

/** Codes that a person would choose; the compound ones leave it to the attribute's type. */
export const offeredCodes: readonly ActionCode[] = actionCodes.filter((code) => !code.includes('/'));

/** The options that the window offers, in the order it does, with what each does. */
export const offeredOptions: readonly { name: OptionName; title: () => string; about: () => string }[] = [
  {
    name: 'clean-pixel-data',
    title: m.dicom_option_clean_pixel_data,
    about: m.dicom_about_clean_pixel_data,
  },
  {
    name: 'clean-recognizable-visual-features',
    title: m.dicom_option_clean_recognizable_visual_features,
    about: m.dicom_about_clean_recognizable_visual_features,
  },
  {
    name: 'clean-descriptors',
    title: m.dicom_option_clean_descriptors,
    about: m.dicom_about_clean_descriptors,
  },
  {
    name: 'clean-structured-content',
    title: m.dicom_option_clean_structured_content,
    about: m.dicom_about_clean_structured_content,
  },
  { name: 'clean-graphics', title: m.dicom_option_clean_graphics, about: m.dicom_about_clean_graphics },
  {
    name: 'retain-long-modified-dates',
    title: m.dicom_option_retain_long_modified_dates,
    about: m.dicom_about_retain_long_modified_dates,
  },
  {
    name: 'retain-long-full-dates',
    title: m.dicom_option_retain_long_full_dates,
    about: m.dicom_about_retain_long_full_dates,
  },
  {
    name: 'retain-patient-characteristics',
    title: m.dicom_option_retain_patient_characteristics,
    about: m.dicom_about_retain_patient_characteristics,
  },
  {
    name: 'retain-device-identity',
    title: m.dicom_option_retain_device_identity,
    about: m.dicom_about_retain_device_identity,
  },
  {
    name: 'retain-institution-identity',
    title: m.dicom_option_retain_institution_identity,
    about: m.dicom_about_retain_institution_identity,
  },
  {
    name: 'retain-safe-private',
    title: m.dicom_option_retain_safe_private,
    about: m.dicom_about_retain_safe_private,
  },
  { name: 'retain-uids', title: m.dicom_option_retain_uids, about: m.dicom_about_retain_uids },
];

/** What is in a project, in one line. */
export function dicomFacts({ patients, studies, series, instances }: DicomCounts): string {
  return m.dicom_facts({
    patients: m.units_patients({ count: patients }),
    studies: m.units_studies({ count: studies }),
    series: m.units_series({ count: series }),
    files: m.units_files({ count: instances }),
  });
}

/** A name as people read it: components without carets, the first representation of several (PS3.5 6.2.1). */
export function personName(name: string): string {
  const [alphabetic = '', ...others] = name.split('=');
  const shown = alphabetic === '' ? (others.find((group) => group !== '') ?? '') : alphabetic;
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = shown
    .split('^')
    .map((part) => part.trim());
  const first = [prefix, given, middle].filter((part) => part !== '').join(' ');
  return [family, first, suffix].filter((part) => part !== '').join(', ');
}

/** A date as it stands in a file, `20201028`, with dashes; anything else as it is. */
export function dicomDate(date: string): string {
  return /^\d{8}$/.test(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : date;
}
