/**
 * Turns text in any encoding we know into clean UTF-8, as a stream.
 *
 * DuckDB itself reads UTF-8; its readers of other encodings live in an extension it would have to fetch, and its
 * Latin-1 knows nothing of the € and “ ” that Windows-1252 puts where Latin-1 has control characters. So all other
 * encodings are decoded here, by the WHATWG decoders.
 *
 * Files that several programs have written to may hold lines in UTF-8 beside lines in an older encoding: text without
 * a mark that is not UTF-8 throughout is decoded line by line. Zero bytes are no text and are left out.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { chineseCharacters, type Encoding, type LegacyEncoding } from './encoding.ts';

/** How many lines with more than ASCII are in which encoding, and the first of each (counted from 1; 0: none). */
export interface LineCount {
  count: number;
  first: number;
}

/** What was met while decoding. */
export interface DecodingNotes {
  utf8: LineCount;
  legacy: LineCount;
  /** Zero bytes left out. */
  zeros: number;
}

export function noNotes(): DecodingNotes {
  return { utf8: { count: 0, first: 0 }, legacy: { count: 0, first: 0 }, zeros: 0 };
}

/**
 * Text in `encoding`, block by block, as UTF-8 without zero characters. A byte order mark has been skipped before.
 * @param notes is told what was met
 */
export async function* toUtf8(
  blocks: Iterable<Buffer> | AsyncIterable<Buffer>,
  encoding: Encoding,
  notes: DecodingNotes = noNotes(),
): AsyncIterable<Buffer> {
  if (encoding === 'utf-8') {
    for await (const block of blocks) yield withoutZeros(block, notes);
    return;
  }
  if (encoding === 'windows-1252' || encoding === 'gb18030') {
    const lines = new LineDecoder(encoding, notes);
    for await (const block of blocks) yield withoutZeros(lines.push(block), notes);
    yield withoutZeros(lines.finish(), notes);
    return;
  }
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  for await (const block of blocks)
    yield withoutZeros(Buffer.from(decoder.decode(block, { stream: true })), notes);
  yield withoutZeros(Buffer.from(decoder.decode()), notes);
}

/** The beginning of a text as `toUtf8` would decode it. A byte order mark is skipped, a character cut off left out. */
export function headToUtf8(head: Buffer, encoding: Encoding, skip: number): Buffer {
  const text = head.subarray(skip);
  if (encoding === 'windows-1252' || encoding === 'gb18030') {
    const lines = new LineDecoder(encoding, noNotes());
    return withoutZeros(Buffer.concat([lines.push(text), lines.finish()]), noNotes());
  }
  if (encoding === 'utf-8') return withoutZeros(text, noNotes());
  return withoutZeros(
    Buffer.from(new TextDecoder(encoding, { ignoreBOM: true }).decode(text, { stream: true })),
    noNotes(),
  );
}

/** More bytes than a line of a table has: then it is cut where no encoding of ours has the middle of a character. */
const longestLine = 2 ** 22;

type LineKind = 'utf-8' | 'legacy';

/** Decodes lines one by one, each by the encoding it is in; neighbours in the same one together. */
class LineDecoder {
  readonly #encoding: LegacyEncoding;
  readonly #decoder: InstanceType<typeof TextDecoder>;
  readonly #notes: DecodingNotes;
  #carried: Buffer = Buffer.alloc(0);
  #newline: number | undefined;
  #line = 0;

  constructor(encoding: LegacyEncoding, notes: DecodingNotes) {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding);
    this.#notes = notes;
  }

  push(block: Buffer): Buffer {
    this.#newline ??= block.includes(10) || !block.includes(13) ? 10 : 13;
    const bytes = this.#carried.length === 0 ? block : Buffer.concat([this.#carried, block]);
    let end = bytes.lastIndexOf(this.#newline) + 1;
    if (end === 0 && bytes.length > longestLine) end = lastSafeCut(bytes);
    this.#carried = Buffer.from(bytes.subarray(end));
    return this.#decode(bytes.subarray(0, end));
  }

  finish(): Buffer {
    const rest = this.#carried;
    this.#carried = Buffer.alloc(0);
    return this.#decode(rest);
  }

  #decode(bytes: Buffer): Buffer {
    const parts: Buffer[] = [];
    let kind: LineKind | undefined;
    let start = 0;
    const flush = (end: number): void => {
      const run = bytes.subarray(start, end);
      parts.push(kind === 'legacy' ? Buffer.from(this.#decoder.decode(run)) : run);
      start = end;
    };
    for (let at = 0; at < bytes.length;) {
      const next = bytes.indexOf(this.#newline ?? 10, at);
      const end = next < 0 ? bytes.length : next + 1;
      const line = bytes.subarray(at, end);
      this.#line++;
      if (!isAscii(line)) {
        const own = this.#kindOf(line);
        const count = own === 'legacy' ? this.#notes.legacy : this.#notes.utf8;
        if (count.count++ === 0) count.first = this.#line;
        if (kind !== undefined && kind !== own) flush(at);
        kind = own;
      }
      at = end;
    }
    flush(bytes.length);
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  /**
   * Western text is next to never valid UTF-8 by chance. A short Chinese line is: there, what reads well as Chinese is
   * taken for it first.
   */
  #kindOf(line: Buffer): LineKind {
    if (!isUtf8(line)) return 'legacy';
    if (this.#encoding === 'windows-1252') return 'utf-8';
    const found = chineseCharacters(line);
    return found && found.usual >= found.characters * 0.9 ? 'legacy' : 'utf-8';
  }
}

/** Bytes below 0x30 (blank, comma, quote …) are never part of a longer character. */
function lastSafeCut(bytes: Buffer): number {
  for (let at = bytes.length - 1; at > 0; at--) if (bytes[at]! < 0x30) return at;
  return bytes.length;
}

function withoutZeros(text: Buffer, notes: DecodingNotes): Buffer {
  if (!text.includes(0)) return text;
  const kept = text.filter((byte) => byte !== 0);
  notes.zeros += text.length - kept.length;
  return Buffer.from(kept.buffer, kept.byteOffset, kept.length);
}
