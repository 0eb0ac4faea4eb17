/** Pictures as PNG files (ISO/IEC 15948): true colour, 8 bits a sample, opaque. */
import { crc32, deflateSync } from 'node:zlib';
import type { Picture } from './render.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const [bitDepth, trueColour, grey] = [8, 2, 0];

/** The picture without its opacity; with one sample a pixel where it has no colours. */
export function encodePng({ rows, columns, rgba }: Picture): Uint8Array<ArrayBuffer> {
  const colours = isGrey(rgba) ? 1 : 3;
  const scanlines = new Uint8Array(rows * (1 + columns * colours));
  for (let row = 0, to = 0, from = 0; row < rows; row++) {
    // Each line begins with its filter: 2, what differs from the line above it.
    scanlines[to++] = up;
    for (let column = 0; column < columns; column++, from += 4) {
      for (let colour = 0; colour < colours; colour++) {
        const above = row === 0 ? 0 : (rgba[from + colour - 4 * columns] ?? 0);
        scanlines[to++] = (rgba[from + colour] ?? 0) - above;
      }
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, columns);
  view.setUint32(4, rows);
  header.set([bitDepth, colours === 1 ? grey : trueColour], 8);
  const parts = [
    Uint8Array.from(signature),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(scanlines)),
    chunk('IEND', new Uint8Array()),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

const up = 2;

function isGrey(rgba: Uint8ClampedArray): boolean {
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at] !== rgba[at + 1] || rgba[at] !== rgba[at + 2]) return false;
  }
  return true;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(new TextEncoder().encode(type), 4);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}
