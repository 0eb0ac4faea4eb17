import { AppError } from '../../../shared/errors.ts';
import { programLine } from '../program-line.ts';
import { cast, expand, reshape, transpose } from '../algebra.ts';
import { stridedBounds } from './strided-slice.ts';
import { int, splatValue, text, type Graph, type Value } from '../graph.ts';
import { axisIn, listOf, need, numberOf, numbersOf, type Lowerings } from './kernel.ts';

/** Elements `begin` to `end` (exclusive) by `strides` along every axis. */
function slice(
  graph: Graph,
  x: Value,
  begin: readonly number[],
  end: readonly number[],
  strides: readonly number[],
): Value {
  const shape = begin.map((first, axis) => {
    const step = strides[axis] ?? 1;
    return Math.max(0, Math.ceil(((end[axis] ?? 0) - first) / step));
  });
  const moved = shape.flatMap((length, axis) =>
    length === x.shape[axis] && (strides[axis] ?? 1) === 1 ? [] : [axis],
  );
  if (moved.length === 0) return x;
  const splat = splatValue(x);
  if (splat !== undefined) return graph.splat(x.type, shape, splat);
  // ONNX Runtime 1.30 walks backwards from the last element on WebGPU, wherever it was told to begin.
  const last = begin.map((first, axis) => ((strides[axis] ?? 1) < 0 ? first + 1 : (x.shape[axis] ?? 0)));
  if (last.some((length, axis) => length < (x.shape[axis] ?? 0))) {
    const ones = last.map(() => 1);
    const shorter = slice(
      graph,
      x,
      last.map(() => 0),
      last,
      ones,
    );
    return slice(graph, shorter, begin, end, strides);
  }
  const pick = (values: readonly number[]): Value =>
    graph.indices(
      // Walking backwards past the first element needs an end before it: a large negative number says so.
      moved.map((axis) => {
        const value = values[axis] ?? 1;
        return values === end && value < 0 ? -(2 ** 31) : value;
      }),
    );
  return graph.one('Slice', [x, pick(begin), pick(end), graph.indices(moved), pick(strides)], x.type, shape);
}

function concat(graph: Graph, all: readonly Value[], axis: number): Value {
  const values = all.filter((value) => value.shape[axis] !== 0);
  const [first] = values.length > 0 ? values : all;
  if (!first) throw new Error('Nothing to concatenate.');
  if (values.length <= 1) return first;
  const length = values.reduce((sum, value) => sum + (value.shape[axis] ?? 0), 0);
  const shape = first.shape.map((dimension, other) => (other === axis ? length : dimension));
  return graph.one('Concat', values, first.type, shape, { axis: int(axis) });
}

/** The parts along an axis, of the given lengths. */
function split(graph: Graph, x: Value, lengths: readonly number[], axis: number): Value[] {
  if (lengths.length === 1) return [x];
  const outputs = lengths.map((length) => ({
    type: x.type,
    shape: x.shape.map((dimension, other) => (other === axis ? length : dimension)),
  }));
  return [...graph.node('Split', [x, graph.indices(lengths)], outputs, { axis: int(axis) })];
}

function pad(
  graph: Graph,
  x: Value,
  paddings: readonly (readonly number[])[],
  mode: string,
  value: number,
): Value {
  if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
  const shape = x.shape.map(
    (dimension, axis) => dimension + (paddings[axis]?.[0] ?? 0) + (paddings[axis]?.[1] ?? 0),
  );
  const amounts = [0, 1].flatMap((side) => paddings.map((padding) => padding[side] ?? 0));
  const fill = mode === 'constant' ? [graph.scalar(x.type, value)] : [];
  return graph.one('Pad', [x, graph.indices(amounts), ...fill], x.type, shape, { mode: text(mode) });
}

