/**
 * The second look at what was written, independent of how it was made: nothing that identified anybody in the source may
 * stand anywhere in the bytes of the output.
 */
import { isSafeWord } from './free-text/vocabulary.ts';
import { BytePatterns } from './byte-patterns.ts';

export type NeedleKind = 'name' | 'id' | 'date' | 'address' | 'uid';

/** A value of the source that must not be found, with the attribute it is of. */
export interface Needle {
  readonly tag: number;
  readonly kind: NeedleKind;
  readonly text: string;
}

/** Where an element's value lies in the output. */
export interface Region {
  readonly tag: number;
  readonly vr: string;
  readonly start: number;
  readonly end: number;
  /** Whether its words are the writer's own: they say how it was de-identified. */
  readonly isOwn?: boolean;
}

/** A hit names attributes alone, never the value. */
export interface Leak {
  /** The attribute of the source. */
  readonly of: number;
  /** The element of the output; undefined outside all: preamble, headers, padding. */
  readonly in: number | undefined;
  readonly at: number;
}

const shortest = 4;
/**
 * In large binary values shorter texts come up by chance: once in a thousand images of a megabyte at four bytes, never
 * at six.
 */
const shortestInBulk = 6;
const bulk = 4096;
const binary: ReadonlySet<string> = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);
const numbers: ReadonlySet<string> = new Set(['DS', 'IS', 'TM', 'DA', 'DT', 'AS']);
/** Terms of structured reports that hold words within (PS3.3 C.17.3.2.1). */
const valueTypes = /^(?:CONTAINER|COMPOSITE|DATETIME|IMAGE|PNAME|[ST]COORD|TABLE|UIDREF|WAVEFORM)$/;
const CODE_MEANING = 0x00080104;

/** What to look for of a value: a whole date, UID or identifier, and each part of a name or address. */
export function needlesOf(tag: number, kind: NeedleKind, value: string): Needle[] {
  const parts = kind === 'name' || kind === 'address' ? value.split(/[\s^=,.;/\\]+/) : [value.trim()];
  return [...new Set(parts)].filter((text) => text.length >= shortest).map((text) => ({ tag, kind, text }));
}

/**
 * The first hit of each needle, in any case, in Latin-1, UTF-8 and UTF-16. Digits count where they are not part of a
 * longer number: the UIDs that are written hold any digits by chance. Letters within a word that is known to name nobody
 * (“Tran” in “TRANSVERSE”) are no hit.
 *
 * @param bytes as they are read, inflated where the file is deflated.
 * @param regionsOf in the order of their starts, inner ones after outer; asked for once there is a hit.
 */
export function findLeaks(
  bytes: Uint8Array,
  needles: readonly Needle[],
  regionsOf: () => readonly Region[],
): Leak[] {
  const patterns = new BytePatterns<Needle>();
  for (const needle of needles) for (const form of formsOf(needle.text)) patterns.add(form, needle);
  const found = new Map<Needle, Leak>();
  let regions: readonly Region[] | undefined;
  patterns.scan(bytes, (needle, at, length) => {
    if (found.has(needle)) return;
    const region = regionAt((regions ??= regionsOf()), at);
    if (counts(bytes, at, length, needle, region)) found.set(needle, { of: needle.tag, in: region?.tag, at });
  });
  return [...found.values()];
}

function counts(
  bytes: Uint8Array,
  at: number,
  length: number,
  { text, kind }: Needle,
  region: Region | undefined,
): boolean {
  if (region?.isOwn === true) return false;
  const vr = region?.vr ?? '';
  const isBulk = region !== undefined && binary.has(vr) && region.end - region.start > bulk;
  if (isBulk && text.length < shortestInBulk) return false;
  if (/^[\d.]+$/.test(text)) {
    // What remains of other UIDs says of what kind a thing is.
    if (vr === 'UI' && kind !== 'uid') return false;
    if (numbers.has(vr) && kind !== 'date' && kind !== 'uid')
      return text.length >= shortestInBulk && isWhole(bytes, at, length, region);
    // A date may begin a date and time.
    return !isDigit(bytes[at - 1]) && (kind === 'date' || !isDigit(bytes[at + length]));
  }
  if (region === undefined || isBulk || binary.has(vr)) return true;
  const word = wordAround(bytes, at, length, region);
  if (word.length > length) return !isSafeWord(word) && !(vr === 'CS' && valueTypes.test(word));
  return !((vr === 'CS' || region.tag === CODE_MEANING) && isSafeWord(word));
}

/** Whether nothing else stands in the value. */
function isWhole(bytes: Uint8Array, at: number, length: number, region: Region | undefined): boolean {
  if (!region) return true;
  const isEdge = (i: number) => i < region.start || i >= region.end || !isNumberPart(bytes[i]);
  return isEdge(at - 1) && isEdge(at + length);
}

function isNumberPart(byte: number | undefined): boolean {
  return isDigit(byte) || byte === 0x2e || byte === 0x2d || byte === 0x2b;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function wordAround(bytes: Uint8Array, at: number, length: number, { start, end }: Region): string {
  let [from, to] = [at, at + length];
  while (from > start && isLetter(bytes[from - 1])) from--;
  while (to < end && isLetter(bytes[to])) to++;
  return Buffer.from(bytes.subarray(from, to)).toString('latin1');
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

function formsOf(text: string): Uint8Array[] {
  const forms = [Buffer.from(text, 'utf8')];
  // Beyond ASCII the case of UTF-8 is not that of its bytes.
  if (forms[0]?.length !== text.length) {
    forms.push(Buffer.from(text.toLowerCase(), 'utf8'), Buffer.from(text.toUpperCase(), 'utf8'));
    if (/[\u0080-\u00ff]/.test(text)) forms.push(Buffer.from(text, 'latin1'));
  }
  const wide = Buffer.from(text, 'utf16le');
  forms.push(wide, Buffer.from(wide).swap16());
  return forms;
}

/** Of regions that lie in each other, the innermost. */
function regionAt(regions: readonly Region[], at: number): Region | undefined {
  return regions.findLast(({ start, end }) => at >= start && at < end);
}
