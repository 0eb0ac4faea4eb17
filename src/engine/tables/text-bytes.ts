/**
 * The text of a source as UTF-8 bytes, wherever it comes from: the file itself, a gzip stream, or text decoded
 * from another encoding. Sources are linked, not copied; only text that DuckDB cannot read is decoded into our
 * temporary folder, and removed on close.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, gunzipSync, type Gunzip } from 'node:zlib';
import { AppError } from '../../shared/errors.ts';
import type { Encoding } from './encoding.ts';
import { errorCode, sourceError } from './source-file.ts';
import { temporaryPath } from './temporary.ts';
import { toUtf8, type DecodingNotes } from './utf8-text.ts';

const blockBytes = 2 ** 20;
/** Unpacked gzip text kept for scrolling back; beyond it, the file is unpacked again from its start. */
const keptBytes = 128 * 2 ** 20;

export interface TextBytes {
  /** What DuckDB opens. */
  readonly path: string;
  readonly gzip: boolean;
  /** The whole text, from its first byte after a byte order mark. */
  stream(): AsyncIterable<Buffer>;
  /** Bytes `start` (inclusive) to `end` (exclusive) of `stream()`. */
  read(start: number, end: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Text in a file as it lies there. `skip`: bytes of a byte order mark. */
export function plainText(path: string, skip: number): TextBytes {
  let handle: Promise<FileHandle> | undefined;
  const name = basename(path);
  return {
    path,
    gzip: false,
    stream: () => readable(createReadStream(path, { start: skip, highWaterMark: blockBytes }), name),
    async read(start, end) {
      handle ??= open(path, 'r');
      try {
        const file = await handle;
        const buffer = Buffer.alloc(Math.max(0, end - start));
        let filled = 0;
        while (filled < buffer.length) {
          const { bytesRead } = await file.read(
            buffer,
            filled,
            buffer.length - filled,
            skip + start + filled,
          );
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return buffer.subarray(0, filled);
      } catch (error) {
        handle = undefined;
        throw sourceError(error, name);
      }
    },
    async close() {
      await (await handle?.catch(() => undefined))?.close();
      handle = undefined;
    },
  };
}

/** Text in a gzip file. Blocks seen by `stream()` are kept up to a limit, so that scrolling is quick. */
export function gzipText(path: string, skip: number): TextBytes {
  let blocks: Buffer[] | undefined = [];
  let complete = false;
  let streaming = false;
  const name = basename(path);
  const unpack = (): AsyncIterable<Buffer> => dropFirst(readable(unpacked(path), name), skip);
  return {
    path,
    gzip: true,
    async *stream() {
      if (complete && blocks) {
        yield* blocks;
        return;
      }
      const keep = !streaming;
      streaming = true;
      let total = 0;
      for await (const block of unpack()) {
        total += block.length;
        if (keep) {
          if (total > keptBytes) blocks = undefined;
          blocks?.push(block);
        }
        yield block;
      }
      if (keep) complete = true;
    },
    async read(start, end) {
      return range(complete && blocks ? blocks : unpack(), start, end);
    },
    async close() {
      blocks = undefined;
    },
  };
}

/** Text decoded into our temporary folder, removed on close. `notes` is told what was met. */
export async function decodedText(
  path: string,
  packed: boolean,
  encoding: Encoding,
  skip: number,
  signal: AbortSignal,
  notes: DecodingNotes,
): Promise<TextBytes> {
  const bytes = packed ? gzipText(path, skip) : plainText(path, skip);
  return temporaryText(toUtf8(bytes.stream(), encoding, notes), 'txt', signal);
}

/** `content` written into our temporary folder as text of its own. */
export async function temporaryText(
  content: AsyncIterable<Uint8Array>,
  extension: string,
  signal: AbortSignal,
): Promise<TextBytes> {
  const path = await temporaryPath(extension);
  try {
    await pipeline(content, createWriteStream(path, { mode: 0o600, highWaterMark: blockBytes }), { signal });
  } catch (error) {
    await rm(path, { force: true });
    if (errorCode(error) === 'ENOSPC')
      throw AppError.of('output/disk-full', 'temporary_disk_full', {}, { cause: error });
    throw error;
  }
  const text = plainText(path, 0);
  return {
    ...text,
    async close() {
      await text.close();
      await rm(path, { force: true });
    },
  };
}

function unpacked(path: string): Gunzip {
  const packed = createReadStream(path, { highWaterMark: 256 * 1024 });
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  packed.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => packed.destroy());
  return packed.pipe(gunzip);
}

/** Unpacks the beginning of a gzip file from its first bytes. */
export function unpackHead(head: Buffer, name: string): Buffer {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    throw damagedArchive(name, error);
  }
}

function damagedArchive(name: string, cause: unknown): AppError {
  return AppError.of('source/malformed', 'gzip_damaged', { file: name }, { cause });
}

async function* readable(stream: AsyncIterable<unknown>, name: string): AsyncIterable<Buffer> {
  try {
    for await (const chunk of stream) if (Buffer.isBuffer(chunk)) yield chunk;
  } catch (error) {
    if (errorCode(error)?.startsWith('Z_')) throw damagedArchive(name, error);
    throw sourceError(error, name);
  }
}

async function* dropFirst(blocks: AsyncIterable<Buffer>, bytes: number): AsyncIterable<Buffer> {
  let left = bytes;
  for await (const block of blocks) {
    if (left >= block.length) left -= block.length;
    else {
      yield left === 0 ? block : block.subarray(left);
      left = 0;
    }
  }
}

async function range(
  blocks: Iterable<Buffer> | AsyncIterable<Buffer>,
  start: number,
  end: number,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let at = 0;
  for await (const block of blocks) {
    if (at >= end) break;
    if (at + block.length > start)
      parts.push(block.subarray(Math.max(0, start - at), Math.min(block.length, end - at)));
    at += block.length;
  }
  return Buffer.concat(parts);
}
