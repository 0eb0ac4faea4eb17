/** What the Image Pixel module (PS3.3 C.7.6.3) says of the samples, and frames of them once decoded. */
import { AppError } from '../../../shared/errors.ts';

/** The attributes that say how samples are stored. */
export interface ImagePixels {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  /** 1, 8, 16 or 32. */
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  /** Position of the most significant bit, `bitsStored - 1` in all but old files. */
  readonly highBit: number;
  /** Two's complement where true. */
  readonly signed: boolean;
  readonly photometricInterpretation: string;
  /** All samples of one colour, then all of the next. */
  readonly planar: boolean;
  readonly frames: number;
}

export type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

/** One frame as it is stored, decompressed: samples pixel by pixel, row by row, the colours of a pixel side by side. */
export interface Frame {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  /** `rows × columns × samplesPerPixel` values, bits that hold no value taken off and signs extended. */
  readonly samples: Samples;
  /** What the samples mean, after whatever the codec did to colours; 4:2:2 is filled up to YBR_FULL. */
  readonly photometricInterpretation: string;
}

const largestFrame = 2 ** 31 - 1;

/** @throws source/malformed where the attributes contradict one another or describe what Semblance cannot read. */
export function checkImagePixels(image: ImagePixels): void {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, highBit, frames } = image;
  const whole = [rows, columns, samplesPerPixel, frames].every((n) => Number.isInteger(n) && n > 0);
  const bits = bitsStored >= 1 && bitsStored <= bitsAllocated && highBit >= bitsStored - 1;
  const fits = highBit < bitsAllocated && rows * columns * samplesPerPixel * 4 <= largestFrame;
  if (!whole || !bits || !fits) throw AppError.of('source/malformed', 'pixels_contradictory', {});
  const sizes = samplesPerPixel === 1 ? [1, 8, 16, 32] : [8, 16, 32];
  if (!sizes.includes(bitsAllocated) || ![1, 3, 4].includes(samplesPerPixel)) {
    throw AppError.of('source/malformed', 'pixels_layout_unread', {
      bits: bitsAllocated,
      samples: samplesPerPixel,
    });
  }
}

/** Samples of the type that holds values of this image. */
export function samplesFor(bitsAllocated: number, signed: boolean, length: number): Samples {
  if (bitsAllocated <= 8) return signed ? new Int8Array(length) : new Uint8Array(length);
  if (bitsAllocated <= 16) return signed ? new Int16Array(length) : new Uint16Array(length);
  return signed ? new Int32Array(length) : new Uint32Array(length);
}

/**
 * Takes off the bits that hold no value (overlays of old files lie there) and extends the sign.
 *
 * @param raw One number a sample, of which the lowest `bitsAllocated` bits count.
 */
export function storedValues(raw: ArrayLike<number>, image: ImagePixels): Samples {
  const { bitsAllocated, bitsStored, highBit, signed } = image;
  const samples = samplesFor(bitsAllocated, signed, raw.length);
  const left = 31 - highBit;
  const right = 32 - bitsStored;
  for (let i = 0; i < raw.length; i++) {
    const bits = (raw[i] ?? 0) << left;
    samples[i] = signed ? bits >> right : bits >>> right;
  }
  return samples;
}

/** Samples that were stored plane by plane, pixel by pixel. */
export function interleaved<T extends Samples>(planes: T, samplesPerPixel: number): T {
  if (samplesPerPixel === 1) return planes;
  const pixels = planes.length / samplesPerPixel;
  const out = planes.slice();
  for (let sample = 0, from = 0; sample < samplesPerPixel; sample++) {
    for (let pixel = 0; pixel < pixels; pixel++) out[pixel * samplesPerPixel + sample] = planes[from++] ?? 0;
  }
  return out as T;
}
