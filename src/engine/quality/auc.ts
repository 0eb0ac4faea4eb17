/**
 * Area under the ROC curve: the chance that a random positive is scored above a random negative, ties counting
 * half (Mann–Whitney U by mid-ranks). `positive[i]` is 1 or 0. 0.5 where either class is missing.
 */
export function areaUnderCurve(scores: Float64Array, positive: Uint8Array): number {
  const order = Uint32Array.from(scores, (_, index) => index).sort((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    const score = scores[order[start]!]!;
    let end = start;
    let hits = 0;
    while (end < order.length && scores[order[end]!] === score) hits += positive[order[end++]!]!;
    // Ranks start + 1 … end share their mean.
    rankSum += hits * ((start + 1 + end) / 2);
    positives += hits;
    start = end;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/**
 * Mean over classes of the AUC of that class against all others, over classes that are neither absent nor
 * everywhere in `labels`. `scores[k][i]` is the score of class k for row i. Undefined where no class qualifies.
 */
export function macroAreaUnderCurve(
  scores: readonly Float64Array[],
  labels: Float64Array,
): number | undefined {
  let sum = 0;
  let classes = 0;
  for (const [label, ofClass] of scores.entries()) {
    const positive = Uint8Array.from(labels, (each) => (each === label ? 1 : 0));
    const count = positive.reduce((total, each) => total + each, 0);
    if (count === 0 || count === labels.length) continue;
    sum += areaUnderCurve(ofClass, positive);
    classes++;
  }
  return classes > 0 ? sum / classes : undefined;
}

/** Coefficient of determination: 1 − squared error / variance of `truth`; undefined where it is constant or nearly so. */
export function determination(predicted: Float64Array, truth: Float64Array): number | undefined {
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  let error = 0;
  let variance = 0;
  for (let row = 0; row < truth.length; row++) {
    error += (truth[row]! - predicted[row]!) ** 2;
    variance += (truth[row]! - mean) ** 2;
  }
  const share = 1 - error / variance;
  return Number.isFinite(share) ? share : undefined;
}
