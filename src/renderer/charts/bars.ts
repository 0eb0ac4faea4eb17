/** A bar of a small chart, in the unit square of its plot: y grows downwards, as in SVG. */
export interface Bar {
  x: number;
  width: number;
  y: number;
  height: number;
}

/**
 * Bars side by side over `width` × `height`, scaled so that `most` fills the height. A value above zero is
 * never thinner than `least` pixels: something rare must not look like nothing.
 */
export function bars(
  values: readonly number[],
  width: number,
  height: number,
  { most = Math.max(...values, 0), gap = 1, least = 1, widest = 24 } = {},
): Bar[] {
  if (values.length === 0) return [];
  // Two classes need no two slabs: few bars stand together at the left.
  const slot = Math.min(width / values.length, widest + gap);
  const bar = Math.max(0.5, slot - Math.min(gap, slot / 3));
  return values.map((value, index) => {
    const share = most > 0 ? Math.min(1, Math.max(0, value) / most) : 0;
    const tall = value > 0 ? Math.max(least, share * height) : 0;
    return { x: index * slot, width: bar, y: height - tall, height: tall };
  });
}

/** The largest share of either, so that both are drawn on one scale. */
export function commonScale(real: readonly number[], synthetic: readonly number[]): number {
  return Math.max(0, ...real, ...synthetic);
}

/** Total variation distance between two sets of shares over the same bars: 0 the same, 1 nothing in common. */
export function distance(real: readonly number[], synthetic: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < Math.max(real.length, synthetic.length); i++) {
    sum += Math.abs((real[i] ?? 0) - (synthetic[i] ?? 0));
  }
  return Math.min(1, sum / 2);
}
