/**
 * The second look at what was written, independent of how it was made: nothing that identified anybody in the source may
 * stand anywhere in the bytes of the output.
 */
import { PIXEL_DATA } from '../tag.ts';

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
/** In pixels shorter texts come up by chance: once in a thousand images of a megabyte at four bytes, never at six. */
const shortestInPixels = 6;

/** What to look for of a value: a whole date, UID or identifier, and each part of a name or address. */
export function needlesOf(tag: number, kind: NeedleKind, value: string): Needle[] {
  const parts = kind === 'name' || kind === 'address' ? value.split(/[\s^=,.;/\\]+/) : [value.trim()];
  return [...new Set(parts)].filter((text) => text.length >= shortest).map((text) => ({ tag, kind, text }));
}

/**
 * The first hit of each needle, in any case, in Latin-1, UTF-8 and UTF-16. Digits count where they are not part of a
 * longer number: the UIDs that are written hold any digits by chance.
 * @param bytes as they are read, inflated where the file is deflated.
 */
export function findLeaks(bytes: Uint8Array, needles: readonly Needle[], regions: readonly Region[]): Leak[] {
  const hay = folded(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  return needles.flatMap((needle) => {
    const at = firstHit(hay, needle, regions);
    return at === undefined ? [] : [{ of: needle.tag, in: regionAt(regions, at)?.tag, at }];
  });
}

function firstHit(hay: Buffer, needle: Needle, regions: readonly Region[]): number | undefined {
  for (const form of formsOf(needle.text)) {
    for (let at = hay.indexOf(form); at >= 0; at = hay.indexOf(form, at + 1))
      if (counts(hay, at, form.length, needle, regionAt(regions, at))) return at;
  }
  return undefined;
}

function counts(
  hay: Buffer,
  at: number,
  length: number,
  { text, kind }: Needle,
  region: Region | undefined,
): boolean {
  if (region?.tag === PIXEL_DATA && text.length < shortestInPixels) return false;
  if (!/^[\d.]+$/.test(text)) return true;
  const before = isDigit(hay[at - 1]);
  // A date may begin a date and time.
  return !before && (kind === 'date' || !isDigit(hay[at + length]));
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function formsOf(text: string): Buffer[] {
  // Beyond ASCII the case of UTF-8 is not that of its bytes.
  const forms = [text, text.toLowerCase(), text.toUpperCase()].map((form) =>
    folded(Buffer.from(form, 'utf8').toString('latin1')),
  );
  if (/[\u0080-\u00ff]/.test(text)) forms.push(folded(text));
  const wide = Buffer.from(text.toLowerCase(), 'utf16le');
  forms.push(wide, Buffer.from(wide).swap16());
  return forms;
}

/** Bytes in lower case, read as Latin-1: what is sought and what is searched alike. */
function folded(latin1: string): Buffer {
  return Buffer.from(latin1.toLowerCase(), 'latin1');
}

/** Of regions that lie in each other, the innermost; they are in the order of their starts. */
function regionAt(regions: readonly Region[], at: number): Region | undefined {
  return regions.findLast(({ start, end }) => at >= start && at < end);
}
