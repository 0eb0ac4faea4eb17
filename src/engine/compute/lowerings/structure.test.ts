import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { createRandom } from '../random.ts';
import { agreesWithCpu, argument, shapes, type Call, type Contents } from './against-cpu.ts';

/** Calls of one tensor and a choice that depends on its shape. */
function oneTensor<C>(
  label: string,
  shape: fc.Arbitrary<number[]>,
  choice: (shape: number[]) => fc.Arbitrary<C>,
  apply: (x: tf.Tensor, choice: C) => tf.Tensor | tf.Tensor[],
  { contents = 'any', gradient = true }: { contents?: Contents; gradient?: boolean } = {},
): fc.Arbitrary<Call> {
  return shape.chain((dimensions) =>
    fc.tuple(argument(dimensions, contents), choice(dimensions)).map(([x, chosen]): Call => ({
      label: `${label} ${JSON.stringify(chosen)}`,
      arguments: [x],
      apply: (tensor = tf.scalar(0)) => apply(tensor, chosen),
      gradient: gradient && contents !== 'whole' && contents !== 'truth',
    })),
  );
}

const none = (): fc.Arbitrary<null> => fc.constant(null);
const axisOf = (shape: readonly number[]): fc.Arbitrary<number> =>
  fc.integer({ min: -shape.length, max: shape.length - 1 });
const axesOf = (shape: readonly number[]): fc.Arbitrary<{ axes: number[] | undefined; keep: boolean }> =>
  fc.record({
    axes: fc.option(fc.subarray(shape.map((_, axis) => axis)), { nil: undefined }),
    keep: fc.boolean(),
  });
const some = shapes(1, 4);

const reductions: Record<string, fc.Arbitrary<Call>> = {
  sum: oneTensor('sum', shapes(), axesOf, (x, { axes, keep }) => tf.sum(x, axes, keep)),
  'sum of whole numbers': oneTensor('sum', shapes(), axesOf, (x, { axes, keep }) => tf.sum(x, axes, keep), {
    contents: 'whole',
  }),
  'sum of truth values': oneTensor(
    'sum',
    shapes(),
    axesOf,
    (x, { axes, keep }) => tf.sum(tf.cast(x, 'bool'), axes, keep),
    {
      contents: 'truth',
    },
  ),
  mean: oneTensor('mean', shapes(), axesOf, (x, { axes, keep }) => tf.mean(x, axes, keep)),
  max: oneTensor('max', shapes(), axesOf, (x, { axes, keep }) => tf.max(x, axes, keep)),
  min: oneTensor('min', shapes(), axesOf, (x, { axes, keep }) => tf.min(x, axes, keep)),
  'max of whole numbers': oneTensor('max', shapes(), axesOf, (x, { axes, keep }) => tf.max(x, axes, keep), {
    contents: 'whole',
  }),
  prod: oneTensor('prod', shapes(), axesOf, (x, { axes, keep }) => tf.prod(x, axes, keep), {
    gradient: false,
  }),
  all: oneTensor('all', shapes(), axesOf, (x, { axes, keep }) => tf.all(x, axes, keep), {
    contents: 'truth',
  }),
  any: oneTensor('any', shapes(), axesOf, (x, { axes, keep }) => tf.any(x, axes, keep), {
    contents: 'truth',
  }),
  'sum of what was broadcast': oneTensor('sum', shapes(1, 3), axesOf, (x, { axes, keep }) =>
    tf.sum(tf.broadcastTo(tf.mean(x, 0, true), x.shape), axes, keep),
  ),
  'max of what was broadcast': oneTensor(
    'max',
    shapes(1, 3),
    axesOf,
    (x, { axes, keep }) => tf.max(tf.broadcastTo(tf.mean(x, 0, true), x.shape), axes, keep),
    { gradient: false },
  ),
  argMax: oneTensor('argMax', some, axisOf, (x, axis) => tf.argMax(x, axis), { gradient: false }),
  argMin: oneTensor('argMin', some, axisOf, (x, axis) => tf.argMin(x, axis), { gradient: false }),
  softmax: oneTensor('softmax', some, none, (x) => tf.softmax(x)),
  logSoftmax: oneTensor('logSoftmax', some, none, (x) => tf.logSoftmax(x)),
  logSumExp: oneTensor('logSumExp', shapes(), axesOf, (x, { axes, keep }) => tf.logSumExp(x, axes, keep)),
  cumsum: oneTensor(
    'cumsum',
    some,
    (shape) => fc.record({ axis: fc.nat(shape.length - 1), exclusive: fc.boolean(), reverse: fc.boolean() }),
    (x, { axis, exclusive, reverse }) => tf.cumsum(x, axis, exclusive, reverse),
    { gradient: false },
  ),
  // TensorFlow.js has the gradient wrong along other axes.
  'cumsum along the last axis': oneTensor(
    'cumsum',
    some,
    () => fc.record({ exclusive: fc.boolean(), reverse: fc.boolean() }),
    (x, { exclusive, reverse }) => tf.cumsum(x, x.rank - 1, exclusive, reverse),
  ),
};

