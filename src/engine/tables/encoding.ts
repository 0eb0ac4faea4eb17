/** Which encoding a text is in, judged by its beginning. `utf8-text.ts` turns it into UTF-8. */
import { isUtf8 } from 'node:buffer';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'gb18030'] as const;
export type Encoding = (typeof encodings)[number];
/** What text without a mark is in that is not Unicode: one of these. */
export type LegacyEncoding = 'windows-1252' | 'gb18030';

/** `guessed`: nothing in the file says so. `skip`: bytes of a byte order mark. */
export interface DetectedEncoding {
  encoding: Encoding;
  guessed: boolean;
  skip: number;
}

/** @param head first bytes of the text; `whole` says that nothing follows. */
export function detectEncoding(head: Buffer, whole: boolean): DetectedEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { encoding: 'utf-8', guessed: false, skip: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', guessed: false, skip: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', guessed: false, skip: 2 };
  if (head.subarray(0, 4).equals(gb18030Mark)) return { encoding: 'gb18030', guessed: false, skip: 4 };
  const wide = utf16WithoutMark(head);
  if (wide) return { encoding: wide, guessed: true, skip: 0 };
  const complete = whole ? head : head.subarray(0, characterBoundary(head));
  if (isUtf8(complete)) return { encoding: 'utf-8', guessed: false, skip: 0 };
  return { encoding: guessLegacy(complete), guessed: true, skip: 0 };
}

const gb18030Mark = Buffer.of(0x84, 0x31, 0x95, 0x33);

/** UTF-32, marked or not, which nobody writes tables in on purpose: three of four bytes are zero. */
export function looksUtf32(head: Buffer): boolean {
  const length = Math.min(head.length & ~3, 4096);
  if (length < 8) return false;
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < length; at++) if (head[at] === 0) zeros[at & 3]!++;
  const most = (length / 4) * 0.9;
  return zeros[1]! > most && zeros[2]! > most && (zeros[0]! > most || zeros[3]! > most);
}

/**
 * Western European or Chinese text? Judged by the lines of `bytes` that are not UTF-8. Chinese lines are valid
 * GB 18030 nearly without exception, and most of their characters are among the 3,755 most usual ones or punctuation,
 * away from Latin letters; accented Western letters stand alone among those.
 */
export function guessLegacy(bytes: Buffer): LegacyEncoding {
  let lines = 0;
  let valid = 0;
  let characters = 0;
  let usual = 0;
  for (let start = 0; start < bytes.length;) {
    const next = bytes.indexOf(10, start);
    const line = bytes.subarray(start, next < 0 ? bytes.length : next + 1);
    start += line.length;
    if (isUtf8(line)) continue;
    const found = chineseCharacters(line);
    lines++;
    if (!found) continue;
    valid++;
    characters += found.characters;
    usual += found.usual;
  }
  // The head may end within a character: its last line says nothing where there are others.
  const chinese = valid >= Math.max(1, (lines - 1) * 0.9) && characters > 0 && usual >= characters * 0.6;
  return chinese ? 'gb18030' : 'windows-1252';
}

/**
 * How many characters of more than a byte `line` has as GB 18030, and how many of them are usual in Chinese text.
 * Undefined where it is not valid GB 18030.
 */
export function chineseCharacters(line: Uint8Array): { characters: number; usual: number } | undefined {
  let characters = 0;
  let usual = 0;
  let at = 0;
  while (at < line.length) {
    const lead = line[at]!;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const trail = line[at + 1] ?? 0;
    if (lead === 0x80 || lead === 0xff) return undefined;
    if (trail >= 0x30 && trail <= 0x39) {
      const [third = 0, fourth = 0] = line.subarray(at + 2, at + 4);
      if (third < 0x81 || third > 0xfe || fourth < 0x30 || fourth > 0x39) return undefined;
      usual++;
      at += 4;
    } else {
      if (trail < 0x40 || trail === 0x7f || trail === 0xff) return undefined;
      const inUsualRows = (lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3);
      const besideLetter = isLetter(line[at - 1]) || isLetter(line[at + 2]);
      if (inUsualRows && trail >= 0xa1 && !besideLetter) usual++;
      at += 2;
    }
    characters++;
  }
  return { characters, usual };
}

function isLetter(byte = 0): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** Text is mostly ASCII, which UTF-16 writes with a zero in every other byte. */
function utf16WithoutMark(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const length = Math.min(head.length & ~1, 4096);
  if (length < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (odd > pairs * 0.4 && even < pairs * 0.05) return 'utf-16le';
  if (even > pairs * 0.4 && odd < pairs * 0.05) return 'utf-16be';
  return undefined;
}

/** Length of `bytes` without a UTF-8 character cut off at its end. */
export function characterBoundary(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/**
 * Binary files hold control characters that no text has; UTF-16 has been recognised before. Zero bytes alone do not
 * tell: mainframes and statistics programs pad fields with them, and a copy that was cut off may end in them.
 */
export function looksBinary(text: Uint8Array): boolean {
  const length = Math.min(text.length, 65_536);
  let controls = 0;
  let zeros = 0;
  for (let at = 0; at < length; at++) {
    const byte = text[at]!;
    if (byte === 0) zeros++;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27) controls++;
  }
  if (zeros > 0 && (zeros > length / 2 || !isUtf8(text.subarray(0, characterBoundary(text))))) return true;
  return controls > (length - zeros) / 200;
}
