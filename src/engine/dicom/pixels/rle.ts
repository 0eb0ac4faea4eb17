/** RLE Lossless (PS3.5 annex G): a frame is a header and up to 15 segments of PackBits, one for each byte of a sample. */
import { AppError } from '../../../shared/errors.ts';

const headerLength = 64;
const mostSegments = 15;
const longestRun = 128;

/** How the bytes of samples lie: little-endian, the colours of a pixel side by side. */
export interface SampleBytes {
  readonly pixels: number;
  readonly samplesPerPixel: number;
  readonly bytesPerSample: number;
}

/**
 * @param bytes One frame, compressed.
 * @returns Its samples, `pixels × samplesPerPixel × bytesPerSample` bytes.
 * @throws source/malformed where it is cut short or has other segments than the image asks for.
 */
export function decodeRle(bytes: Uint8Array, layout: SampleBytes): Uint8Array {
  const { pixels, samplesPerPixel, bytesPerSample } = layout;
  const segments = samplesPerPixel * bytesPerSample;
  if (bytes.length < headerLength) throw damaged();
  const header = new DataView(bytes.buffer, bytes.byteOffset, headerLength);
  if (header.getUint32(0, true) !== segments || segments > mostSegments) throw damaged();
  const out = new Uint8Array(pixels * segments);
  for (let segment = 0; segment < segments; segment++) {
    const from = header.getUint32(4 + 4 * segment, true);
    const to = segment + 1 < segments ? header.getUint32(8 + 4 * segment, true) : bytes.length;
    if (from < headerLength || to < from || to > bytes.length) throw damaged();
    decodeSegment(bytes.subarray(from, to), out, place(segment, bytesPerSample), segments);
  }
  return out;
}

/** Where the first byte of a segment goes: the most significant byte of a sample comes first. */
function place(segment: number, bytesPerSample: number): number {
  const sample = Math.floor(segment / bytesPerSample);
  return sample * bytesPerSample + (bytesPerSample - 1 - (segment % bytesPerSample));
}

/** PackBits. What follows a full segment is padding. */
function decodeSegment(packed: Uint8Array, out: Uint8Array, start: number, step: number): void {
  let to = start;
  for (let from = 0; to < out.length;) {
    const control = packed[from++];
    if (control === undefined) throw damaged();
    if (control < longestRun) {
      const count = control + 1;
      if (from + count > packed.length) throw damaged();
      for (let i = 0; i < count && to < out.length; i++, to += step) out[to] = packed[from + i] ?? 0;
      from += count;
    } else if (control > longestRun) {
      const value = packed[from++];
      if (value === undefined) throw damaged();
      for (let i = 0; i < 257 - control && to < out.length; i++, to += step) out[to] = value;
    }
  }
}

/**
 * @param bytes Samples as `decodeRle` returns them.
 * @param columns Pixels of a row: no run goes beyond its end, as the standard asks.
 * @returns One frame, compressed, of even length.
 */
export function encodeRle(bytes: Uint8Array, columns: number, layout: SampleBytes): Uint8Array {
  const { samplesPerPixel, bytesPerSample } = layout;
  const segments = samplesPerPixel * bytesPerSample;
  const out = new ByteSink(headerLength + bytes.length);
  out.skip(headerLength);
  const offsets: number[] = [];
  const row = new Uint8Array(columns);
  for (let segment = 0; segment < segments; segment++) {
    offsets.push(out.length);
    let from = place(segment, bytesPerSample);
    while (from < bytes.length) {
      for (let column = 0; column < columns; column++, from += segments) row[column] = bytes[from] ?? 0;
      encodeRow(row, out);
    }
    if (out.length % 2 === 1) out.push(0);
  }
  const frame = out.bytes();
  const header = new DataView(frame.buffer, frame.byteOffset, headerLength);
  header.setUint32(0, segments, true);
  offsets.forEach((offset, segment) => {
    header.setUint32(4 + 4 * segment, offset, true);
  });
  return frame;
}

/** Runs of two and more are packed, except a pair within a literal, which would only cost. */
function encodeRow(row: Uint8Array, out: ByteSink): void {
  let literal = 0;
  for (let at = 0; at < row.length;) {
    let run = 1;
    while (at + run < row.length && run < longestRun && row[at + run] === row[at]) run++;
    if (run >= 3 || (run === 2 && literal === at)) {
      writeLiteral(row, literal, at, out);
      out.push(257 - run);
      out.push(row[at] ?? 0);
      literal = at + run;
    }
    at += run;
  }
  writeLiteral(row, literal, row.length, out);
}

function writeLiteral(row: Uint8Array, from: number, to: number, out: ByteSink): void {
  for (let at = from; at < to; at += longestRun) {
    const end = Math.min(at + longestRun, to);
    out.push(end - at - 1);
    for (let i = at; i < end; i++) out.push(row[i] ?? 0);
  }
}

/** Bytes one after the other, in a buffer that grows. */
class ByteSink {
  length = 0;
  #buffer: Uint8Array;

  constructor(expected: number) {
    this.#buffer = new Uint8Array(expected);
  }

  push(byte: number): void {
    if (this.length === this.#buffer.length) this.#grow(this.length + 1);
    this.#buffer[this.length++] = byte;
  }

  skip(count: number): void {
    this.length += count;
    if (this.length > this.#buffer.length) this.#grow(this.length);
  }

  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.length);
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, 2 * this.#buffer.length));
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}

function damaged(): AppError {
  return AppError.of('source/malformed', 'pixels_damaged', { syntax: 'RLE' });
}