/** A begin and a length inside every axis. */
const window = (shape: readonly number[]): fc.Arbitrary<{ begin: number[]; size: number[] }> =>
  fc.tuple(...shape.map((length) => fc.tuple(fc.nat(length - 1), fc.nat(length - 1)))).map((bounds) => ({
    begin: bounds.map(([a, b]) => Math.min(a, b)),
    size: bounds.map(([a, b]) => Math.abs(a - b) + 1),
  }));
const permutation = (shape: readonly number[]): fc.Arbitrary<number[]> => {
  const axes = shape.map((_, axis) => axis);
  return fc.shuffledSubarray(axes, { minLength: axes.length });
};
const product = (shape: readonly number[]): number => shape.reduce((all, dimension) => all * dimension, 1);
const padding = (shape: readonly number[]): fc.Arbitrary<[number, number][]> =>
  fc.tuple(...shape.map(() => fc.tuple(fc.nat(2), fc.nat(2))));
const repeats = (shape: readonly number[]): fc.Arbitrary<number[]> =>
  fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 3 })));

const movements: Record<string, fc.Arbitrary<Call>> = {
  reshape: oneTensor('reshape', shapes(), none, (x) =>
    tf.reshape(tf.reshape(x, [-1]), [1, product(x.shape)]),
  ),
  expandDims: oneTensor(
    'expandDims',
    shapes(0, 3),
    (shape) => fc.nat(shape.length),
    (x, axis) => tf.expandDims(x, axis),
  ),
  squeeze: oneTensor('squeeze', shapes(), none, (x) => tf.squeeze(x)),
  transpose: oneTensor('transpose', shapes(1, 4), permutation, (x, order) => tf.transpose(x, order)),
  'transpose twice': oneTensor('transpose', shapes(2, 4), permutation, (x, order) =>
    tf.transpose(tf.transpose(x, order)),
  ),
  slice: oneTensor('slice', some, window, (x, { begin, size }) => tf.slice(x, begin, size)),
  stridedSlice: oneTensor(
    'stridedSlice',
    some,
    (shape) =>
      fc.record({
        begin: fc.tuple(...shape.map((length) => fc.integer({ min: -length, max: length - 1 }))),
        end: fc.tuple(...shape.map((length) => fc.integer({ min: -length, max: length }))),
        strides: fc.tuple(...shape.map(() => fc.constantFrom(1, 2, 3))),
        shrink: fc.constantFrom(0, 1),
        masks: fc.tuple(fc.nat(2 ** shape.length - 1), fc.nat(2 ** shape.length - 1)),
      }),
    (x, { begin, end, strides, shrink, masks }) => {
      // An empty result has no business in a network; keep the axis in full instead.
      const probe = (axis: number): boolean =>
        shapeOfSlice(x.shape[axis] ?? 1, begin[axis] ?? 0, end[axis] ?? 0, strides[axis] ?? 1) < 1;
      const empty = x.shape.reduce((mask, _, axis) => (probe(axis) ? mask | (1 << axis) : mask), 0);
      return tf.stridedSlice(
        x,
        begin,
        end,
        // The cpu backend fails on shrinking together with strides.
        shrink ? strides.map(() => 1) : strides,
        shrink ? 2 ** x.rank - 2 : masks[0] | empty,
        shrink ? 2 ** x.rank - 2 : masks[1] | empty,
        0,
        0,
        shrink,
      );
    },
    { gradient: false },
  ),
  reverse: oneTensor(
    'reverse',
    some,
    (shape) =>
      fc.subarray(
        shape.map((_, axis) => axis),
        { minLength: 1 },
      ),
    (x, axes) => tf.reverse(x, axes),
  ),
  pad: oneTensor('pad', some, padding, (x, amounts) => tf.pad(x, amounts, 0)),
  'pad with a value': oneTensor('pad', some, padding, (x, amounts) => tf.pad(x, amounts, -2), {
    gradient: false,
  }),
  mirrorPad: oneTensor(
    'mirrorPad',
    fc.array(fc.integer({ min: 3, max: 4 }), { minLength: 1, maxLength: 3 }),
    (shape) =>
      fc.record({ amounts: padding(shape), mode: fc.constantFrom('reflect' as const, 'symmetric' as const) }),
    (x, { amounts, mode }) => tf.mirrorPad(x, amounts, mode),
  ),
  tile: oneTensor('tile', shapes(1, 3), repeats, (x, times) => tf.tile(x, times)),
  broadcastTo: oneTensor(
    'broadcastTo',
    shapes(1, 3),
    () => fc.integer({ min: 1, max: 3 }),
    (x, times) => tf.broadcastTo(tf.expandDims(x, 0), [times, ...x.shape]),
  ),
  unstack: oneTensor('unstack', some, axisOf, (x, axis) => tf.unstack(tf.concat([x, x], axis), axis)),
  'split evenly': oneTensor('split', some, axisOf, (x, axis) => tf.split(tf.concat([x, x], axis), 2, axis)),
  'split by lengths': oneTensor('split', some, axisOf, (x, axis) => {
    const length = x.shape.at(axis) ?? 1;
    return tf.split(tf.concat([x, x, x], axis), [length, -1], axis);
  }),
  cutting: oneTensor('slice of a reshape', some, none, (x) =>
    tf.slice(tf.reshape(x, [product(x.shape)]), [0], [1]),
  ),
};

