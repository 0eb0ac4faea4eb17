/**
 * Which encoding a text is in, and turning it into UTF-8 as a stream.
 *
 * DuckDB itself reads UTF-8; its readers of other encodings live in an extension it would have to fetch, and its
 * Latin-1 knows nothing of the € and “ ” that Windows-1252 puts where Latin-1 has control characters. So all other
 * encodings are decoded here, by the WHATWG decoders.
 */
import { isUtf8 } from 'node:buffer';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

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
  const wide = utf16WithoutMark(head);
  if (wide) return { encoding: wide, guessed: true, skip: 0 };
  const complete = whole ? head : head.subarray(0, characterBoundary(head));
  if (isUtf8(complete)) return { encoding: 'utf-8', guessed: false, skip: 0 };
  return { encoding: 'windows-1252', guessed: true, skip: 0 };
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

/** Binary files hold control characters that no text has; UTF-16 has been recognised before. */
export function looksBinary(text: Uint8Array): boolean {
  const length = Math.min(text.length, 65_536);
  let controls = 0;
  for (let at = 0; at < length; at++) {
    const byte = text[at]!;
    if (byte === 0) return true;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27) controls++;
  }
  return controls > length / 200;
}

/** Text in `encoding`, block by block, as UTF-8. A byte order mark has been skipped before. */
export async function* toUtf8(blocks: AsyncIterable<Buffer>, encoding: Encoding): AsyncIterable<Buffer> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  for await (const block of blocks) yield Buffer.from(decoder.decode(block, { stream: true }));
  yield Buffer.from(decoder.decode());
}
