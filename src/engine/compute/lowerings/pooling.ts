/** Depthwise convolutions and pooling: sums, means and maxima over what each window sees (sliding.ts). */
import { backend_util } from '@tensorflow/tfjs';
import { binary, cast, reshape } from '../algebra.ts';
import { reduce } from '../contraction.ts';
import { int, type Graph, type Value } from '../graph.ts';
import { area, pixelCounts, windowsOf, type Windows } from '../windows.ts';
import { convolutionOf, fourOf, paddingOf, pairOf, roundingOf } from './convolution.ts';
import { activated } from './matrices.ts';
import { need, numbersOf, type KernelAttributes, type Lowerings } from './kernel.ts';
import { fold, unfold } from './sliding.ts';

/** Lower than any pixel, and a number still. */
const lowest = -3.4e38;

function poolOf(image: readonly number[], attributes: KernelAttributes): Windows {
  return windowsOf(
    backend_util.computePool2DInfo(
      fourOf(image),
      pairOf(attributes, 'filterSize'),
      pairOf(attributes, 'strides'),
      1,
      paddingOf(attributes),
      roundingOf(attributes),
    ),
  );
}

function imageOf(graph: Graph, value: Value, windows: Windows, channels: number): Value {
  return reshape(graph, value, [windows.batch, ...windows.output, channels]);
}

/** Which tap of its window a pixel is the largest of, the first of equals: true once, [batch, windows, taps, channels]. */
function largestTaps(graph: Graph, x: Value, windows: Windows): Value {
  const { batch, output, size, channels } = windows;
  const seen = unfold(graph, x, windows, lowest);
  const tap = graph.one('ArgMax', [seen], 'int64', [batch, area(output), 1, channels], {
    axis: int(2),
    keepdims: int(1),
  });
  const taps = graph.constant('int32', [area(size)], [...Array(area(size)).keys()]);
  return binary(graph, 'Equal', cast(graph, tap, 'int32'), reshape(graph, taps, [area(size), 1]), 'bool');
}

export const pools: Lowerings = {
  AvgPool: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const windows = poolOf(x.shape, attributes);
    const sums = reduce(graph, 'ReduceSum', unfold(graph, x, windows), [2], false);
    const shares = pixelCounts(windows).map((count) => 1 / count);
    const mean = binary(graph, 'Mul', sums, graph.constant('float32', [shares.length, 1], shares));
    return imageOf(graph, mean, windows, windows.channels);
  },
  // As TensorFlow.js has it: where padding is not counted in the mean, its gradient counts it nevertheless.
  AvgPoolGrad: (graph, inputs, attributes) => {
    const dy = need(inputs, 'dy');
    const windows = poolOf(need(inputs, 'input').shape, attributes);
    const { batch, output, size, channels } = windows;
    const share = binary(graph, 'Mul', dy, graph.scalar('float32', 1 / area(size)));
    return fold(graph, reshape(graph, share, [batch, area(output), 1, channels]), windows);
  },
  MaxPool: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const windows = poolOf(x.shape, attributes);
    const largest = reduce(graph, 'ReduceMax', unfold(graph, x, windows, lowest), [2], false);
    return imageOf(graph, largest, windows, windows.channels);
  },
  MaxPoolGrad: (graph, inputs, attributes) => {
    const [x, dy] = [need(inputs, 'input'), need(inputs, 'dy')];
    const windows = poolOf(x.shape, attributes);
    const { batch, output, channels } = windows;
    const largest = cast(graph, largestTaps(graph, x, windows), 'float32');
    const rows = reshape(graph, dy, [batch, area(output), 1, channels]);
    return fold(graph, binary(graph, 'Mul', largest, rows), windows);
  },
};

/** A filter [height, width, channels, multiplier] as [taps, channels, multiplier]. */
function tapsOf(graph: Graph, filter: Value): Value {
  const [height = 1, width = 1, channels = 1, multiplier = 1] = filter.shape;
  return reshape(graph, filter, [height * width, channels, multiplier]);
}

function depthwise(graph: Graph, x: Value, filter: Value, attributes: KernelAttributes): Value {
  const { windows, filters } = convolutionOf(x.shape, filter.shape, attributes, true);
  const { batch, output, size, channels } = windows;
  const seen = reshape(graph, unfold(graph, x, windows), [batch, area(output), area(size), channels, 1]);
  const products = binary(graph, 'Mul', seen, tapsOf(graph, filter));
  return imageOf(graph, reduce(graph, 'ReduceSum', products, [2], false), windows, filters);
}

export const depthwiseConvolutions: Lowerings = {
  DepthwiseConv2dNative: (graph, inputs, attributes) =>
    depthwise(graph, need(inputs, 'x'), need(inputs, 'filter'), attributes),
  FusedDepthwiseConv2D: (graph, inputs, attributes) => {
    const plain = depthwise(graph, need(inputs, 'x'), need(inputs, 'filter'), attributes);
    return activated(graph, inputs.bias ? binary(graph, 'Add', plain, inputs.bias) : plain, attributes);
  },
  DepthwiseConv2dNativeBackpropInput: (graph, inputs, attributes) => {
    const [dy, filter] = [need(inputs, 'dy'), need(inputs, 'filter')];
    const image = numbersOf(attributes, 'inputShape');
    const { windows, filters } = convolutionOf(image, filter.shape, attributes, true);
    const { batch, output, channels } = windows;
    const rows = reshape(graph, dy, [batch, area(output), 1, channels, filters / channels]);
    const products = binary(graph, 'Mul', rows, tapsOf(graph, filter));
    return fold(graph, reduce(graph, 'ReduceSum', products, [4], false), windows);
  },
  DepthwiseConv2dNativeBackpropFilter: (graph, inputs, attributes) => {
    const [x, dy] = [need(inputs, 'x'), need(inputs, 'dy')];
    const filter = numbersOf(attributes, 'filterShape');
    const { windows, filters } = convolutionOf(x.shape, filter, attributes, true);
    const { batch, output, size, channels } = windows;
    const seen = reshape(graph, unfold(graph, x, windows), [batch, area(output), area(size), channels, 1]);
    const rows = reshape(graph, dy, [batch, area(output), 1, channels, filters / channels]);
    return reshape(
      graph,
      reduce(graph, 'ReduceSum', binary(graph, 'Mul', seen, rows), [0, 1], false),
      filter,
    );
  },
};
