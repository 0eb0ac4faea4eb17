/**
 * Windows slid over images [batch, height, width, channels], as convolutions and pooling do: which pixel each window
 * looks at, and which windows look at each pixel. Everything that slides is a gather with these, and its gradient the
 * other way.
 */
import type { backend_util } from '@tensorflow/tfjs';

type Pair = readonly [number, number];

export interface Windows {
  readonly batch: number;
  /** Height and width of the images. */
  readonly input: Pair;
  readonly channels: number;
  /** Windows in a column and in a row. */
  readonly output: Pair;
  /** Pixels a window looks at in a column and in a row: its taps. */
  readonly size: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  /** Rows and columns of padding before the image. */
  readonly before: Pair;
}

/** Stands for a pixel in the padding. */
export const outside = -1;

export function windowsOf(info: backend_util.Conv2DInfo): Windows {
  return {
    batch: info.batchSize,
    input: [info.inHeight, info.inWidth],
    channels: info.inChannels,
    output: [info.outHeight, info.outWidth],
    size: [info.filterHeight, info.filterWidth],
    stride: [info.strideHeight, info.strideWidth],
    dilation: [info.dilationHeight, info.dilationWidth],
    before: [info.padInfo.top, info.padInfo.left],
  };
}

export function area([height, width]: Pair): number {
  return height * width;
}

/** For each window, tap by tap, the number of the pixel it looks at, or `outside`: [windows · taps], all row by row. */
export function pixelsOfWindows({ input, output, size, stride, dilation, before }: Windows): Int32Array {
  const along = (axis: 0 | 1, window: number, tap: number): number => {
    const at = window * stride[axis] + tap * dilation[axis] - before[axis];
    return at >= 0 && at < input[axis] ? at : outside;
  };
  const pixels = new Int32Array(area(output) * area(size));
  let next = 0;
  for (let row = 0; row < output[0]; row++) {
    for (let column = 0; column < output[1]; column++) {
      for (let down = 0; down < size[0]; down++) {
        const y = along(0, row, down);
        for (let right = 0; right < size[1]; right++) {
          const x = along(1, column, right);
          pixels[next++] = y === outside || x === outside ? outside : y * input[1] + x;
        }
      }
    }
  }
  return pixels;
}

/** For each pixel, where `pixelsOfWindows` names it: lists of one length, filled up with `outside`. */
export function windowsOfPixels(windows: Windows): { readonly length: number; readonly places: Int32Array } {
  const lists = Array.from({ length: area(windows.input) }, (): number[] => []);
  pixelsOfWindows(windows).forEach((pixel, place) => lists[pixel]?.push(place));
  const length = lists.reduce((longest, list) => Math.max(longest, list.length), 1);
  const places = new Int32Array(lists.length * length).fill(outside);
  lists.forEach((list, pixel) => {
    places.set(list, pixel * length);
  });
  return { length, places };
}

/** How many pixels of the image, not of the padding, each window looks at: [windows]. */
export function pixelCounts(windows: Windows): Float32Array {
  const taps = area(windows.size);
  const counts = new Float32Array(area(windows.output));
  pixelsOfWindows(windows).forEach((pixel, place) => {
    if (pixel !== outside) counts[Math.floor(place / taps)]!++;
  });
  return counts;
}
