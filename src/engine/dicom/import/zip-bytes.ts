/** The bytes of a zip file for yauzl, read at once: of many small reads, waiting in turn takes most of the time. */
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { type Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import { unreadable } from './walk.ts';

export class ZipBytes extends RandomAccessReader {
  readonly size: number;
  readonly #path: string;
  readonly #descriptor: number;

  /** @throws source/no-permission, source/not-found or source/malformed where the file system refuses. */
  constructor(path: string) {
    super();
    try {
      this.#path = path;
      this.#descriptor = openSync(path, 'r');
      this.size = fstatSync(this.#descriptor).size;
    } catch (error) {
      throw unreadable(error);
    }
  }

  /** @throws RangeError where the file ends before. */
  bytesAt(position: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    const count = readSync(this.#descriptor, bytes, 0, length, position);
    if (count < length) throw new RangeError('The file ends before.');
    return bytes;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    try {
      this.bytesAt(position, length).copy(buffer, offset);
    } catch (error) {
      process.nextTick(callback, error);
      return;
    }
    process.nextTick(callback, null);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.#path, { start, end: end - 1 });
  }

  /** What yauzl calls, if it comes to that; the file stays open for `release`. */
  override close(callback: (error: Error | null) => void): void {
    process.nextTick(callback, null);
  }

  release(): void {
    closeSync(this.#descriptor);
  }
}
