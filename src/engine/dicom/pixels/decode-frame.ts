/** Compressed frames back to the values that were stored (PS3.5 section A.4). */
import { inflateRawSync } from 'node:zlib';
import { Decoder as LosslessJpegDecoder } from 'jpeg-lossless-decoder-js';
import { AppError } from '../../../shared/errors.ts';
import type { Decoded } from './codecs/decoded.ts';
import { hasEndOfImage, markedAsRgb, readJpegHeader } from './codecs/jpeg-header.ts';
import type { JpegHeader } from './codecs/jpeg-header.ts';
import { decodeByWasm } from './codecs/wasm.ts';
import type { WasmCodec } from './codecs/wasm.ts';
import { checkImagePixels, storedValues } from './image-pixels.ts';
import type { Frame, ImagePixels } from './image-pixels.ts';
import { bitsOfFrame, nativeFrame } from './native-frames.ts';
import { decodeRle } from './rle.ts';

type Codec = WasmCodec | 'rle' | 'uncompressed' | 'deflated';

const root = '1.2.840.10008.1.2.';

/** By the end of the transfer syntax's UID (PS3.6 table A-1). */
const codecs: Readonly<Record<string, { codec: Codec; name: string }>> = {
  '1.98': { codec: 'uncompressed', name: 'Encapsulated Uncompressed' },
  '4.50': { codec: 'jpeg', name: 'JPEG Baseline' },
  '4.51': { codec: 'jpeg', name: 'JPEG Extended' },
  '4.57': { codec: 'jpeg', name: 'JPEG Lossless' },
  '4.70': { codec: 'jpeg', name: 'JPEG Lossless' },
  '4.80': { codec: 'jpeg-ls', name: 'JPEG-LS Lossless' },
  '4.81': { codec: 'jpeg-ls', name: 'JPEG-LS' },
  '4.90': { codec: 'jpeg-2000', name: 'JPEG 2000 Lossless' },
  '4.91': { codec: 'jpeg-2000', name: 'JPEG 2000' },
  '4.201': { codec: 'htj2k', name: 'High-Throughput JPEG 2000 Lossless' },
  '4.202': { codec: 'htj2k', name: 'High-Throughput JPEG 2000 Lossless RPCL' },
  '4.203': { codec: 'htj2k', name: 'High-Throughput JPEG 2000' },
  '5': { codec: 'rle', name: 'RLE Lossless' },
  '8.1': { codec: 'deflated', name: 'Deflated Image Frame' },
};

function codecOf(uid: string): { codec: Codec; name: string } | undefined {
  return uid.startsWith(root) ? codecs[uid.slice(root.length)] : undefined;
}

/** Whether frames of an encapsulated transfer syntax can be decoded; of JPEG Extended those of 8 bits alone can. */
export function decodesTransferSyntax(uid: string): boolean {
  return codecOf(uid) !== undefined;
}

/**
 * @param uid An encapsulated transfer syntax.
 * @param bytes One frame, its fragments joined.
 * @throws source/malformed where no codec knows the transfer syntax, the stream is damaged or it holds another image
 *   than the attributes describe.
 */
export async function decodeFrame(uid: string, image: ImagePixels, bytes: Uint8Array): Promise<Frame> {
  checkImagePixels(image);
  const known = codecOf(uid);
  if (!known) throw unread(uid);
  const { codec, name } = known;
  switch (codec) {
    case 'uncompressed':
      return frameOfBytes(image, bytes);
    case 'deflated':
      return frameOfBytes(image, inflated(image, bytes, name));
    case 'rle':
      return frameOfBytes({ ...image, planar: false }, decodeRle(bytes, rleLayout(image)));
    case 'jpeg':
      return jpegFrame(image, bytes, name);
    case 'jpeg-ls':
    case 'htj2k':
      // Cut short, CharLS looks for the rest for many seconds, and OpenJPH makes it up.
      if (!hasEndOfImage(bytes)) throw damaged(name);
      return frameOf(image, await decodeByWasm(codec, bytes), name, colours(image));
    case 'jpeg-2000':
      return frameOf(image, await decodeByWasm(codec, bytes), name, colours(image));
  }
}

