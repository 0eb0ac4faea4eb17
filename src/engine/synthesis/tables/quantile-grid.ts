/** Rows averaged into one stored point: no point of the model is the value of fewer subjects than this. */
const window = 5;
/** The most extreme values that no point of the model has a part of: it begins at the sixth. */
const clipped = 5;
/** Values from which a quantile function can be made: fewer have no five between the sixth from either end. */
export const fewestForGrid = 2 * clipped + window;
/** Values from which one typical value can be given: the five in their middle leave out two at either end. */
export const fewestForMiddle = window + 4;

/**
 * Points of a smoothed quantile function of ascending `sorted` values at equal steps of probability.
 *
 * Each point is the mean of the five order statistics around its place (a kernel quantile estimator: Sheather
 * and Marron, Kernel Quantile Estimators, JASA 1990), so that it is not the value of one row unless several
 * rows share it. The ends are averages of the 6th to 10th most extreme value, which clips outliers. Of fewer
 * than `fewestForGrid` values every point is the mean of the five in their middle: their spread would tell of
 * the outermost.
 *
 * Returns `segments` + 1 ascending points. `sorted` must hold `fewestForMiddle` values at least.
 */
export function quantileGrid(sorted: Float64Array, segments: number): Float64Array {
  const count = sorted.length;
  const grid = new Float64Array(segments + 1);
  if (count < fewestForGrid) return grid.fill(windowMean(sorted, count >> 1));
  const trim = clipped + (window >> 1);
  for (let point = 0; point <= segments; point++) {
    const centre = Math.min(count - 1 - trim, Math.max(trim, Math.round((point / segments) * (count - 1))));
    grid[point] = windowMean(sorted, centre);
  }
  return grid;
}

function windowMean(sorted: Float64Array, centre: number): number {
  const from = centre - (window >> 1);
  // Relative to the first, so that equal values give exactly themselves.
  const first = sorted[from]!;
  let sum = 0;
  for (let index = 1; index < window; index++) sum += sorted[from + index]! - first;
  return first + sum / window;
}
