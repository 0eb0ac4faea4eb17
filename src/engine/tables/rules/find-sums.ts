import { numbersIn } from './found.ts';
import type { Search } from './found.ts';
import { quote } from './rule-text.ts';

/** Parts of a sum, at most: longer ones are more likely an accident of few rows than a total. */
const mostParts = 12;
/** Small sets of rows tried: one without a mistake in it is enough. */
const tries = 6;

/**
 * Totals of three parts or more, of which some may be taken away. Columns are made orthogonal one after the other
 * (modified Gram-Schmidt) on a few rows; one that leaves nothing is a combination of those before it, and its
 * coefficients are all ones where it is a sum.
 */
export function findSums(
  { sample }: Search,
  names: readonly string[],
): { target: string; expression: string }[] {
  const columns = names.map((name) => numbersIn(sample, name));
  const complete: number[] = [];
  for (let row = 0; row < sample.rows; row++)
    if (columns.every((values) => !Number.isNaN(values[row]!))) complete.push(row);
  const size = names.length + 12;
  const found = new Map<string, { target: string; expression: string }>();
  if (names.length < 4 || complete.length < size * 2) return [];
  for (let attempt = 0; attempt < tries; attempt++) {
    const start = Math.floor((attempt / tries) * (complete.length - size));
    const rows = complete.slice(start, start + size);
    for (const signs of relations(columns.map((values) => Float64Array.from(rows, (row) => values[row]!)))) {
      const sum = asSum(signs, names);
      if (sum) found.set(`${sum.target}=${sum.expression}`, sum);
    }
  }
  return [...found.values()];
}

/** Relations Σ sᵢxᵢ = 0 with s of −1, 0 and 1, three to twelve of them beside the total. */
function relations(columns: readonly Float64Array[]): number[][] {
  const basis: { vector: Float64Array; weights: Float64Array }[] = [];
  const found: number[][] = [];
  columns.forEach((column, at) => {
    const length = norm(column);
    if (length === 0) return;
    const vector = column.slice();
    // What of each original column has been taken away.
    const weights = new Float64Array(columns.length);
    weights[at] = 1;
    // Twice, for the sake of precision (Giraud and Langou 2005).
    for (let pass = 0; pass < 2; pass++)
      for (const each of basis) {
        const part = dot(vector, each.vector);
        vector.forEach((value, row) => (vector[row] = value - part * each.vector[row]!));
        weights.forEach((weight, index) => (weights[index] = weight - part * each.weights[index]!));
      }
    const left = norm(vector);
    if (left <= length * 1e-7) {
      const signs = Array.from(weights, (weight) => (Math.abs(weight) < 1e-4 ? 0 : weight));
      if (signs.every((weight) => weight === 0 || Math.abs(Math.abs(weight) - 1) < 1e-3))
        found.push(signs.map(Math.sign));
      return;
    }
    basis.push({
      vector: vector.map((value) => value / left),
      weights: weights.map((weight) => weight / left),
    });
  });
  return found;
}

/** The relation with one column in front: the one whose sign no other has, where there is such a one. */
function asSum(
  signs: readonly number[],
  names: readonly string[],
): { target: string; expression: string } | null {
  const plus = signs.flatMap((sign, at) => (sign > 0 ? [at] : []));
  const minus = signs.flatMap((sign, at) => (sign < 0 ? [at] : []));
  const parts = plus.length + minus.length - 1;
  if (parts < 3 || parts > mostParts) return null;
  const target = plus.length === 1 ? plus[0]! : minus.length === 1 ? minus[0]! : Math.max(...plus, ...minus);
  const side = signs[target]!;
  const terms = [...plus, ...minus].filter((at) => at !== target).sort((a, b) => a - b);
  terms.sort((a, b) => (signs[a] === side ? 1 : 0) - (signs[b] === side ? 1 : 0) || a - b);
  const expression = terms
    .map((at, index) => `${index === 0 ? '' : signs[at] === side ? ' - ' : ' + '}${quote(names[at]!)}`)
    .join('');
  return signs[terms[0]!] === side ? null : { target: names[target]!, expression };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}
