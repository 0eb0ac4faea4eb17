/** The codecs of Cornerstone.js, compiled from CharLS, libjpeg-turbo, OpenJPEG and OpenJPH; they bring no types. */

interface WasmFrameInfo {
  readonly width: number;
  readonly height: number;
  /** Of the compressed stream, which need not be those of the data set. */
  readonly bitsPerSample: number;
  readonly componentCount: number;
}

interface WasmDecoder {
  /** Room for a compressed frame of `length` bytes, in memory of the decoder. */
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  /** A view of memory that goes with the decoder. Samples above 8 bits are little-endian words. */
  getDecodedBuffer(): Uint8Array;
  getFrameInfo(): WasmFrameInfo;
  /** JPEG-LS only: 0 where the colours lie plane by plane. */
  getInterleaveMode?(): number;
  delete(): void;
}

interface WasmOutput {
  /** Takes the notes of a codec, which would else go to the terminal. */
  print(text: string): void;
  printErr(text: string): void;
}

declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  export default function load(output: WasmOutput): Promise<{ JpegLSDecoder: new () => WasmDecoder }>;
}

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  export default function load(output: WasmOutput): Promise<{ JPEGDecoder: new () => WasmDecoder }>;
}

declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export default function load(output: WasmOutput): Promise<{ J2KDecoder: new () => WasmDecoder }>;
}

declare module '@cornerstonejs/codec-openjph' {
  export default function load(output: WasmOutput): Promise<{ HTJ2KDecoder: new () => WasmDecoder }>;
}

declare module 'jpeg-lossless-decoder-js' {
  export class Decoder {
    decode(
      bytes: ArrayBuffer,
      start: number,
      length: number,
      bytesPerSample: 1 | 2,
    ): Uint8Array | Uint16Array;
    readonly frame: {
      readonly dimX: number;
      readonly dimY: number;
      readonly numComp: number;
      readonly precision: number;
    };
  }
}
