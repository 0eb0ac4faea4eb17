/**
 * How many of `rows` rows must share a value before it may be stored in a model as it is, and so come out: five
 * where there are enough rows, at least two in the smallest tables.
 */
export function subjectsNeeded(rows: number): number {
  return Math.min(5, Math.max(2, Math.round(rows / 100)));
}
