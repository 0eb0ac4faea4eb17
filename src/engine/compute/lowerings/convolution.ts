/**
 * Convolutions as products of matrices: what each window sees, gathered once, times the filter. The gradient of the
 * filter is the product of the very same gathered windows with the output's gradient. That is faster than the runtime's
 * own operators, which know no gradient of a filter, and all three share what they gather.
 */
import { backend_util } from '@tensorflow/tfjs';
import { AppError } from '../../../shared/errors.ts';
import { programLine } from '../program-line.ts';
import { binary, reshape, transpose } from '../algebra.ts';
import { matmul } from '../contraction.ts';
import type { Graph, Value } from '../graph.ts';
import { area, outside, windowsOf, type Windows } from '../windows.ts';
import { need, numbersOf, type KernelAttributes, type Lowering, type Lowerings } from './kernel.ts';
import { activated } from './matrices.ts';
import { gatherRows, trivial, unfold } from './sliding.ts';

interface Convolution {
  readonly windows: Windows;
  readonly filters: number;
}

type Shape4D = [number, number, number, number];

export function fourOf(shape: readonly number[]): Shape4D {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  return [a, b, c, d];
}

export function pairOf(attributes: KernelAttributes, name: string): [number, number] {
  const [first = 1, second = first] =
    (attributes[name] ?? null) === null ? [1, 1] : numbersOf(attributes, name);
  return [first, second];
}

/** How TensorFlow.js describes padding: a word, a number, or rows and columns before and after for each axis. */
export function paddingOf({
  pad,
}: KernelAttributes): 'same' | 'valid' | number | backend_util.ExplicitPadding {
  if (pad === 'same' || pad === 'valid' || typeof pad === 'number') return pad;
  if (!Array.isArray(pad)) throw new Error('The attribute pad is of no known kind.');
  const [none = [0, 0], rows = [0, 0], columns = [0, 0], last = [0, 0]] = pad.map(
    (pair: unknown): [number, number] =>
      Array.isArray(pair) ? [Number(pair[0]), Number(pair[1])] : [Number(pair), Number(pair)],
  );
  return [none, rows, columns, last];
}

export function roundingOf({ dimRoundingMode }: KernelAttributes): 'floor' | 'round' | 'ceil' | undefined {
  return dimRoundingMode === 'floor' || dimRoundingMode === 'round' || dimRoundingMode === 'ceil'
    ? dimRoundingMode
    : undefined;
}

export function convolutionOf(
  image: readonly number[],
  filter: readonly number[],
  attributes: KernelAttributes,
  depthwise = false,
): Convolution {
  if (attributes.dataFormat === 'NCHW') {
    throw AppError.of('compute/unsupported', 'compile_channels_first', { place: programLine() });
  }
  const info = backend_util.computeConv2DInfo(
    fourOf(image),
    fourOf(filter),
    pairOf(attributes, 'strides'),
    pairOf(attributes, 'dilations'),
    paddingOf(attributes),
    roundingOf(attributes),
    depthwise,
  );
  return { windows: windowsOf(info), filters: info.outChannels };
}

/** What the windows see, as rows: [batch · windows, taps · channels]. */
function columns(graph: Graph, x: Value, windows: Windows): Value {
  const rows = windows.batch * area(windows.output);
  return reshape(graph, unfold(graph, x, windows), [rows, area(windows.size) * windows.channels]);
}

function convolved(graph: Graph, x: Value, filter: Value, { windows, filters }: Convolution): Value {
  const weights = reshape(graph, filter, [area(windows.size) * windows.channels, filters]);
  const product = matmul(graph, columns(graph, x, windows), weights, false, false);
  return reshape(graph, product, [windows.batch, ...windows.output, filters]);
}

function filterGradient(graph: Graph, x: Value, dy: Value, { windows, filters }: Convolution): Value {
  const rows = reshape(graph, dy, [windows.batch * area(windows.output), filters]);
  const product = matmul(graph, columns(graph, x, windows), rows, true, false);
  return reshape(graph, product, [...windows.size, windows.channels, filters]);
}

/**
 * Along one axis: pixels that are equal modulo the stride (a phase) are seen by windows at the same few distances. For
 * each distance and phase the tap that sees it, or `outside`.
 */
function phases({ size, stride, before }: Windows, axis: 0 | 1): { distances: number[]; taps: number[][] } {
  const taps = Array.from({ length: size[axis] }, (_, tap) => tap);
  const seeing = Array.from({ length: stride[axis] }, (_, phase) =>
    taps.flatMap((tap) => {
      const distance = (phase + before[axis] - tap) / stride[axis];
      return Number.isInteger(distance) ? [{ distance, tap }] : [];
    }),
  );
  const distances = [...new Set(seeing.flat().map(({ distance }) => distance))].sort((a, b) => a - b);
  return {
    distances,
    taps: distances.map((wanted) =>
      seeing.map((phase) => phase.find(({ distance }) => distance === wanted)?.tap ?? outside),
    ),
  };
}

