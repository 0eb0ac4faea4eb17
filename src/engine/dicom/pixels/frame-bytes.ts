/** Frames written as bytes: uncompressed Pixel Data, and what `encodeRle` takes. */
import { samplesFor } from './image-pixels.ts';
import type { Frame, ImagePixels } from './image-pixels.ts';

/**
 * The samples of a frame, of whole bytes, one colour beside the other. Unused bits are zero, whatever lay in them:
 * old files keep overlays there.
 */
export function frameBytes(frame: Frame, image: ImagePixels, bigEndian = false): Uint8Array {
  const { bitsAllocated, bitsStored } = image;
  const size = bitsAllocated / 8;
  const mask = bitsStored === 32 ? 0xffffffff : 2 ** bitsStored - 1;
  const words = samplesFor(bitsAllocated, false, frame.samples.length);
  for (let i = 0; i < words.length; i++) words[i] = (frame.samples[i] ?? 0) & mask;
  const bytes = new Uint8Array(words.length * size);
  for (let i = 0, to = 0; i < words.length; i++) {
    for (let byte = 0; byte < size; byte++) {
      const place = bigEndian ? size - 1 - byte : byte;
      bytes[to++] = ((words[i] ?? 0) >>> (8 * place)) & 255;
    }
  }
  return bytes;
}

/** Frames of one bit a pixel, one right after the other, the first pixel in the lowest bit (PS3.5 section 8.1.1). */
export function packedBits(frames: readonly Frame[]): Uint8Array {
  const count = frames.reduce((sum, { samples }) => sum + samples.length, 0);
  const bytes = new Uint8Array(Math.ceil(count / 8));
  let bit = 0;
  for (const { samples } of frames) {
    for (const sample of samples) {
      if (sample !== 0) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
      bit++;
    }
  }
  return bytes;
}
