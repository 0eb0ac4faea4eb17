/** Systems of a few linear equations. */

/**
 * By Cholesky's decomposition.
 *
 * @param matrix Symmetric and positive definite; what lies above its diagonal is not read.
 * @returns undefined where it is not positive definite.
 */
export function solved(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] | undefined {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const made: number[] = [];
    for (let j = 0; j <= i; j++) {
      const other = j === i ? made : (lower[j] ?? []);
      let value = row[j] ?? 0;
      for (let k = 0; k < j; k++) value -= (made[k] ?? 0) * (other[k] ?? 0);
      if (j < i) made.push(value / (other[j] ?? 1));
      else if (value > 0) made.push(Math.sqrt(value));
      else return undefined;
    }
    lower.push(made);
  }
  const half: number[] = [];
  for (const [i, row] of lower.entries()) {
    const sum = half.reduce((all, value, k) => all + value * (row[k] ?? 0), 0);
    half.push(((right[i] ?? 0) - sum) / (row[i] ?? 1));
  }
  const out = half.slice();
  for (let i = out.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < out.length; k++) out[i] = (out[i] ?? 0) - (lower[k]?.[i] ?? 0) * (out[k] ?? 0);
    out[i] = (out[i] ?? 0) / (lower[i]?.[i] ?? 1);
  }
  return out;
}
