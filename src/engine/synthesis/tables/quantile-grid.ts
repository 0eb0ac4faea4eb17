/** Rows averaged into one stored point: no point of the model is the value of fewer subjects than this. */
const window = 5;

/**
 * Points of a smoothed quantile function of ascending `sorted` values at equal steps of probability.
 *
 * Each point is the mean of the five order statistics around its place (a kernel quantile estimator: Sheather
 * and Marron, Kernel Quantile Estimators, JASA 1990), so that it is not the value of one row unless several
 * rows share it. The ends are averages of the 6th to 10th most extreme value, which clips outliers. Fewer than
 * five values become a uniform density of their mean and spread.
 *
 * Returns `segments` + 1 ascending points. `sorted` must not be empty.
 */
export function quantileGrid(sorted: Float64Array, segments: number): Float64Array {
  const count = sorted.length;
  const grid = new Float64Array(segments + 1);
  if (count < window) {
    const { mean, reach } = spread(sorted);
    for (let point = 0; point <= segments; point++)
      grid[point] = mean - reach + (2 * reach * point) / segments;
    return grid;
  }
  // Windows of the ends begin at the 6th most extreme value: nothing more extreme is in the model.
  const trim = Math.min(window + (window >> 1), Math.floor(count / 8));
  for (let point = 0; point <= segments; point++) {
    const centre = Math.min(count - 1 - trim, Math.max(trim, Math.round((point / segments) * (count - 1))));
    grid[point] = windowMean(sorted, centre);
  }
  return grid;
}

function windowMean(sorted: Float64Array, centre: number): number {
  const from = Math.min(sorted.length - window, Math.max(0, centre - (window >> 1)));
  // Relative to the first, so that equal values give exactly themselves.
  const first = sorted[from]!;
  let sum = 0;
  for (let index = 1; index < window; index++) sum += sorted[from + index]! - first;
  return first + sum / window;
}

/** Mean and half-width of the uniform density with the same variance; a lone value is spread by a tenth. */
function spread(sorted: Float64Array): { mean: number; reach: number } {
  let mean = 0;
  for (const value of sorted) mean += value / sorted.length;
  let variance = 0;
  for (const value of sorted) variance += (value - mean) ** 2 / sorted.length;
  const reach = Math.sqrt(3 * variance);
  return { mean, reach: reach > 0 ? reach : Math.max(1, Math.abs(mean) / 10) };
}
