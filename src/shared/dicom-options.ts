/** The options of the basic confidentiality profile (DICOM PS3.15 section E.3), by the names Semblance gives them. */

export const optionNames = [
  'clean-pixel-data',
  'clean-recognizable-visual-features',
  'clean-graphics',
  'clean-structured-content',
  'clean-descriptors',
  'retain-long-full-dates',
  'retain-long-modified-dates',
  'retain-patient-characteristics',
  'retain-device-identity',
  'retain-uids',
  'retain-safe-private',
  'retain-institution-identity',
] as const;

export type OptionName = (typeof optionNames)[number];

/** Dummy, empty, remove, keep, clean, new UID, and those that the attribute's type decides (table E.1-1a). */
export const actionCodes = ['D', 'Z', 'X', 'K', 'C', 'U', 'Z/D', 'X/Z', 'X/D', 'X/Z/D', 'X/Z/U*'] as const;

export type ActionCode = (typeof actionCodes)[number];

/** What becomes of an attribute. */
export const handlings = [
  'remove',
  'empty',
  'dummy',
  'keep',
  'clean',
  'uid',
  'uids-inside',
  'pseudonym',
  'scrub',
  'private',
  'unknown',
] as const;

export type HandlingName = (typeof handlings)[number];
