import { binary, cast, reshape, unary } from '../algebra.ts';
import { matmul, reduce, type Reduction } from '../contraction.ts';
import { int, sizeOf, type Graph, type Value } from '../graph.ts';
import {
  axisIn,
  flagOf,
  need,
  numberOf,
  numbersOf,
  type KernelAttributes,
  type Lowering,
  type Lowerings,
} from './kernel.ts';

/** The axes to reduce: all when none is given. */
function axesOf(attributes: KernelAttributes, name: string, rank: number): number[] {
  const given = attributes[name];
  if (given === undefined || given === null) return Array.from({ length: rank }, (_, axis) => axis);
  return numbersOf(attributes, name).map((axis) => axisIn(axis, rank));
}

function numeric(op: Reduction, axisName: string): Lowering {
  return (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    // Sums and products of truth values count them.
    const number = x.type === 'bool' ? cast(graph, x, 'int32') : x;
    return reduce(
      graph,
      op,
      number,
      axesOf(attributes, axisName, x.shape.length),
      flagOf(attributes, 'keepDims'),
    );
  };
}

function logical(op: 'ReduceMin' | 'ReduceMax'): Lowering {
  return (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const axes = axesOf(attributes, 'axis', x.shape.length);
    return cast(
      graph,
      reduce(graph, op, cast(graph, x, 'int32'), axes, flagOf(attributes, 'keepDims')),
      'bool',
    );
  };
}

function extremeIndex(op: 'ArgMax' | 'ArgMin'): Lowering {
  return (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const axis = axisIn(numberOf(attributes, 'axis', 0), x.shape.length);
    const shape = x.shape.filter((_, other) => other !== axis);
    const result = graph.one(op, [x], 'int64', shape, { axis: int(axis), keepdims: int(0) });
    return cast(graph, result, 'int32');
  };
}

/** x − log Σ exp x over the last axis, shifted by the maximum. */
function logSoftmax(graph: Graph, x: Value): Value {
  return graph.one('LogSoftmax', [x], 'float32', x.shape, { axis: int(-1) });
}

export const reductions: Lowerings = {
  Sum: numeric('ReduceSum', 'axis'),
  Mean: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const axes = axesOf(attributes, 'axis', x.shape.length);
    return reduce(graph, 'ReduceMean', cast(graph, x, 'float32'), axes, flagOf(attributes, 'keepDims'));
  },
  Max: numeric('ReduceMax', 'reductionIndices'),
  Min: numeric('ReduceMin', 'axis'),
  Prod: numeric('ReduceProd', 'axis'),
  All: logical('ReduceMin'),
  Any: logical('ReduceMax'),
  ArgMax: extremeIndex('ArgMax'),
  ArgMin: extremeIndex('ArgMin'),
  Softmax: (graph, inputs) => {
    const logits = need(inputs, 'logits');
    return graph.one('Softmax', [logits], 'float32', logits.shape, { axis: int(-1) });
  },
  LogSoftmax: (graph, inputs) => logSoftmax(graph, need(inputs, 'logits')),
  FusedBatchNorm: (graph, inputs, attributes) => {
    const [x, mean, variance] = [need(inputs, 'x'), need(inputs, 'mean'), need(inputs, 'variance')];
    const epsilon = graph.scalar('float32', numberOf(attributes, 'varianceEpsilon', 0.001));
    const deviation = unary(graph, 'Sqrt', binary(graph, 'Add', variance, epsilon));
    const slope = inputs.scale
      ? binary(graph, 'Div', inputs.scale, deviation)
      : unary(graph, 'Reciprocal', deviation);
    const scaled = binary(graph, 'Mul', binary(graph, 'Sub', x, mean), slope);
    return inputs.offset ? binary(graph, 'Add', scaled, inputs.offset) : scaled;
  },
  Cumsum: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const axis = axisIn(numberOf(attributes, 'axis'), x.shape.length);
    const exclusive = flagOf(attributes, 'exclusive');
    const reverse = flagOf(attributes, 'reverse');
    const length = x.shape[axis] ?? 1;
    if (axis === x.shape.length - 1 && x.type === 'float32' && length <= longestTriangle) {
      // Several times faster than the runtime's own operator, which goes through the axis element by element.
      const rows = reshape(graph, x, [sizeOf(x.shape) / length, length]);
      return reshape(
        graph,
        matmul(graph, rows, triangle(graph, length, exclusive, reverse), false, false),
        x.shape,
      );
    }
    return graph.one('CumSum', [x, graph.scalar('int32', axis)], x.type, x.shape, {
      exclusive: int(Number(exclusive)),
      reverse: int(Number(reverse)),
    });
  },
};

/** Cumulative sums up to this long are products with a triangle of ones. */
const longestTriangle = 128;

/** Ones where a row's element counts into a column's sum. */
function triangle(graph: Graph, length: number, exclusive: boolean, reverse: boolean): Value {
  const counts = (from: number, to: number): boolean =>
    (reverse ? from >= to : from <= to) && !(exclusive && from === to);
  const ones = Float64Array.from({ length: length * length }, (_, index) =>
    Number(counts(Math.floor(index / length), index % length)),
  );
  return graph.constant('float32', [length, length], ones);
}