describe('reductions', () => {
  it.each(Object.entries(reductions))('%s', async (_, calls) => {
    await agreesWithCpu(calls);
  });
});

describe('movements of data', () => {
  it.each(Object.entries(movements))('%s', async (_, calls) => {
    await agreesWithCpu(calls);
  });

  it('concat and stack', async () => {
    const calls = shapes(1, 3).chain((shape) =>
      fc
        .tuple(argument(shape), argument(shape), argument(shape), axisOf(shape), fc.boolean())
        .map(([a, b, c, axis, stacked]): Call => ({
          label: stacked ? 'stack' : 'concat',
          arguments: [a, b, c],
          apply: (...tensors) => (stacked ? tf.stack(tensors, Math.max(axis, 0)) : tf.concat(tensors, axis)),
          gradient: true,
        })),
    );
    await agreesWithCpu(calls);
  });

  it('made from nothing', async () => {
    const calls = fc
      .record({ count: fc.integer({ min: 1, max: 6 }), x: argument([2, 3], 'any', 'input') })
      .map(({ count, x }): Call => ({
        label: 'made',
        arguments: [x],
        apply: (tensor = tf.scalar(0)) => [
          tf.add(tf.sum(tensor), tf.range(0, count, 0.5)),
          tf.add(tf.sum(tensor), tf.linspace(-1, 2, count)),
          tf.add(tf.sum(tensor), tf.fill([count, 2], 3)),
          tf.mul(tf.sum(tensor), tf.eye(count)),
          tf.mul(tf.sum(tensor), tf.ones([count, 30, 4])),
          tf.ones([count, 40]),
          tf.range(0, count, 1, 'int32'),
        ],
      }));
    await agreesWithCpu(calls);
  });
});

describe('products of matrices', () => {
  it('matMul, with transposes and batches', async () => {
    const size = fc.integer({ min: 1, max: 5 });
    const calls = fc
      .record({
        rows: size,
        inner: size,
        columns: size,
        batch: shapes(0, 2),
        left: fc.boolean(),
        right: fc.boolean(),
      })
      .chain(({ rows, inner, columns, batch, left, right }) =>
        fc
          .tuple(
            argument([...batch, ...(left ? [inner, rows] : [rows, inner])]),
            argument([...batch, ...(right ? [columns, inner] : [inner, columns])]),
          )
          .map((both): Call => ({
            label: `matMul ${String(left)} ${String(right)}`,
            arguments: both,
            apply: (a = tf.scalar(0), b = tf.scalar(0)) => tf.matMul(a, b, left, right),
            gradient: true,
          })),
      );
    await agreesWithCpu(calls, 6);
  });

  it('matMul of transposed matrices', async () => {
    const size = fc.integer({ min: 1, max: 5 });
    const calls = fc.record({ rows: size, inner: size, columns: size }).chain(({ rows, inner, columns }) =>
      fc.tuple(argument([inner, rows]), argument([columns, inner])).map((both): Call => ({
        label: 'matMul',
        arguments: both,
        apply: (a = tf.scalar(0), b = tf.scalar(0)) => tf.matMul(tf.transpose(a), tf.transpose(b)),
        gradient: true,
      })),
    );
    await agreesWithCpu(calls);
  });

  it('fused with bias and activation', async () => {
    const size = fc.integer({ min: 1, max: 5 });
    const activation = fc.constantFrom(
      'linear' as const,
      'relu' as const,
      'sigmoid' as const,
      'elu' as const,
      'leakyrelu' as const,
    );
    const calls = fc
      .record({ rows: size, inner: size, columns: size, activation })
      .chain(({ rows, inner, columns, activation: chosen }) =>
        fc
          .tuple(argument([rows, inner]), argument([inner, columns]), argument([columns]))
          .map((all): Call => ({
            label: `fused ${chosen}`,
            arguments: all,
            apply: (a = tf.scalar(0), b = tf.scalar(0), bias = tf.scalar(0)) =>
              tf.fused.matMul({ a, b, bias, activation: chosen, leakyreluAlpha: 0.2 }),
          })),
      );
    await agreesWithCpu(calls);
  });
});

