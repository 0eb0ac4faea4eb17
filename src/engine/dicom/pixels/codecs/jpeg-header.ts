/** What the header of a JPEG stream says (ISO/IEC 10918-1 annex B), as far as a decoder has to be told apart by it. */

export interface JpegHeader {
  readonly precision: number;
  /** Process 14: predictions and differences instead of cosines. */
  readonly lossless: boolean;
  readonly components: number;
  /** Whether some component has fewer samples than another. */
  readonly subsampled: boolean;
  readonly jfif: boolean;
  /** The colour transform of Adobe's marker: 0 none, 1 YCbCr. */
  readonly adobeTransform: number | undefined;
}

const startOfImage = 0xd8;
const startOfScan = 0xda;
const application0 = 0xe0;
const application14 = 0xee;
const frameHeaders = [0xc0, 0xc1, 0xc2, 0xc3];

/** @returns undefined where there is no frame header that a decoder here takes. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== startOfImage) return undefined;
  let jfif = false;
  let adobeTransform: number | undefined;
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === startOfScan) return undefined;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (marker === application0) jfif ||= startsWith(segment, 'JFIF');
    if (marker === application14 && segment.length >= 12 && startsWith(segment, 'Adobe')) {
      adobeTransform = segment[11];
    }
    if (frameHeaders.includes(marker)) {
      const components = segment[5] ?? 0;
      const factors = Array.from({ length: components }, (_, i) => segment[7 + 3 * i]);
      return {
        precision: segment[0] ?? 0,
        lossless: marker === 0xc3,
        components,
        subsampled: new Set(factors).size > 1,
        jfif,
        adobeTransform,
      };
    }
    at += 2 + length;
  }
  return undefined;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}

/** Whether the stream ends as it should, but for padding. */
export function hasEndOfImage(bytes: Uint8Array): boolean {
  let end = bytes.length;
  while (end > 2 && bytes[end - 1] === 0) end--;
  return bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9;
}

/** The stream with Adobe's marker that says its three components are red, green and blue. */
export function markedAsRgb(bytes: Uint8Array): Uint8Array {
  const marker = [0xff, application14, 0, 14, ...Buffer.from('Adobe', 'latin1'), 0, 100, 0, 0, 0, 0, 0];
  const out = new Uint8Array(bytes.length + marker.length);
  out.set(bytes.subarray(0, 2));
  out.set(marker, 2);
  out.set(bytes.subarray(2), 2 + marker.length);
  return out;
}
