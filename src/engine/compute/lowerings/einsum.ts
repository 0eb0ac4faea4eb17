/** Sums of products by index notation, as transposes around one product of matrices. */
import { AppError } from '../../../shared/errors.ts';
import { programLine } from '../program-line.ts';
import { binary, reshape, transpose } from '../algebra.ts';
import { matmul, reduce } from '../contraction.ts';
import { sizeOf, type Graph, type Value } from '../graph.ts';
import { listOf, type Lowerings } from './kernel.ts';

/** A value and the letter of each of its axes. */
interface Term {
  readonly value: Value;
  readonly letters: string;
}

/** With the axes in the order given. */
function ordered(graph: Graph, { value, letters }: Term, order: string): Term {
  const permutation = [...order].map((letter) => letters.indexOf(letter));
  return { value: transpose(graph, value, permutation), letters: order };
}

/** Summed over the axes whose letters are not wanted. */
function summed(graph: Graph, { value, letters }: Term, wanted: string): Term {
  const gone = [...letters].flatMap((letter, axis) => (wanted.includes(letter) ? [] : [axis]));
  if (gone.length === 0) return { value, letters };
  const kept = [...letters].filter((letter) => wanted.includes(letter)).join('');
  return { value: reduce(graph, 'ReduceSum', value, gone, false), letters: kept };
}

function common(a: string, b: string): string {
  return [...a].filter((letter) => b.includes(letter)).join('');
}

function without(a: string, b: string): string {
  return [...a].filter((letter) => !b.includes(letter)).join('');
}

function product(graph: Graph, first: Term, second: Term, output: string): Term {
  const a = summed(graph, first, second.letters + output);
  const b = summed(graph, second, first.letters + output);
  const shared = common(a.letters, b.letters);
  const batch = common(shared, output);
  const inner = without(shared, output);
  const [left, right] = [without(a.letters, b.letters), without(b.letters, a.letters)];
  const result = batch + left + right;
  const lengths = new Map<string, number>();
  for (const { value, letters } of [a, b])
    [...letters].forEach((letter, axis) => lengths.set(letter, value.shape[axis] ?? 1));
  const shapeOf = (letters: string): number[] => [...letters].map((letter) => lengths.get(letter) ?? 1);
  const matrix = (term: Term, rows: string, columns: string): Value =>
    reshape(graph, ordered(graph, term, batch + rows + columns).value, [
      ...shapeOf(batch),
      sizeOf(shapeOf(rows)),
      sizeOf(shapeOf(columns)),
    ]);
  const [rows, columns] = [matrix(a, left, inner), matrix(b, inner, right)];
  const value =
    inner === '' ? binary(graph, 'Mul', rows, columns) : matmul(graph, rows, columns, false, false);
  return { value: reshape(graph, value, shapeOf(result)), letters: result };
}

export const einsums: Lowerings = {
  Einsum: (graph, inputs, { equation }) => {
    const [left = '', output = ''] = String(equation).replaceAll(/\s/g, '').split('->');
    const letters = left.split(',');
    const terms = listOf(inputs).map((value, index): Term => ({ value, letters: letters[index] ?? '' }));
    const [first, second, third] = terms;
    if (!first || third || terms.some((term) => new Set(term.letters).size !== term.letters.length)) {
      throw AppError.of('compute/unsupported', 'compile_einsum', { place: programLine() });
    }
    const result = second ? product(graph, first, second, output) : summed(graph, first, output);
    return ordered(graph, result, output).value;
  },
};
