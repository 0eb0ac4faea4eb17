/** Sums and products over axes, simplified as they are added to a graph (see algebra.ts). */
import { binary, broadcastShape, expand, narrowed, reshape, transpose } from './algebra.ts';
import { int, madeBy, sizeOf, splatValue, type Graph, type Shape, type Value } from './graph.ts';

export type Reduction = 'ReduceSum' | 'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceProd';

/** Reduces over `axes`; the reduced axes stay with length one when `keep` is set. */
export function reduce(
  graph: Graph,
  op: Reduction,
  value: Value,
  axes: readonly number[],
  keep: boolean,
): Value {
  const without = (gone: readonly number[]): number[] =>
    value.shape.filter((_, axis) => !gone.includes(axis));
  const kept = value.shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension));
  const shape = keep ? kept : without(axes);
  const wide = axes.filter((axis) => value.shape[axis] !== 1);
  if (wide.length === 0) return reshape(graph, value, shape);
  const narrow = op === 'ReduceProd' ? value : narrowed(graph, value);
  if (narrow !== value) return reshape(graph, reduceBroadcast(graph, op, value, narrow, wide), shape);
  if (op === 'ReduceSum' && value.type === 'float32' && leads(wide) && wide.length < value.shape.length) {
    const sums = columnSums(graph, value, wide.length);
    if (sums) return reshape(graph, sums, shape);
  }
  const reduced = graph.one(op, [value, graph.indices(wide)], value.type, keep ? kept : without(wide), {
    keepdims: int(Number(keep)),
  });
  return reshape(graph, reduced, shape);
}

/** What is repeated need not be reduced: only the number of repetitions counts, and only in a sum. */
function reduceBroadcast(
  graph: Graph,
  op: Reduction,
  value: Value,
  narrow: Value,
  axes: readonly number[],
): Value {
  const aligned = [...Array<number>(value.shape.length - narrow.shape.length).fill(1), ...narrow.shape];
  const repeats = axes
    .filter((axis) => aligned[axis] === 1)
    .reduce((product, axis) => product * (value.shape[axis] ?? 1), 1);
  const reduced = reduce(graph, op, reshape(graph, narrow, aligned), axes, true);
  const total =
    op === 'ReduceSum' && repeats !== 1
      ? binary(graph, 'Mul', reduced, graph.scalar(value.type, repeats), value.type)
      : reduced;
  return expand(
    graph,
    total,
    value.shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension)),
  );
}

function leads(axes: readonly number[]): boolean {
  return axes.toSorted((a, b) => a - b).every((axis, position) => axis === position);
}

/** Sums over the leading axes as a product with ones, which the runtime computes several times faster. */
function columnSums(graph: Graph, value: Value, count: number): Value | undefined {
  const rows = sizeOf(value.shape.slice(0, count));
  const rest = value.shape.slice(count);
  const columns = sizeOf(rest);
  if (rows < 32 || columns < 8) return undefined;
  const ones = graph.splat('float32', [rows], 1);
  const sums = graph.one('MatMul', [ones, reshape(graph, value, [rows, columns])], 'float32', [columns]);
  return reshape(graph, sums, rest);
}

/** The product of matrices, each transposed first where asked; leading axes broadcast. */
export function matmul(graph: Graph, a: Value, b: Value, transposeA: boolean, transposeB: boolean): Value {
  const rankA = a.shape.length;
  const rankB = b.shape.length;
  const [rows = 1, inner = 1] = lastTwo(a.shape, transposeA);
  const [, columns = 1] = lastTwo(b.shape, transposeB);
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (splatValue(a) === 0 || splatValue(b) === 0) return graph.splat('float32', [...batch, rows, columns], 0);
  if (sizeOf(batch) === 1) {
    const left = reshape(graph, a, a.shape.slice(-2));
    const right = reshape(graph, b, b.shape.slice(-2));
    return reshape(graph, matmulPlain(graph, left, right, transposeA, transposeB), [...batch, rows, columns]);
  }
  if (inner === 1) {
    const left = reshape(graph, a, [...a.shape.slice(0, -2), rows, 1]);
    return binary(graph, 'Mul', left, reshape(graph, b, [...b.shape.slice(0, -2), 1, columns]));
  }
  const left = transposeA ? transpose(graph, a, swapLastTwo(rankA)) : a;
  const right = transposeB ? transpose(graph, b, swapLastTwo(rankB)) : b;
  return graph.one('MatMul', [left, right], 'float32', [...batch, rows, columns]);
}

function matmulPlain(graph: Graph, a: Value, b: Value, transposeA: boolean, transposeB: boolean): Value {
  // A transpose that was written out is a flag of the product instead.
  const plainA = untransposed(a);
  if (plainA) return matmulPlain(graph, plainA, b, !transposeA, transposeB);
  const plainB = untransposed(b);
  if (plainB) return matmulPlain(graph, a, plainB, transposeA, !transposeB);
  const [rows = 1, inner = 1] = lastTwo(a.shape, transposeA);
  const [, columns = 1] = lastTwo(b.shape, transposeB);
  if (inner === 1) {
    return binary(graph, 'Mul', reshape(graph, a, [rows, 1]), reshape(graph, b, [1, columns]));
  }
  return graph.one('Gemm', [a, b], 'float32', [rows, columns], {
    transA: int(Number(transposeA)),
    transB: int(Number(transposeB)),
  });
}

function untransposed(value: Value): Value | undefined {
  return value.shape.length === 2 ? (madeBy(value, 'Transpose')?.inputs[0] ?? undefined) : undefined;
}

function lastTwo(shape: Shape, transposed: boolean): readonly number[] {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
}

function swapLastTwo(rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
}
