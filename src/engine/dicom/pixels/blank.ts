/** Regions of an image made black in the values that are stored, so that nothing of them is left in the file. */
import type { Frame, Samples } from './image-pixels.ts';
import type { Palette } from './lookup-table.ts';

/** In pixels; what lies outside the image is ignored. Edges between pixels are widened to whole ones. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The frame with all regions black.
 *
 * @param black The stored value of each sample; with a palette that of `darkestEntry`.
 */
export function blanked(
  frame: Frame,
  regions: readonly Region[],
  black: readonly number[] = blackOf(frame),
): Frame {
  const samples = frame.samples.slice();
  for (const region of regions) fill(samples, frame, region, black);
  return { ...frame, samples };
}

function fill(samples: Samples, frame: Frame, region: Region, black: readonly number[]): void {
  const { rows, columns, samplesPerPixel } = frame;
  const left = Math.max(0, Math.floor(region.x));
  const right = Math.min(columns, Math.ceil(region.x + region.width));
  const top = Math.max(0, Math.floor(region.y));
  const bottom = Math.min(rows, Math.ceil(region.y + region.height));
  for (let row = top; row < bottom; row++) {
    let at = (row * columns + left) * samplesPerPixel;
    for (let column = left; column < right; column++) {
      for (let sample = 0; sample < samplesPerPixel; sample++) samples[at++] = black[sample] ?? 0;
    }
  }
}

/**
 * The stored value of each sample that is shown as black: of luminance and colour differences the middle one, and of
 * signed or inverted values the darkest that the frame has, so that its contrast stays as it was.
 */
export function blackOf(frame: Frame): readonly number[] {
  const { photometricInterpretation: meaning, samples } = frame;
  if (/^YBR_(FULL|FULL_422)$/.test(meaning)) return [0, 128, 128];
  if (meaning.startsWith('YBR_PARTIAL')) return [16, 128, 128];
  if (meaning === 'CMYK') return [0, 0, 0, 255];
  if (meaning === 'MONOCHROME1') return [extreme(samples, Math.max)];
  if (meaning === 'MONOCHROME2') return [extreme(samples, Math.min)];
  return [0, 0, 0];
}

function extreme(samples: Samples, choose: (a: number, b: number) => number): number {
  let found = samples[0] ?? 0;
  for (const value of samples) found = choose(found, value);
  return found;
}

/** The stored value that a palette shows darkest. */
export function darkestEntry({ red, green, blue }: Palette): number {
  const light = (i: number) => (red.entries[i] ?? 0) + (green.entries[i] ?? 0) + (blue.entries[i] ?? 0);
  let darkest = 0;
  for (let i = 1; i < red.entries.length; i++) if (light(i) < light(darkest)) darkest = i;
  return red.firstMapped + darkest;
}
