/** How the pixels of a row depend on those of a row of another length, as TensorFlow.js resizes images. */

export interface Alignment {
  /** The first and last pixels of both rows lie on each other. */
  readonly corners: boolean;
  /** Pixels are known by their middles, not their left edges. */
  readonly centres: boolean;
}

/** Weights [to, from], row by row: linear interpolation between the two nearest pixels. */
export function linearWeights(from: number, to: number, alignment: Alignment): Float32Array {
  const weights = new Float32Array(to * from);
  const ratio = ratioOf(from, to, alignment);
  for (let pixel = 0; pixel < to; pixel++) {
    const at = alignment.centres ? ratio * (pixel + 0.5) - 0.5 : ratio * pixel;
    const before = Math.max(0, Math.floor(at));
    const after = Math.max(0, Math.min(from - 1, Math.ceil(at)));
    const share = at - before;
    weights[pixel * from + before]! += 1 - share;
    weights[pixel * from + after]! += share;
  }
  return weights;
}

/** The pixel of the row `from` that each of the row `to` repeats. */
export function nearestPixels(from: number, to: number, alignment: Alignment): Int32Array {
  const ratio = ratioOf(from, to, alignment);
  return Int32Array.from({ length: to }, (_, pixel) => {
    const at = ratio * (alignment.centres ? pixel + 0.5 : pixel);
    return Math.min(from - 1, alignment.corners ? Math.round(at) : Math.floor(at));
  });
}

/** The same as weights [to, from] of zeros and ones. */
export function nearestWeights(from: number, to: number, alignment: Alignment): Float32Array {
  const weights = new Float32Array(to * from);
  nearestPixels(from, to, alignment).forEach((pixel, row) => {
    weights[row * from + pixel] = 1;
  });
  return weights;
}

function ratioOf(from: number, to: number, { corners }: Alignment): number {
  return corners && to > 1 ? (from - 1) / (to - 1) : from / to;
}
