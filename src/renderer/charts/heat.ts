export interface Pair {
  a: string;
  b: string;
  accuracy: number;
}

export interface HeatCell extends Pair {
  /** Place of the later name, counted from 0: the row. */
  row: number;
  /** Place of the earlier name: the column; always less than `row`. */
  column: number;
}

export interface Heat {
  names: string[];
  cells: HeatCell[];
  /** Columns left out because there is no room. */
  left: number;
}

/**
 * Pairs as the lower triangle of a matrix. Names come in source order; where there are more than `most`,
 * those that take part in the worst pairs stay.
 */
export function heat(pairs: readonly Pair[], order: readonly string[], most: number): Heat {
  const worst = new Map<string, number>();
  for (const { a, b, accuracy } of pairs) {
    worst.set(a, Math.min(worst.get(a) ?? 1, accuracy));
    worst.set(b, Math.min(worst.get(b) ?? 1, accuracy));
  }
  const known = order.filter((name) => worst.has(name));
  const kept = new Set([...known].sort((a, b) => (worst.get(a) ?? 1) - (worst.get(b) ?? 1)).slice(0, most));
  const names = known.filter((name) => kept.has(name));
  const place = new Map(names.map((name, index) => [name, index]));
  const cells: HeatCell[] = [];
  for (const pair of pairs) {
    const a = place.get(pair.a);
    const b = place.get(pair.b);
    if (a === undefined || b === undefined || a === b) continue;
    cells.push({ ...pair, row: Math.max(a, b), column: Math.min(a, b) });
  }
  return { names, cells, left: known.length - names.length };
}

/** How strongly a cell stands out: 0 at an accuracy of 1, 1 at 0.8 and below. */
export function heatStrength(accuracy: number): number {
  return Math.min(1, Math.max(0, (1 - accuracy) / 0.2));
}
