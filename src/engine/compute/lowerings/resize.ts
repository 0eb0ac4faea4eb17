/** Resizing of images as products with the weights of `resampling.ts`: linear, and so are their gradients. */
import { AppError } from '../../../shared/errors.ts';
import { programLine } from '../program-line.ts';
import { reshape, transpose } from '../algebra.ts';
import { matmul } from '../contraction.ts';
import { int, type Graph, type Value } from '../graph.ts';
import { linearWeights, nearestPixels, nearestWeights, type Alignment } from '../resampling.ts';
import { flagOf, need, numbersOf, type KernelAttributes, type Lowering, type Lowerings } from './kernel.ts';

type Weights = (from: number, to: number, alignment: Alignment) => Float32Array;

function alignmentOf(attributes: KernelAttributes): Alignment {
  return { corners: flagOf(attributes, 'alignCorners'), centres: flagOf(attributes, 'halfPixelCenters') };
}

/** The products of rows along an axis with weights [to, from], or with them transposed. */
function resample(graph: Graph, x: Value, axis: 1 | 2, weights: Value, transposed: boolean): Value {
  const last = [0, 1, 2, 3].filter((other) => other !== axis);
  const moved = transpose(graph, x, [...last, axis]);
  const [to = 1, from = 1] = transposed ? weights.shape.toReversed() : weights.shape;
  const rows = reshape(graph, moved, [moved.shape.slice(0, 3).reduce((all, each) => all * each, 1), from]);
  const product = reshape(graph, matmul(graph, rows, weights, false, !transposed), [
    ...moved.shape.slice(0, 3),
    to,
  ]);
  const back = axis === 1 ? [0, 3, 1, 2] : [0, 1, 3, 2];
  return transpose(graph, product, back);
}

function resized(graph: Graph, x: Value, attributes: KernelAttributes, weightsOf: Weights): Value {
  return alongBoth(graph, x, x.shape, numbersOf(attributes, 'size'), attributes, weightsOf, false);
}

function alongBoth(
  graph: Graph,
  x: Value,
  from: readonly number[],
  to: readonly number[],
  attributes: KernelAttributes,
  weightsOf: Weights,
  transposed: boolean,
): Value {
  const [height = 1, width = 1] = to;
  const axis = (value: Value, at: 1 | 2, length: number): Value => {
    const before = from[at] ?? 1;
    const weights = weightsOf(before, length, alignmentOf(attributes));
    return resample(graph, value, at, graph.constant('float32', [length, before], weights), transposed);
  };
  return axis(axis(x, 1, height), 2, width);
}

/** The gradient of resizing `images` to the size of `dy`. */
function gradientBy(weightsOf: Weights): Lowering {
  return (graph, inputs, attributes) => {
    const [images, dy] = [need(inputs, 'images'), need(inputs, 'dy')];
    return alongBoth(graph, dy, images.shape, dy.shape.slice(1, 3), attributes, weightsOf, true);
  };
}

export const resizes: Lowerings = {
  ResizeBilinear: (graph, inputs, attributes) =>
    resized(graph, need(inputs, 'images'), attributes, linearWeights),
  ResizeBilinearGrad: gradientBy(linearWeights),
  // What is only copied needs no product.
  ResizeNearestNeighbor: (graph, inputs, attributes) => {
    const alignment = alignmentOf(attributes);
    return numbersOf(attributes, 'size').reduce(
      (value, to, index) => {
        const axis = index + 1;
        const from = value.shape[axis] ?? 1;
        const pixels = graph.constant('int32', [to], nearestPixels(from, to, alignment));
        const shape = value.shape.map((length, other) => (other === axis ? to : length));
        return graph.one('Gather', [value, pixels], value.type, shape, { axis: int(axis) });
      },
      need(inputs, 'images'),
    );
  },
  ResizeNearestNeighborGrad: gradientBy(nearestWeights),
  DepthToSpace: (graph, inputs, attributes) => {
    if (attributes.dataFormat === 'NCHW')
      throw AppError.of('compute/unsupported', 'compile_channels_first', { place: programLine() });
    const x = need(inputs, 'x');
    const [batch = 1, height = 1, width = 1, depth = 1] = x.shape;
    const [block = 1] = numbersOf(attributes, 'blockSize');
    const channels = depth / (block * block);
    const apart = reshape(graph, x, [batch, height, width, block, block, channels]);
    const moved = transpose(graph, apart, [0, 1, 3, 2, 4, 5]);
    return reshape(graph, moved, [batch, height * block, width * block, channels]);
  },
};
