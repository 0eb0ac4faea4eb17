/** Marks that could be letters: connected strokes of one shade, of the size that letters have. */
import type { Region } from '../blank.ts';
import type { Plane } from './morphology.ts';

export interface Glyph extends Region {
  /** Pixels of the strokes. */
  readonly ink: number;
  /** The part of them that is of about one shade. */
  readonly evenness: number;
}

const smallest = 5;
const largest = 48;
/** Letters that touch one another are one mark. */
const widest = 4;
/** Of 255, how far shades of one mark may be from that of most of it. */
const sameShade = 40;
const evenInk = 0.5;

/**
 * @param details How much each pixel stands out, from `brightDetails` or `darkDetails`.
 * @param least How much a stroke has to.
 */
export function glyphsOf(plane: Plane, details: Uint8Array, least: number): Glyph[] {
  const { rows, columns } = plane;
  const seen = new Uint8Array(details.length);
  const stack: number[] = [];
  const glyphs: Glyph[] = [];
  for (let start = 0; start < details.length; start++) {
    if (seen[start] || (details[start] ?? 0) < least) continue;
    const pixels: number[] = [];
    stack.push(start);
    seen[start] = 1;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      pixels.push(at);
      const [x, y] = [at % columns, Math.floor(at / columns)];
      for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(columns - 1, x + 1); nx++) {
          const next = ny * columns + nx;
          if (seen[next] || (details[next] ?? 0) < least) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    const glyph = glyphOf(plane, pixels);
    if (glyph) glyphs.push(glyph);
  }
  return glyphs;
}

function glyphOf({ columns, values }: Plane, pixels: readonly number[]): Glyph | undefined {
  let [left, right, top, bottom] = [Infinity, -1, Infinity, -1];
  const shades = new Uint32Array(256);
  for (const at of pixels) {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    const shade = values[at] ?? 0;
    shades[shade] = (shades[shade] ?? 0) + 1;
  }
  const [width, height] = [right - left + 1, bottom - top + 1];
  if (height < smallest || height > largest || width > widest * height) return undefined;
  const evenness = largestBand(shades) / pixels.length;
  if (evenness < evenInk) return undefined;
  return { x: left, y: top, width, height, ink: pixels.length, evenness };
}

/** How many pixels are of about one shade, of that which most are of. */
export function largestBand(shades: Uint32Array, width = sameShade): number {
  let within = 0;
  let most = 0;
  for (let shade = 0; shade < 256; shade++) {
    within += (shades[shade] ?? 0) - (shades[shade - width] ?? 0);
    most = Math.max(most, within);
  }
  return most;
}