function frameOfBytes(image: ImagePixels, bytes: Uint8Array): Frame {
  return nativeFrame({ bytes, bigEndian: false, vr: 'OB' }, { ...image, frames: 1 }, 0);
}

function inflated(image: ImagePixels, bytes: Uint8Array, name: string): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.ceil(bitsOfFrame(image) / 8) + 1 });
  } catch {
    throw damaged(name);
  }
}

/** How RLE lays a frame out; pixels of one bit are packed into bytes. */
export function rleLayout({ rows, columns, samplesPerPixel, bitsAllocated }: ImagePixels) {
  const pixels = rows * columns;
  return bitsAllocated === 1
    ? { pixels: Math.ceil(pixels / 8), samplesPerPixel, bytesPerSample: 1 }
    : { pixels, samplesPerPixel, bytesPerSample: bitsAllocated / 8 };
}

/** JPEG 2000 takes its own colour transforms back. */
function colours({ photometricInterpretation: stated }: ImagePixels): string {
  return /^YBR_(RCT|ICT)$/.test(stated) ? 'RGB' : stated;
}

async function jpegFrame(image: ImagePixels, bytes: Uint8Array, name: string): Promise<Frame> {
  const header = readJpegHeader(bytes);
  if (!header) throw damaged(name);
  const { photometricInterpretation: stated } = image;
  if (header.lossless) return frameOf(image, losslessJpeg(bytes), name, stated);
  if (header.precision !== 8) throw unread(`${name}, ${String(header.precision)} bit`);
  if (header.components !== 3) return frameOf(image, await decodeByWasm('jpeg', bytes), name, stated);
  const rgb = isRgb(header, stated);
  const decoded = await decodeByWasm('jpeg', rgb ? markedAsRgb(bytes) : bytes);
  return frameOf(image, decoded, name, 'RGB');
}

/**
 * Without a marker the decoder takes three components for luminance and colour differences and turns them into RGB.
 * The data set is believed where it says otherwise, unless colours have fewer samples, which red and blue never have.
 */
function isRgb(header: JpegHeader, stated: string): boolean {
  if (header.adobeTransform !== undefined) return header.adobeTransform === 0;
  return !header.jfif && stated === 'RGB' && !header.subsampled;
}

/** The decoder fills up what is missing, so the end is looked for first. */
function losslessJpeg(bytes: Uint8Array): Decoded | undefined {
  if (!hasEndOfImage(bytes)) return undefined;
  const precision = readJpegHeader(bytes)?.precision ?? 8;
  // A copy, since the decoder takes a whole buffer; slices of a Buffer would share theirs.
  const own = Uint8Array.from(bytes);
  try {
    const decoder = new LosslessJpegDecoder();
    const samples = decoder.decode(own.buffer, 0, own.length, precision > 8 ? 2 : 1);
    const { dimX, dimY, numComp } = decoder.frame;
    return { rows: dimY, columns: dimX, components: numComp, samples };
  } catch {
    return undefined;
  }
}

function frameOf(
  image: ImagePixels,
  decoded: Decoded | undefined,
  name: string,
  photometricInterpretation: string,
): Frame {
  const { rows, columns, samplesPerPixel, bitsStored } = image;
  const asStated =
    decoded?.rows === rows && decoded.columns === columns && decoded.components === samplesPerPixel;
  if (!asStated) throw damaged(name);
  // A codec puts values into the lowest bits, whatever the high bit of the data set.
  const samples = storedValues(decoded.samples, { ...image, highBit: bitsStored - 1 });
  return { rows, columns, samplesPerPixel, samples, photometricInterpretation };
}

function damaged(syntax: string): AppError {
  return AppError.of('source/malformed', 'pixels_damaged', { syntax });
}

function unread(syntax: string): AppError {
  return AppError.of('source/malformed', 'pixels_codec_unread', { syntax });
}
