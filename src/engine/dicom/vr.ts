/** Value representations and how their values are laid out (PS3.5 section 6.2 and 7.1.2). */

export const vrs = [
  'AE',
  'AS',
  'AT',
  'CS',
  'DA',
  'DS',
  'DT',
  'FD',
  'FL',
  'IS',
  'LO',
  'LT',
  'OB',
  'OD',
  'OF',
  'OL',
  'OV',
  'OW',
  'PN',
  'SH',
  'SL',
  'SQ',
  'SS',
  'ST',
  'SV',
  'TM',
  'UC',
  'UI',
  'UL',
  'UN',
  'UR',
  'US',
  'UT',
  'UV',
] as const;

export type Vr = (typeof vrs)[number];

const known: ReadonlySet<string> = new Set(vrs);
const longLength: ReadonlySet<Vr> = new Set<Vr>([
  'OB',
  'OD',
  'OF',
  'OL',
  'OV',
  'OW',
  'SQ',
  'SV',
  'UC',
  'UN',
  'UR',
  'UT',
  'UV',
]);
const inCharacterSet: ReadonlySet<Vr> = new Set<Vr>(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
const asciiText: ReadonlySet<Vr> = new Set<Vr>(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'TM', 'UI', 'UR']);
const singleText: ReadonlySet<Vr> = new Set<Vr>(['LT', 'ST', 'UR', 'UT']);

/** Numbers of one value, in bytes. AT is a pair of 16-bit numbers and treated apart. */
const numberSizes: Readonly<Partial<Record<Vr, 2 | 4 | 8>>> = {
  SS: 2,
  US: 2,
  SL: 4,
  UL: 4,
  FL: 4,
  FD: 8,
  SV: 8,
  UV: 8,
  OW: 2,
  OL: 4,
  OF: 4,
  OD: 8,
  OV: 8,
};

export function isVr(text: string): text is Vr {
  return known.has(text);
}

/** Whether explicit elements keep their length in four bytes after two reserved ones, rather than in two. */
export function hasLongLength(vr: Vr): boolean {
  return longLength.has(vr);
}

/** Whether values are text, in ASCII or in the Specific Character Set. */
export function isText(vr: Vr): boolean {
  return asciiText.has(vr) || inCharacterSet.has(vr);
}

/** Whether values are written in the Specific Character Set of the data set. */
export function usesCharacterSet(vr: Vr): boolean {
  return inCharacterSet.has(vr);
}

/** Whether a backslash separates values; in the others it is a character like any other. */
export function isMultiValuedText(vr: Vr): boolean {
  return isText(vr) && !singleText.has(vr);
}

/** Bytes of one number of a binary value; undefined where values are not numbers of one size. */
export function numberSize(vr: Vr): 2 | 4 | 8 | undefined {
  return numberSizes[vr];
}

/** The byte that fills a value up to an even length. */
export function padding(vr: Vr): number {
  return isText(vr) && vr !== 'UI' ? 0x20 : 0;
}