/**
 * The gradient of the images: for every block of pixels (one of each phase) the windows around it times a matrix of the
 * filter's taps, one product in all (the sub-pixel convolution of Shi et al. 2016); nothing has to be added up after.
 */
function inputGradient(graph: Graph, dy: Value, filter: Value, { windows, filters }: Convolution): Value {
  const { batch, input, channels, stride, output } = windows;
  const image = [batch, ...input, channels];
  if (trivial(windows)) {
    const rows = reshape(graph, dy, [batch * area(output), filters]);
    const product = matmul(graph, rows, reshape(graph, filter, [channels, filters]), false, true);
    return reshape(graph, product, image);
  }
  const [down, right] = [phases(windows, 0), phases(windows, 1)];
  const blocks = [Math.ceil(input[0] / stride[0]), Math.ceil(input[1] / stride[1])] as const;
  const distances = down.distances.length * right.distances.length;
  const around = gatherRows(
    graph,
    reshape(graph, dy, [batch, area(output), filters]),
    neighbours(blocks, output, down.distances, right.distances),
    0,
  );
  const product = matmul(
    graph,
    reshape(graph, around, [batch * area(blocks), distances * filters]),
    phaseMatrix(graph, filter, windows, filters, down.taps, right.taps),
    false,
    false,
  );
  const apart = reshape(graph, product, [batch, ...blocks, ...stride, channels]);
  const padded = [batch, blocks[0] * stride[0], blocks[1] * stride[1], channels];
  const whole = reshape(graph, transpose(graph, apart, [0, 1, 3, 2, 4, 5]), padded);
  if (padded[1] === input[0] && padded[2] === input[1]) return whole;
  return graph.one(
    'Slice',
    [whole, graph.indices([0, 0]), graph.indices(input), graph.indices([1, 2])],
    'float32',
    image,
  );
}

/** For each block, the windows at the given distances from it: [blocks · distances]. */
function neighbours(
  blocks: readonly [number, number],
  output: readonly [number, number],
  down: readonly number[],
  right: readonly number[],
): Int32Array {
  const windows: number[] = [];
  for (let row = 0; row < blocks[0]; row++) {
    for (let column = 0; column < blocks[1]; column++) {
      for (const dy of down) {
        for (const dx of right) {
          const [y, x] = [row + dy, column + dx];
          const inside = y >= 0 && y < output[0] && x >= 0 && x < output[1];
          windows.push(inside ? y * output[1] + x : outside);
        }
      }
    }
  }
  return Int32Array.from(windows);
}

/** The filter's taps by distance and phase: [distances · filters, phases · channels], zeros where no tap is. */
function phaseMatrix(
  graph: Graph,
  filter: Value,
  windows: Windows,
  filters: number,
  down: readonly (readonly number[])[],
  right: readonly (readonly number[])[],
): Value {
  const { channels, size, stride } = windows;
  const width = size[1];
  const chosen = down.flatMap((rows) =>
    right.flatMap((columns) =>
      rows.flatMap((row) =>
        columns.map((column) => (row === outside || column === outside ? outside : row * width + column)),
      ),
    ),
  );
  const taps = reshape(graph, filter, [1, area(size), channels * filters]);
  const byPhase = gatherRows(graph, taps, Int32Array.from(chosen), 0);
  const count = down.length * right.length;
  const blocks = reshape(graph, byPhase, [count, area(stride), channels, filters]);
  return reshape(graph, transpose(graph, blocks, [0, 3, 1, 2]), [count * filters, area(stride) * channels]);
}

const fused: Lowering = (graph, inputs, attributes) => {
  const [x, filter] = [need(inputs, 'x'), need(inputs, 'filter')];
  const plain = convolved(graph, x, filter, convolutionOf(x.shape, filter.shape, attributes));
  const biased = inputs.bias ? binary(graph, 'Add', plain, inputs.bias) : plain;
  return activated(graph, biased, attributes);
};

export const convolutions: Lowerings = {
  Conv2D: (graph, inputs, attributes) => {
    const [x, filter] = [need(inputs, 'x'), need(inputs, 'filter')];
    return convolved(graph, x, filter, convolutionOf(x.shape, filter.shape, attributes));
  },
  FusedConv2D: fused,
  Conv2DBackpropFilter: (graph, inputs, attributes) => {
    const [x, dy] = [need(inputs, 'x'), need(inputs, 'dy')];
    return filterGradient(
      graph,
      x,
      dy,
      convolutionOf(x.shape, numbersOf(attributes, 'filterShape'), attributes),
    );
  },
  Conv2DBackpropInput: (graph, inputs, attributes) => {
    const [dy, filter] = [need(inputs, 'dy'), need(inputs, 'filter')];
    return inputGradient(
      graph,
      dy,
      filter,
      convolutionOf(numbersOf(attributes, 'inputShape'), filter.shape, attributes),
    );
  },
};