describe('lookups', () => {
  it('gather, with the gradient of an embedding', async () => {
    const calls = shapes(1, 3).chain((shape) =>
      axisOf(shape).chain((axis) => {
        const length = shape.at(axis) ?? 1;
        return fc
          .tuple(argument(shape), fc.array(fc.nat(length - 1), { minLength: 1, maxLength: 6 }), fc.boolean())
          .map(([x, indices, known]): Call => ({
            label: `gather ${String(axis)}`,
            arguments: [
              x,
              { shape: [indices.length], values: indices, type: 'int32', role: known ? 'constant' : 'input' },
            ],
            apply: (table = tf.scalar(0), rows = tf.scalar(0)) =>
              tf.gather(table, tf.cast(rows, 'int32'), axis < 0 ? axis + shape.length : axis),
            gradient: true,
          }));
      }),
    );
    await agreesWithCpu(calls, 6);
  });

  it('unsortedSegmentSum leaves out negative ids', async () => {
    const calls = shapes(1, 3).chain((shape) =>
      fc
        .tuple(
          argument(shape),
          fc.array(fc.integer({ min: -1, max: 4 }), { minLength: shape[0] ?? 1, maxLength: shape[0] ?? 1 }),
        )
        .map(([x, ids]): Call => ({
          label: 'unsortedSegmentSum',
          arguments: [x, { shape: [ids.length], values: ids, type: 'int32', role: 'input' }],
          apply: (data = tf.scalar(0), segments = tf.scalar(0)) =>
            tf.unsortedSegmentSum(data, tf.cast(segments, 'int32') as tf.Tensor1D, 5),
        })),
    );
    await agreesWithCpu(calls);
  });

  it('sums a segment of many rows alike for large vocabularies and any number of threads', async () => {
    const [rows, segments] = [3000, 2000];
    const random = createRandom(4);
    const x = new Float32Array(rows * 2);
    random.fillNormal(x);
    // All rows meet in a few segments.
    const ids = Int32Array.from({ length: rows }, () => random.integer(7) - 1);
    const expected = tf
      .unsortedSegmentSum(tf.tensor2d(x, [rows, 2]), tf.tensor1d(ids, 'int32'), segments)
      .dataSync();
    for (const threads of [1, 3]) {
      const compiled = await compile(
        (_, given) => ({
          outputs: { sums: tf.unsortedSegmentSum(given.x, tf.reshape(given.ids, [rows]), segments) },
        }),
        { state: {}, inputs: { x: { shape: [rows, 2] }, ids: { shape: [rows], dtype: 'int32' } }, threads },
      );
      const { sums } = await compiled.run({ x, ids });
      expect(sums.every((sum, index) => Math.abs(sum - (expected[index] ?? NaN)) < 1e-3)).toBe(true);
      await compiled.dispose();
    }
  });

  it('oneHot', async () => {
    const calls = shapes(1, 3).chain((shape) =>
      fc
        .tuple(argument(shape, 'whole'), fc.integer({ min: 2, max: 5 }), fc.boolean())
        .map(([x, depth, custom]): Call => ({
          label: `oneHot ${String(depth)}`,
          arguments: [x],
          apply: (indices = tf.scalar(0)) =>
            custom ? tf.oneHot(indices, depth, 2, -1) : tf.cast(tf.oneHot(indices, depth), 'float32'),
        })),
    );
    await agreesWithCpu(calls);
  });
});

/** The length of begin:end:stride along an axis, as NumPy counts it. */
function shapeOfSlice(length: number, begin: number, end: number, stride: number): number {
  const inside = (index: number): number => {
    const positive = index < 0 ? index + length : index;
    return stride > 0
      ? Math.min(Math.max(positive, 0), length)
      : Math.min(Math.max(positive, -1), length - 1);
  };
  return Math.ceil((inside(end) - inside(begin)) / stride);
}
