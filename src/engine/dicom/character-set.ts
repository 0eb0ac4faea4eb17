/** Text in the Specific Character Set of a data set (PS3.3 C.12.1.1.2, PS3.5 section 6.1). */
import { convertBytes } from 'dicom-character-set';
import { type Vr } from './vr.ts';

export interface CharacterSet {
  /** The defined terms, spelled as the standard does, separated by backslashes; empty for the default repertoire. */
  readonly terms: string;
  /** Bytes no character belongs to become U+FFFD; terms nobody knows are read as ISO 8859-1. */
  decode(bytes: Uint8Array, vr: Vr): string;
  /** Undefined where a character cannot be written in this set without changing to another within the value. */
  encode(text: string): Uint8Array | undefined;
}

const latin9 = 'ISO_IR 203';

/** Single-byte sets, and those of several bytes that need no escape sequence, by their encoding for TextDecoder. */
const encodings: Readonly<Record<string, string>> = {
  'ISO_IR 100': 'latin1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'windows-1254',
  'ISO_IR 166': 'tis-620',
  [latin9]: 'iso-8859-15',
};
const utf8 = 'ISO_IR 192';
const chinese = ['GB18030', 'GBK'];
/** Of these only ASCII is written: the first is no superset of it, the others change by escape sequences. */
const readOnly = [
  'ISO_IR 13',
  'ISO 2022 IR 13',
  'ISO 2022 IR 87',
  'ISO 2022 IR 159',
  'ISO 2022 IR 149',
  'ISO 2022 IR 58',
];

/** The defined terms that are understood, and whether all of their characters can be written as well. */
export const characterSetTerms: readonly { readonly term: string; readonly written: boolean }[] = [
  { term: 'none, ISO_IR 6', written: true },
  ...Object.keys(encodings).flatMap((term) => {
    const extended = { term: term.replace('ISO_IR', 'ISO 2022 IR'), written: true };
    return [{ term, written: true }, ...(term === latin9 ? [] : [extended])];
  }),
  ...[utf8, ...chinese].map((term) => ({ term, written: true })),
  ...readOnly.map((term) => ({ term, written: false })),
];

const windowsLatin = new TextDecoder('latin1');

/** Undefined where a character is none of ASCII. */
export function asciiBytes(text: string): Uint8Array | undefined {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return undefined;
  return Buffer.from(text, 'latin1');
}

const made = new Map<string, CharacterSet>();

/** @param values of (0008,0005), in their order; misspellings that are often met are understood. */
export function characterSetOf(values: readonly string[]): CharacterSet {
  const terms = values.map(spelled).join('\\').replace(/\\+$/, '');
  let set = made.get(terms);
  if (!set) {
    set = { terms, decode: decoderOf(terms), encode: encoderOf(terms) };
    // A file can name any set, and a hundred thousand files any number of them.
    if (made.size < 256) made.set(terms, set);
  }
  return set;
}

function spelled(term: string): string {
  const plain = term.trim().toUpperCase();
  const parts = /^ISO[ _-]?(2022[ _-])?IR[ _-]?(\d+)$/.exec(plain);
  if (!parts) return plain;
  if (parts[1] !== undefined) return `ISO 2022 IR ${parts[2]}`;
  // The default repertoire is what an absent term says.
  return parts[2] === '6' ? '' : `ISO_IR ${parts[2]}`;
}

function decoderOf(terms: string): CharacterSet['decode'] {
  const latin1 = (bytes: Uint8Array) => windowsLatin.decode(bytes);
  if (terms === '') return latin1;
  // Newer than the library.
  if (terms === latin9) return (bytes) => new TextDecoder('iso-8859-15').decode(bytes);
  // Files change to ASCII by an escape sequence without having said so.
  const allowed = terms.includes('2022') && !terms.includes('IR 6') ? `${terms}\\ISO 2022 IR 6` : terms;
  // A yen sign stands in place of the backslash.
  const hidesAscii = /IR 13(\\|$)/.test(terms);
  return (bytes, vr) => {
    if (!hidesAscii && isPlain(bytes)) return latin1(bytes);
    try {
      return convertBytes(allowed, bytes, { vr });
    } catch {
      return latin1(bytes);
    }
  };
}

/** Whether bytes are ASCII in any set but that of the yen sign: none above 127, and no escape. */
function isPlain(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f || byte === 0x1b) return false;
  return true;
}

function encoderOf(terms: string): CharacterSet['encode'] {
  const first = terms.split('\\', 1)[0] ?? '';
  if (first === utf8) return (text) => new TextEncoder().encode(text);
  let table: ReadonlyMap<string, readonly number[]> | undefined;
  return (text) => {
    const ascii = asciiBytes(text);
    if (ascii) return ascii;
    table ??= tableOf(first);
    return encodeBy(text, table);
  };
}

function encodeBy(text: string, table: ReadonlyMap<string, readonly number[]>): Uint8Array | undefined {
  const out: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) out.push(code);
    else {
      const bytes = table.get(character);
      if (!bytes) return undefined;
      out.push(...bytes);
    }
  }
  return Uint8Array.from(out);
}

/** Each character of a set with its bytes, found by decoding all there are. */
function tableOf(term: string): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  if (chinese.includes(term)) {
    const decoder = new TextDecoder('gbk');
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        const character = decoder.decode(Uint8Array.of(lead, trail));
        if (character.length === 1 && character !== '�') table.set(character, [lead, trail]);
      }
    }
    return table;
  }
  const encoding = encodings[term.replace('ISO 2022 IR', 'ISO_IR')];
  if (encoding === undefined) return table;
  const decoder = new TextDecoder(encoding);
  for (let byte = 0xa0; byte <= 0xff; byte++) {
    const character = decoder.decode(Uint8Array.of(byte));
    if (character !== '�') table.set(character, [byte]);
  }
  return table;
}
