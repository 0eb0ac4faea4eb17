/** How many of `rows` rows are real at a share. */
export function realRowsOf(rows: number, share: number): number {
  return Math.round(rows * share);
}
