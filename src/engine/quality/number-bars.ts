/** Bars of a histogram of numbers: bar i reaches from edges[i] up to edges[i + 1]; the first and last are open. */
export interface Bars {
  /** Ascending lower edges; values below the first belong to the first bar. */
  edges: number[];
  labels: string[];
}

/** Most bars of a column; room is left for “other values” and “no value”. */
export const maxBars = 18;
/** A value is named only if at least this many rows have it: no label may point to a few people. */
export const minNamed = 10;

/**
 * Bars for ascending, null-free values. Where there are few values, each frequent, a bar for each; else bars between
 * round numbers over all but the outermost hundredths, so that a long tail does not squeeze the rest into one.
 */
export function numberBars(sorted: Float64Array, decimals: number): Bars {
  const each = frequentValues(sorted);
  if (each) return { edges: each, labels: each.map((value) => formatNumber(value, decimals)) };
  const { low, high } = innerRange(sorted);
  const step = Math.max(roundStep((high - low) / (maxBars - 2)), 10 ** -decimals);
  const first = Math.floor(low / step) * step;
  const edges: number[] = [];
  for (let bar = 0; bar === 0 || (first + bar * step <= high && bar < maxBars); bar++) {
    edges.push(Number((first + bar * step).toPrecision(12)));
  }
  return { edges, labels: rangeLabels(edges, step, decimals, sorted) };
}

/** The range of all but the outermost hundredths, or of all where the middle is a single value. */
export function innerRange(sorted: Float64Array): { low: number; high: number } {
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return at(0.01) < at(0.99) ? { low: at(0.01), high: at(0.99) } : { low: at(0), high: at(1) };
}

function frequentValues(sorted: Float64Array): number[] | undefined {
  const values: number[] = [];
  for (let start = 0; start < sorted.length;) {
    const value = sorted[start]!;
    let end = start;
    while (end < sorted.length && sorted[end] === value) end++;
    if (end - start < minNamed || values.push(value) > maxBars) return undefined;
    start = end;
  }
  return values.length > 0 ? values : undefined;
}

/** The least of 1, 2, 5 × 10ⁿ that is at least `size`. */
function roundStep(size: number): number {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  const factor = [1, 2, 5, 10].find((each) => each * power >= size * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function rangeLabels(edges: number[], step: number, decimals: number, sorted: Float64Array): string[] {
  const places = Math.min(decimals, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const write = (value: number): string => formatNumber(value, places);
  const unit = 10 ** -decimals;
  return edges.map((edge, bar) => {
    const next = edge + step;
    const isLast = bar === edges.length - 1;
    if (bar === 0 && !isLast && (sorted[0] ?? edge) < edge) return `under ${write(next)}`;
    if (isLast && bar > 0 && (sorted[sorted.length - 1] ?? edge) >= next) return `${write(edge)} and over`;
    if (edges.length === 1) return 'all values';
    // Whole numbers from 20 to below 30 are 20 to 29.
    const upper = decimals === 0 ? next - unit : next;
    return upper - edge < unit / 2 ? write(edge) : `${write(edge)} to ${write(upper)}`;
  });
}

function formatNumber(value: number, decimals: number): string {
  return value.toLocaleString('en-GB', {
    maximumFractionDigits: Math.min(decimals, 20),
    useGrouping: 'min2',
  });
}
