import { binary, cast, expand, reshape, select, transpose } from '../algebra.ts';
import { matmul, reduce } from '../contraction.ts';
import { int, sizeOf, text, type Graph, type Value } from '../graph.ts';
import { axisIn, need, numberOf, numbersOf, type Lowerings } from './kernel.ts';

function gather(graph: Graph, x: Value, indices: Value, axis: number): Value {
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return graph.one('Gather', [x, indices], x.type, shape, { axis: int(axis) });
}

/** Gathers along `axis` by indices of each element's own along the first `batches` axes. */
function gatherInBatches(graph: Graph, x: Value, indices: Value, axis: number, batches: number): Value {
  const [batch, outer, inner] = [
    x.shape.slice(0, batches),
    x.shape.slice(batches, axis),
    x.shape.slice(axis + 1),
  ];
  const [count, before, after] = [sizeOf(batch), sizeOf(outer), sizeOf(inner)];
  const [length = 1, wanted] = [x.shape[axis], indices.shape.slice(batches)];
  const rows = transpose(graph, reshape(graph, x, [count, before, length, after]), [0, 2, 1, 3]);
  const numbers = cast(graph, reshape(graph, indices, [count, sizeOf(wanted), 1]), 'int64');
  const found = graph.one('GatherND', [rows, numbers], x.type, [count, sizeOf(wanted), before, after], {
    batch_dims: int(1),
  });
  return reshape(graph, transpose(graph, found, [0, 2, 1, 3]), [...batch, ...outer, ...wanted, ...inner]);
}

/**
 * Sums the rows of x that share a segment id; ids below zero are left out. Not by ScatterND: the runtime adds in
 * parallel there, and loses rows that meet in a segment.
 */
function segmentSum(graph: Graph, x: Value, ids: Value, count: number): Value {
  const rows = sizeOf(ids.shape);
  const rest = x.shape.slice(ids.shape.length);
  const data = reshape(graph, x, [rows, sizeOf(rest)]);
  const column = reshape(graph, ids, [rows, 1]);
  const sums =
    x.type === 'float32' && rows * count <= largestOneHot
      ? matmul(graph, cast(graph, hits(graph, column, count), 'float32'), data, true, false)
      : scattered(graph, data, column, count);
  return reshape(graph, sums, [count, ...rest]);
}

/** Up to this size a product with one-hots is many times faster than adding element by element. */
const largestOneHot = 2 ** 22;

/** Whether each index [rows, 1] is each of the classes 0 … count − 1: [rows, count]. */
function hits(graph: Graph, indices: Value, count: number): Value {
  const classes = graph.constant(
    'int32',
    [count],
    Array.from({ length: count }, (_, index) => index),
  );
  return binary(graph, 'Equal', indices, classes, 'bool');
}

function scattered(graph: Graph, data: Value, ids: Value, count: number): Value {
  const [, width = 1] = data.shape;
  // Rows without a segment go to one more row, which is cut off again.
  const index = cast(graph, ids, 'int64');
  const outside = binary(graph, 'Less', index, graph.scalar('int64', 0), 'bool');
  const targets = select(graph, outside, graph.scalar('int64', count), index);
  const zeros = graph.splat(data.type, [count + 1, width], 0);
  const sum = graph.one(
    'ScatterElements',
    [zeros, expand(graph, targets, data.shape), data],
    data.type,
    zeros.shape,
    {
      axis: int(0),
      reduction: text('add'),
    },
  );
  const bounds = [graph.indices([0]), graph.indices([count]), graph.indices([0])];
  return graph.one('Slice', [sum, ...bounds], data.type, [count, width]);
}

export const gathers: Lowerings = {
  GatherV2: (graph, inputs, attributes) => {
    const [x, indices] = [need(inputs, 'x'), need(inputs, 'indices')];
    const axis = axisIn(numberOf(attributes, 'axis', 0), x.shape.length);
    const batches = axisIn(numberOf(attributes, 'batchDims', 0), indices.shape.length);
    return batches === 0
      ? gather(graph, x, indices, axis)
      : gatherInBatches(graph, x, indices, axis, batches);
  },
  GatherNd: (graph, inputs) => {
    const [x, indices] = [need(inputs, 'params'), need(inputs, 'indices')];
    const shape = [...indices.shape.slice(0, -1), ...x.shape.slice(indices.shape.at(-1) ?? 0)];
    return graph.one('GatherND', [x, cast(graph, indices, 'int64')], x.type, shape);
  },
  // As sums of segments, which know how to add up what meets in one place.
  ScatterNd: (graph, inputs, attributes) => {
    const [indices, updates] = [need(inputs, 'indices'), need(inputs, 'updates')];
    const shape = numbersOf(attributes, 'shape');
    const depth = indices.shape.at(-1) ?? 1;
    const rows = sizeOf(indices.shape.slice(0, -1));
    const places = shape.slice(0, depth);
    const strides = places.map((_, axis) => sizeOf(places.slice(axis + 1)));
    const steps = binary(
      graph,
      'Mul',
      reshape(graph, indices, [rows, depth]),
      graph.constant('int32', [depth], strides),
    );
    const ids = reduce(graph, 'ReduceSum', steps, [1], false);
    const data = reshape(graph, updates, [rows, ...shape.slice(depth)]);
    return reshape(graph, segmentSum(graph, data, ids, sizeOf(places)), shape);
  },
  TopK: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const count = numberOf(attributes, 'k', 1);
    const shape = [...x.shape.slice(0, -1), count];
    const [values, indices] = graph.node(
      'TopK',
      [x, graph.indices([count])],
      [
        { type: x.type, shape },
        { type: 'int64', shape },
      ],
      { axis: int(-1) },
    );
    if (!values || !indices) throw new Error('TopK has two outputs.');
    return [values, cast(graph, indices, 'int32')];
  },
  UnsortedSegmentSum: (graph, inputs, attributes) =>
    segmentSum(graph, need(inputs, 'x'), need(inputs, 'segmentIds'), numberOf(attributes, 'numSegments')),
  OneHot: (graph, inputs, attributes) => {
    const indices = need(inputs, 'indices');
    const depth = numberOf(attributes, 'depth');
    const { dtype } = attributes;
    const type = dtype === 'int32' || dtype === 'bool' ? dtype : 'float32';
    // By comparison, not ONNX OneHot: that counts negative indices from the end.
    const hit = hits(graph, reshape(graph, indices, [...indices.shape, 1]), depth);
    const on = numberOf(attributes, 'onValue', 1);
    const off = numberOf(attributes, 'offValue', 0);
    if (on === 1 && off === 0) return cast(graph, hit, type);
    return select(graph, hit, graph.scalar(type, on), graph.scalar(type, off));
  },
};
