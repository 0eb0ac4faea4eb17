/** A frame as it is shown: 8 bits each of red, green, blue and opacity. */
import type { DataSet } from '../read/data-set.ts';
import { greyDisplayOf, shade, wholeWindow } from './grey-display.ts';
import type { GreyDisplay, Window } from './grey-display.ts';
import type { Frame } from './image-pixels.ts';
import { lookedUp, paletteOf } from './lookup-table.ts';
import type { LookupTable, Palette } from './lookup-table.ts';

export interface Picture {
  readonly rows: number;
  readonly columns: number;
  /** `rows × columns × 4` values. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

export interface RenderOptions {
  /** From 0, of a file with several. */
  readonly frame?: number;
  /** Instead of what the file asks for. */
  readonly window?: Window;
  readonly inverted?: boolean;
}

/** Of a grey frame by its window, of a colour frame as it is, whatever its colour space. */
export function rendered(frame: Frame, dataSet: DataSet, options: RenderOptions = {}): Picture {
  const rgba = new Uint8ClampedArray(frame.rows * frame.columns * 4).fill(255);
  const palette = frame.photometricInterpretation === 'PALETTE COLOR' ? paletteOf(dataSet) : undefined;
  if (palette) paintPalette(rgba, frame, palette);
  else if (frame.samplesPerPixel >= 3) paintColours(rgba, frame);
  else {
    const stated = greyDisplayOf(dataSet, options.frame);
    paintGrey(rgba, frame, { ...stated, inverted: options.inverted ?? stated.inverted }, options.window);
  }
  return { rows: frame.rows, columns: frame.columns, rgba };
}

function paintGrey(rgba: Uint8ClampedArray, frame: Frame, display: GreyDisplay, chosen?: Window): void {
  const window =
    chosen ?? display.windows[0] ?? (display.interestTable ? undefined : wholeWindow(display, frame));
  const shadeOf = remembered(frame, (value) => Math.round(255 * shade(display, window, value)));
  for (let i = 0, to = 0; i < frame.samples.length; i++, to += 4) {
    const grey = shadeOf(frame.samples[i] ?? 0);
    rgba[to] = grey;
    rgba[to + 1] = grey;
    rgba[to + 2] = grey;
  }
}

/** A function of samples, worked out once for each value they can have, where those are few. */
function remembered({ samples }: Frame, of: (value: number) => number): (value: number) => number {
  const size = samples.BYTES_PER_ELEMENT;
  if (size > 2) return of;
  const lowest = samples instanceof Int8Array || samples instanceof Int16Array ? -(2 ** (8 * size - 1)) : 0;
  const known = new Int16Array(2 ** (8 * size)).fill(-1);
  return (value) => {
    const at = value - lowest;
    const before = known[at] ?? -1;
    return before >= 0 ? before : (known[at] = of(value));
  };
}

function paintPalette(rgba: Uint8ClampedArray, frame: Frame, palette: Palette): void {
  const channels = [palette.red, palette.green, palette.blue].map((table) => {
    const shift = narrowing(table);
    return remembered(frame, (value) => lookedUp(table, value) >> shift);
  });
  channels.forEach((channel, c) => {
    for (let i = 0, to = c; i < frame.samples.length; i++, to += 4) rgba[to] = channel(frame.samples[i] ?? 0);
  });
}

/** By how many bits entries are wider than 8. Files are met that say 16 and use 8. */
function narrowing({ bits, entries }: LookupTable): number {
  return bits > 8 && entries.some((entry) => entry > 255) ? bits - 8 : 0;
}

function paintColours(rgba: Uint8ClampedArray, frame: Frame): void {
  const { samples, samplesPerPixel: step, photometricInterpretation: meaning } = frame;
  const convert = meaning.startsWith('YBR_PARTIAL')
    ? fromPartial
    : meaning.startsWith('YBR')
      ? fromFull
      : same;
  const scale = 255 / (2 ** (8 * samples.BYTES_PER_ELEMENT) - 1);
  const pixel: Colour = [0, 0, 0];
  for (let from = 0, to = 0; to < rgba.length; from += step, to += 4) {
    pixel[0] = (samples[from] ?? 0) * scale;
    pixel[1] = (samples[from + 1] ?? 0) * scale;
    pixel[2] = (samples[from + 2] ?? 0) * scale;
    convert(pixel);
    rgba[to] = pixel[0];
    rgba[to + 1] = pixel[1];
    rgba[to + 2] = pixel[2];
  }
}

type Colour = [number, number, number];

function same(): void {
  // Red, green and blue already.
}

/** PS3.3 C.7.6.3.1.2, YBR_FULL. */
function fromFull(pixel: Colour): void {
  const [y, blue, red] = [pixel[0], pixel[1] - 128, pixel[2] - 128];
  pixel[0] = y + 1.402 * red;
  pixel[1] = y - 0.344136 * blue - 0.714136 * red;
  pixel[2] = y + 1.772 * blue;
}

/** PS3.3 C.7.6.3.1.2, YBR_PARTIAL_422 and YBR_PARTIAL_420. */
function fromPartial(pixel: Colour): void {
  const [y, blue, red] = [1.164384 * (pixel[0] - 16), pixel[1] - 128, pixel[2] - 128];
  pixel[0] = y + 1.596027 * red;
  pixel[1] = y - 0.391762 * blue - 0.812968 * red;
  pixel[2] = y + 2.017232 * blue;
}
