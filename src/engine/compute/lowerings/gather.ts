import { binary, cast, reshape, select } from '../algebra.ts';
import { int, sizeOf, text, type Graph, type Value } from '../graph.ts';
import { axisIn, need, numberOf, unsupported, type Lowerings } from './kernel.ts';

function gather(graph: Graph, x: Value, indices: Value, axis: number): Value {
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return graph.one('Gather', [x, indices], x.type, shape, { axis: int(axis) });
}

/** Sums the rows of x that share a segment id; ids below zero are left out. */
function segmentSum(graph: Graph, x: Value, ids: Value, count: number): Value {
  const rows = sizeOf(ids.shape);
  const rest = x.shape.slice(ids.shape.length);
  const data = reshape(graph, x, [rows, ...rest]);
  const flat = cast(graph, reshape(graph, ids, [rows]), 'int64');
  // Rows without a segment go to one more row, which is cut off again.
  const none = graph.scalar('int64', count);
  const outside = binary(graph, 'Less', flat, graph.scalar('int64', 0), 'bool');
  const targets = select(graph, outside, none, flat);
  const zeros = graph.splat(x.type, [count + 1, ...rest], 0);
  const sum = graph.one('ScatterND', [zeros, reshape(graph, targets, [rows, 1]), data], x.type, zeros.shape, {
    reduction: text('add'),
  });
  return graph.one('Slice', [sum, graph.indices([0]), graph.indices([count]), graph.indices([0])], x.type, [
    count,
    ...rest,
  ]);
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
    const classes = graph.constant(
      'int32',
      [depth],
      Array.from({ length: depth }, (_, index) => index),
    );
    const hit = binary(graph, 'Equal', reshape(graph, indices, [...indices.shape, 1]), classes, 'bool');
    const on = numberOf(attributes, 'onValue', 1);
    const off = numberOf(attributes, 'offValue', 0);
    if (on === 1 && off === 0) return cast(graph, hit, type);
    return select(graph, hit, graph.scalar(type, on), graph.scalar(type, off));
  },
};
