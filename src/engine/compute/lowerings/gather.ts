import { binary, cast, expand, reshape, select } from '../algebra.ts';
import { matmul } from '../contraction.ts';
import { int, sizeOf, text, type Graph, type Value } from '../graph.ts';
import { axisIn, need, numberOf, unsupported, type Lowerings } from './kernel.ts';

function gather(graph: Graph, x: Value, indices: Value, axis: number): Value {
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return graph.one('Gather', [x, indices], x.type, shape, { axis: int(axis) });
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
    if (numberOf(attributes, 'batchDims', 0) !== 0) {
      throw unsupported('Gathering with batch axes cannot be compiled.', 'Gather along one axis.');
    }
    const x = need(inputs, 'x');
    return gather(graph, x, need(inputs, 'indices'), axisIn(numberOf(attributes, 'axis', 0), x.shape.length));
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