function paddingsOf(value: unknown): number[][] {
  if (!Array.isArray(value)) throw new Error('The attribute paddings is not a list.');
  return value.map((pair: unknown) => (Array.isArray(pair) ? pair.map(Number) : [0, 0]));
}

export const shapes: Lowerings = {
  Identity: (_graph, inputs) => need(inputs, 'x'),
  Cast: (graph, inputs, attributes) => {
    const { dtype } = attributes;
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw AppError.of('compute/unsupported', 'compile_cast', { type: String(dtype), place: programLine() });
    }
    return cast(graph, need(inputs, 'x'), dtype);
  },
  Reshape: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const wanted = numbersOf(attributes, 'shape');
    const known = wanted.reduce(
      (product, dimension) => (dimension === -1 ? product : product * dimension),
      1,
    );
    const size = x.shape.reduce((product, dimension) => product * dimension, 1);
    return reshape(
      graph,
      x,
      wanted.map((dimension) => (dimension === -1 ? size / known : dimension)),
    );
  },
  ExpandDims: (graph, inputs, attributes) => {
    const x = need(inputs, 'input');
    const shape = [...x.shape];
    shape.splice(axisIn(numberOf(attributes, 'dim'), shape.length + 1), 0, 1);
    return reshape(graph, x, shape);
  },
  Transpose: (graph, inputs, attributes) =>
    transpose(graph, need(inputs, 'x'), numbersOf(attributes, 'perm')),
  Slice: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const begin = numbersOf(attributes, 'begin');
    const size = numbersOf(attributes, 'size');
    const first = x.shape.map((_, axis) => begin[axis] ?? 0);
    const end = x.shape.map((dimension, axis) => {
      const length = size[axis] ?? -1;
      return length < 0 ? dimension : (first[axis] ?? 0) + length;
    });
    return slice(graph, x, first, end, Array<number>(x.shape.length).fill(1));
  },
  Concat: (graph, inputs, attributes) => {
    const values = listOf(inputs);
    return concat(graph, values, axisIn(numberOf(attributes, 'axis'), values[0]?.shape.length ?? 1));
  },
  SplitV: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const axis = axisIn(numberOf(attributes, 'axis'), x.shape.length);
    const total = x.shape[axis] ?? 0;
    const { numOrSizeSplits } = attributes;
    if (typeof numOrSizeSplits === 'number') {
      return split(graph, x, Array<number>(numOrSizeSplits).fill(total / numOrSizeSplits), axis);
    }
    const sizes = numbersOf(attributes, 'numOrSizeSplits');
    const known = sizes.reduce((sum, size) => sum + Math.max(size, 0), 0);
    return split(
      graph,
      x,
      sizes.map((size) => (size < 0 ? total - known : size)),
      axis,
    );
  },
  PadV2: (graph, inputs, attributes) =>
    pad(
      graph,
      need(inputs, 'x'),
      paddingsOf(attributes.paddings),
      'constant',
      numberOf(attributes, 'constantValue', 0),
    ),
  MirrorPad: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const paddings = paddingsOf(attributes.paddings);
    if (attributes.mode === 'reflect') return pad(graph, x, paddings, 'reflect', 0);
    // Symmetric padding repeats the edge too, which ONNX has no mode for.
    return paddings.reduce((value, [before = 0, after = 0], axis) => {
      const length = value.shape[axis] ?? 0;
      const full = (from: number, to: number, step: number): Value => {
        const begin = value.shape.map((_, other) => (other === axis ? from : 0));
        const end = value.shape.map((dimension, other) => (other === axis ? to : dimension));
        return slice(
          graph,
          value,
          begin,
          end,
          value.shape.map((_, other) => (other === axis ? step : 1)),
        );
      };
      const parts = [value];
      if (before > 0) parts.unshift(full(before - 1, -1, -1));
      if (after > 0) parts.push(full(length - 1, length - after - 1, -1));
      return concat(graph, parts, axis);
    }, x);
  },
  Tile: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const repeats = numbersOf(attributes, 'reps');
    const shape = x.shape.map((dimension, axis) => dimension * (repeats[axis] ?? 1));
    // Repeating an axis of length one is broadcasting, which may never have to be carried out.
    if (x.shape.every((dimension, axis) => dimension === 1 || repeats[axis] === 1))
      return expand(graph, x, shape);
    return graph.one('Tile', [x, graph.indices(repeats)], x.type, shape);
  },
  Pack: (graph, inputs, attributes) => {
    const values = listOf(inputs);
    const rank = values[0]?.shape.length ?? 0;
    const axis = axisIn(numberOf(attributes, 'axis'), rank + 1);
    const widened = values.map((value) => reshape(graph, value, value.shape.toSpliced(axis, 0, 1)));
    return concat(graph, widened, axis);
  },
  Unpack: (graph, inputs, attributes) => {
    const value = need(inputs, 'value');
    const axis = axisIn(numberOf(attributes, 'axis'), value.shape.length);
    const count = value.shape[axis] ?? 0;
    const shape = value.shape.toSpliced(axis, 1);
    return split(graph, value, Array<number>(count).fill(1), axis).map((part) => reshape(graph, part, shape));
  },
  Reverse: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const axes = numbersOf(attributes, 'dims').map((axis) => axisIn(axis, x.shape.length));
    const back = (axis: number): boolean => axes.includes(axis);
    return slice(
      graph,
      x,
      x.shape.map((dimension, axis) => (back(axis) ? dimension - 1 : 0)),
      x.shape.map((dimension, axis) => (back(axis) ? -1 : dimension)),
      x.shape.map((_, axis) => (back(axis) ? -1 : 1)),
    );
  },
  StridedSlice: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const bounds = stridedBounds(x.shape, {
      begin: numbersOf(attributes, 'begin'),
      end: numbersOf(attributes, 'end'),
      strides: numbersOf(attributes, 'strides'),
      masks: {
        begin: numberOf(attributes, 'beginMask', 0),
        end: numberOf(attributes, 'endMask', 0),
        ellipsis: numberOf(attributes, 'ellipsisMask', 0),
        newAxis: numberOf(attributes, 'newAxisMask', 0),
        shrink: numberOf(attributes, 'shrinkAxisMask', 0),
      },
    });
    const sliced = slice(graph, x, bounds.begin, bounds.end, bounds.strides);
    return reshape(graph, sliced, bounds.shape(sliced.shape));
  },
  Fill: (graph, _inputs, attributes) => {
    const { dtype } = attributes;
    const type = dtype === 'int32' || dtype === 'bool' ? dtype : 'float32';
    return graph.splat(type, numbersOf(attributes, 'shape'), numberOf(attributes, 'value'));
  },
  ZerosLike: (graph, inputs) => {
    const x = need(inputs, 'x');
    return graph.splat(x.type, x.shape, 0);
  },
  OnesLike: (graph, inputs) => {
    const x = need(inputs, 'x');
    return graph.splat(x.type, x.shape, 1);
  },
  Range: (graph, _inputs, attributes) => {
    const start = numberOf(attributes, 'start');
    const stop = numberOf(attributes, 'stop');
    const step = numberOf(attributes, 'step', 1);
    const count = Math.max(0, Math.ceil((stop - start) / step));
    const type = attributes.dtype === 'int32' ? 'int32' : 'float32';
    return graph.constant(
      type,
      [count],
      Array.from({ length: count }, (_, index) => start + index * step),
    );
  },
  LinSpace: (graph, _inputs, attributes) => {
    const start = numberOf(attributes, 'start');
    const count = numberOf(attributes, 'num');
    const step = count > 1 ? (numberOf(attributes, 'stop') - start) / (count - 1) : 0;
    return graph.constant(
      'float32',
      [count],
      Array.from({ length: count }, (_, index) => start + index * step),
    );
  },
};
