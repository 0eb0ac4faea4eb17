import type { Feature } from './features.ts';
import type { TreeLimits } from './tree.ts';

/** How a node parts its rows. */
export interface Split {
  feature: number;
  gain: number;
  /** 1 for every bin of the feature whose rows go left. */
  goesLeft: Uint8Array;
}

/** Sums per bin, three in a row: gradient, hessian, rows. */
export const stride = 3;

/** Categories with fewer rows in a node than this are too uncertain to be put on the left by themselves. */
const categoryRows = 10;
/** Further L2 penalty on splits by category, which have many more ways to fit noise (as LightGBM's cat_l2). */
const categoryL2 = 10;
const minHessian = 1e-3;
const minGain = 1e-7;

/** A way to find the best split of a node from its sums per bin: gradient, hessian, rows, for each feature. */
export function createSplitFinder(
  features: readonly Feature[],
  offsets: Uint32Array,
  limits: TreeLimits,
): (histogram: Float64Array) => Split | undefined {
  /** Bins in the order of the scan, and the best cut found: that many of them go left. */
  const order = new Uint8Array(256);
  const ratios = new Float64Array(256);

  interface Cut {
    gain: number;
    bins: number;
  }

  /** Sums over the bins of one feature. */
  function total(histogram: Float64Array, offset: number, size: number): [number, number, number] {
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    for (let cell = offset; cell < offset + size * stride; cell += stride) {
      gradient += histogram[cell]!;
      hessian += histogram[cell + 1]!;
      rows += histogram[cell + 2]!;
    }
    return [gradient, hessian, rows];
  }

  /** The best cut of `order[0 … length)` into a left and a right part; what is not in it goes right. */
  function scan(
    histogram: Float64Array,
    offset: number,
    length: number,
    [gradient, hessian, rows]: [number, number, number],
    l2: number,
  ): Cut {
    const whole = (gradient * gradient) / (hessian + l2);
    const best: Cut = { gain: minGain, bins: 0 };
    let leftGradient = 0;
    let leftHessian = 0;
    let leftRows = 0;
    for (let place = 0; place < length; place++) {
      const cell = offset + order[place]! * stride;
      leftGradient += histogram[cell]!;
      leftHessian += histogram[cell + 1]!;
      leftRows += histogram[cell + 2]!;
      if (leftRows < limits.leafRows || leftHessian < minHessian) continue;
      const rightHessian = hessian - leftHessian;
      if (rows - leftRows < limits.leafRows || rightHessian < minHessian) break;
      const rightGradient = gradient - leftGradient;
      const gain =
        (leftGradient * leftGradient) / (leftHessian + l2) +
        (rightGradient * rightGradient) / (rightHessian + l2) -
        whole;
      if (gain > best.gain) {
        best.gain = gain;
        best.bins = place + 1;
      }
    }
    return best;
  }

  function leftBins(size: number, count: number): Uint8Array {
    const goesLeft = new Uint8Array(size);
    for (let place = 0; place < count; place++) goesLeft[order[place]!] = 1;
    return goesLeft;
  }

  function splitNumbers(histogram: Float64Array, index: number, floor: number): Split | undefined {
    const size = features[index]!.size;
    const offset = offsets[index]!;
    const sums = total(histogram, offset, size);
    const values = size - 1;
    for (let bin = 0; bin < values; bin++) order[bin] = bin;
    const nullsRight = scan(histogram, offset, values, sums, limits.l2);
    let found: Split | undefined;
    if (nullsRight.bins > 0 && nullsRight.gain > floor) {
      found = { feature: index, gain: nullsRight.gain, goesLeft: leftBins(size, nullsRight.bins) };
    }
    if (histogram[offset + values * stride + 2]! <= 0) {
      // No null in this node: later ones follow the larger part.
      if (found) sendNulls(found, histogram, offset, sums[2]);
      return found;
    }
    for (let place = values; place > 0; place--) order[place] = order[place - 1]!;
    order[0] = values;
    const nullsLeft = scan(histogram, offset, size, sums, limits.l2);
    if (nullsLeft.bins > 0 && nullsLeft.gain > (found?.gain ?? floor)) {
      found = { feature: index, gain: nullsLeft.gain, goesLeft: leftBins(size, nullsLeft.bins) };
    }
    return found;
  }

  function sendNulls({ goesLeft }: Split, histogram: Float64Array, offset: number, rows: number): void {
    let left = 0;
    for (let bin = 0; bin < goesLeft.length; bin++)
      if (goesLeft[bin] === 1) left += histogram[offset + bin * stride + 2]!;
    goesLeft[goesLeft.length - 1] = left * 2 > rows ? 1 : 0;
  }

  /** Categories in the order of their mean gradient: the best of all sets is then a prefix (Fisher, 1958). */
  function splitCategories(histogram: Float64Array, index: number, floor: number): Split | undefined {
    const size = features[index]!.size;
    const offset = offsets[index]!;
    const sums = total(histogram, offset, size);
    const fewest = Math.min(categoryRows, limits.leafRows);
    let length = 0;
    for (let bin = 0; bin < size; bin++) {
      const cell = offset + bin * stride;
      if (histogram[cell + 2]! < fewest) continue;
      ratios[bin] = histogram[cell]! / (histogram[cell + 1]! + categoryL2);
      order[length++] = bin;
    }
    order.subarray(0, length).sort((a, b) => ratios[a]! - ratios[b]! || a - b);
    const ascending = scan(histogram, offset, length, sums, limits.l2 + categoryL2);
    let found: Split | undefined;
    if (ascending.bins > 0 && ascending.gain > floor) {
      found = { feature: index, gain: ascending.gain, goesLeft: leftBins(size, ascending.bins) };
    }
    // The other way round, categories too rare to be ordered stay with the low ones.
    order.subarray(0, length).reverse();
    const descending = scan(histogram, offset, length, sums, limits.l2 + categoryL2);
    if (descending.bins > 0 && descending.gain > (found?.gain ?? floor)) {
      found = { feature: index, gain: descending.gain, goesLeft: leftBins(size, descending.bins) };
    }
    return found;
  }

  return (histogram) => {
    let best: Split | undefined;
    for (let index = 0; index < features.length; index++) {
      const find = features[index]!.categorical ? splitCategories : splitNumbers;
      best = find(histogram, index, best?.gain ?? minGain) ?? best;
    }
    return best;
  };
}
