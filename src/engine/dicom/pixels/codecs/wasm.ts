/** Codecs compiled to WebAssembly: JPEG, JPEG-LS, JPEG 2000 and high-throughput JPEG 2000. */
import { interleaved } from '../image-pixels.ts';
import type { Decoded } from './decoded.ts';

export type WasmCodec = 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k';

/** A new one for each codec, which makes it its own module. */
const silent = () => ({ print: () => undefined, printErr: () => undefined });

const loaders: Record<WasmCodec, () => Promise<new () => WasmDecoder>> = {
  jpeg: async () => {
    const { default: load } = await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
    return (await load(silent())).JPEGDecoder;
  },
  'jpeg-ls': async () => {
    const { default: load } = await import('@cornerstonejs/codec-charls/decodewasmjs');
    return (await load(silent())).JpegLSDecoder;
  },
  'jpeg-2000': async () => {
    const { default: load } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs');
    return (await load(silent())).J2KDecoder;
  },
  htj2k: async () => {
    const { default: load } = await import('@cornerstonejs/codec-openjph');
    return (await load(silent())).HTJ2KDecoder;
  },
};

const loaded = new Map<WasmCodec, Promise<new () => WasmDecoder>>();

function decoderOf(codec: WasmCodec): Promise<new () => WasmDecoder> {
  const known = loaded.get(codec);
  if (known) return known;
  const loading = loaders[codec]();
  loaded.set(codec, loading);
  return loading;
}

/**
 * @param bytes One frame, compressed.
 * @returns undefined where the codec cannot make sense of it.
 */
export async function decodeByWasm(codec: WasmCodec, bytes: Uint8Array): Promise<Decoded | undefined> {
  const Decoder = await decoderOf(codec);
  const decoder = new Decoder();
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    return copied(decoder);
  } catch {
    // The codecs throw addresses of C++ exceptions, which tell nobody anything.
    return undefined;
  } finally {
    decoder.delete();
  }
}

function copied(decoder: WasmDecoder): Decoded | undefined {
  const { width, height, bitsPerSample, componentCount } = decoder.getFrameInfo();
  const size = bitsPerSample > 8 ? 2 : 1;
  const bytes = decoder.getDecodedBuffer().slice();
  if (bitsPerSample > 16 || bytes.length !== width * height * componentCount * size) return undefined;
  const samples = size === 1 ? bytes : new Uint16Array(bytes.buffer);
  const byPlane = decoder.getInterleaveMode?.() === 0;
  return {
    rows: height,
    columns: width,
    components: componentCount,
    samples: byPlane ? interleaved(samples, componentCount) : samples,
  };
}
