/** For tests and the table in docs/compute.md only: a call of every kernel, and how often it is differentiated. */
import * as tf from '@tensorflow/tfjs';
import type { Contents } from './against-cpu.ts';
import * as nn from '../nn.ts';

export interface Sample {
  /** The kernel of TensorFlow.js, or the operation of `nn.ts`. */
  readonly name: string;
  /** What a program writes to get it. */
  readonly written: string;
  readonly inputs: readonly { readonly shape: readonly number[]; readonly contents: Contents }[];
  readonly apply: (...tensors: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
  /** Derivatives that are tested: none, the first, or the first two, against finite differences. */
  readonly order: 0 | 1 | 2;
}

type Given = Contents | readonly number[] | readonly [Contents, ...number[]];

const usualShape = [3, 4];

/** A sample whose inputs are given by their contents, their shape, or both. */
function sample(
  name: string,
  written: string,
  order: Sample['order'],
  given: readonly Given[],
  apply: Sample['apply'],
): Sample {
  const inputs = given.map((each): Sample['inputs'][number] => {
    if (typeof each === 'string') return { shape: usualShape, contents: each };
    const [first, ...rest] = each;
    return typeof first === 'string'
      ? { contents: first, shape: rest.map(Number) }
      : { contents: 'any', shape: each.map(Number) };
  });
  return { name, written, inputs, apply, order };
}

type Unary = (x: tf.Tensor) => tf.Tensor;
type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const first = (tensors: readonly tf.Tensor[]): tf.Tensor => tensors[0] ?? tf.scalar(0);

function one(
  name: string,
  written: string,
  order: Sample['order'],
  apply: Unary,
  given: Given = 'apart from zero',
) {
  return sample(name, written, order, [given], (...tensors) => apply(first(tensors)));
}

function two(
  name: string,
  written: string,
  order: Sample['order'],
  apply: Binary,
  given: readonly Given[] = ['apart from zero', ['apart from zero', 4]],
) {
  return sample(name, written, order, given, (a = tf.scalar(0), b = tf.scalar(0)) => apply(a, b));
}

const image = [2, 4, 4, 2] as const;
const asImage = (x: tf.Tensor | undefined): tf.Tensor4D => x as tf.Tensor4D;
const run = (kernel: string, inputs: tf.NamedTensorMap, attributes: Record<string, unknown>): tf.Tensor =>
  tf.engine().runKernel(kernel, inputs, attributes as Record<string, string>);

const elementwise: Sample[] = [
  one('Abs', 'tf.abs', 2, tf.abs),
  one('Ceil', 'tf.ceil', 0, tf.ceil),
  one('Cos', 'tf.cos', 2, tf.cos),
  one('Erf', 'nn.erf', 2, nn.erf),
  one('Exp', 'nn.exp', 2, nn.exp),
  one('Floor', 'tf.floor', 0, tf.floor),
  one('Log', 'tf.log', 2, tf.log, 'positive'),
  one('LogicalNot', 'tf.logicalNot', 0, tf.logicalNot, 'truth'),
  one('Neg', 'tf.neg', 2, tf.neg),
  one('Reciprocal', 'tf.reciprocal', 2, tf.reciprocal),
  one('Relu', 'nn.relu', 2, nn.relu),
  one('Round', 'tf.round', 0, tf.round),
  one('Sigmoid', 'nn.sigmoid', 2, nn.sigmoid),
  one('Sign', 'tf.sign', 0, tf.sign),
  one('Sin', 'tf.sin', 2, tf.sin),
  one('Softplus', 'nn.softplus', 2, nn.softplus),
  one('Sqrt', 'tf.sqrt', 2, tf.sqrt, 'positive'),
  one('Tan', 'tf.tan', 2, tf.tan, 'unit'),
  one('Tanh', 'nn.tanh', 2, nn.tanh),
  one('Expm1', 'tf.expm1', 2, tf.expm1),
  one('Log1p', 'tf.log1p', 2, tf.log1p, 'positive'),
  one('Rsqrt', 'tf.rsqrt', 2, tf.rsqrt, 'positive'),
  one('Square', 'tf.square', 2, tf.square),
  one('IsNan', 'tf.isNaN', 0, tf.isNaN),
  one('IsInf', 'tf.isInf', 0, tf.isInf),
  one('IsFinite', 'tf.isFinite', 0, tf.isFinite),
  one('Relu6', 'tf.relu6', 1, tf.relu6),
  one('Selu', 'tf.selu', 1, tf.selu),
  one('Elu', 'nn.elu', 2, nn.elu),
  two('EluGrad', 'tf.grad(tf.elu)', 0, (dy, y) => run('EluGrad', { dy, y }, {}), ['any', 'any']),
  one('LeakyRelu', 'nn.leakyRelu', 2, (x) => nn.leakyRelu(x, 0.3)),
  two('Prelu', 'tf.prelu', 1, tf.prelu, ['apart from zero', ['any', 4]]),
  one('Step', 'tf.step', 0, (x) => tf.step(x)),
  one('ClipByValue', 'tf.clipByValue', 1, (x) => tf.clipByValue(x, -1.05, 1.55)),
  two('Add', 'tf.add', 2, tf.add),
  two('Sub', 'tf.sub', 2, tf.sub),
  two('Multiply', 'tf.mul', 2, tf.mul),
  two('RealDiv', 'tf.div', 2, tf.div),
  two('Pow', 'tf.pow', 1, tf.pow, ['positive', ['any', 4]]),
  two('Maximum', 'nn.maximum', 2, nn.maximum),
  two('Minimum', 'nn.minimum', 2, nn.minimum),
  two('FloorDiv', 'tf.floorDiv', 0, tf.floorDiv),
  two('Mod', 'tf.mod', 0, tf.mod),
  two('SquaredDifference', 'tf.squaredDifference', 2, tf.squaredDifference, ['any', 'any']),
  sample('AddN', 'tf.addN', 2, ['any', 'any', 'any'], (...all) => tf.addN(all)),
  two('Equal', 'tf.equal', 0, tf.equal, ['whole', 'whole']),
  two('NotEqual', 'tf.notEqual', 0, tf.notEqual, ['whole', 'whole']),
  two('Greater', 'tf.greater', 0, tf.greater),
  two('GreaterEqual', 'tf.greaterEqual', 0, tf.greaterEqual),
  two('Less', 'tf.less', 0, tf.less),
  two('LessEqual', 'tf.lessEqual', 0, tf.lessEqual),
  two('LogicalAnd', 'tf.logicalAnd', 0, tf.logicalAnd, ['truth', 'truth']),
  two('LogicalOr', 'tf.logicalOr', 0, tf.logicalOr, ['truth', 'truth']),
  sample('Select', 'tf.where', 2, ['truth', 'any', 'any'], (test, a, b) =>
    tf.where(test ?? tf.scalar(true), a ?? 0, b ?? 0),
  ),
];

const reductions: Sample[] = [
  one('Sum', 'tf.sum', 2, (x) => tf.sum(x, 1)),
  one('Mean', 'tf.mean', 2, (x) => tf.mean(x, 1)),
  one('Max', 'tf.max', 1, (x) => tf.max(x, 1)),
  one('Min', 'tf.min', 1, (x) => tf.min(x, 1)),
  one('Prod', 'tf.prod', 0, (x) => tf.prod(x, 1)),
  one('All', 'tf.all', 0, (x) => tf.all(x, 1), 'truth'),
  one('Any', 'tf.any', 0, (x) => tf.any(x, 1), 'truth'),
  one('ArgMax', 'tf.argMax', 0, (x) => tf.argMax(x, 1)),
  one('ArgMin', 'tf.argMin', 0, (x) => tf.argMin(x, 1)),
  one('Softmax', 'nn.softmax', 2, nn.softmax),
  one('LogSoftmax', 'nn.logSoftmax', 2, nn.logSoftmax),
  one('Cumsum', 'nn.cumsum', 2, (x) => nn.cumsum(x, 0)),
  sample(
    'FusedBatchNorm',
    'tf.batchNorm',
    1,
    ['any', ['any', 4], ['positive', 4], ['any', 4], ['any', 4]],
    (x, ...channels) => {
      const [mean, variance, offset, scale] = channels as tf.Tensor1D[];
      return tf.batchNorm(x ?? tf.scalar(0), mean ?? [], variance ?? [], offset, scale);
    },
  ),
  sample('LayerNorm', 'nn.layerNorm', 2, ['any', ['any', 4], ['any', 4]], (x = tf.scalar(0), gain, bias) =>
    nn.layerNorm(x, gain, bias),
  ),
];

const movements: Sample[] = [
  one('Identity', 'tf.clone', 2, tf.clone),
  one('Cast', 'tf.cast', 0, (x) => tf.cast(x, 'int32')),
  one('Reshape', 'tf.reshape', 2, (x) => tf.reshape(x, [2, 6])),
  one('ExpandDims', 'tf.expandDims', 2, (x) => tf.expandDims(x, 1)),
  one('Transpose', 'tf.transpose', 2, (x) => tf.transpose(x)),
  one('Slice', 'tf.slice', 2, (x) => tf.slice(x, [1, 0], [2, 3])),
  one('StridedSlice', 'tf.stridedSlice', 0, (x) => tf.stridedSlice(x, [0, 0], [3, 4], [2, 2])),
  two('Concat', 'tf.concat', 2, (a, b) => tf.concat([a, b], 1), ['any', 'any']),
  sample('SplitV', 'tf.split', 2, ['any'], (...tensors) => tf.split(first(tensors), [1, 3], 1)),
  one('PadV2', 'tf.pad', 2, (x) => tf.pad(x, [[1, 0], [2, 1]])), // prettier-ignore
  one('MirrorPad', 'tf.mirrorPad', 0, (x) => tf.mirrorPad(x, [[1, 0], [2, 1]], 'reflect')), // prettier-ignore
  one('Tile', 'tf.tile', 2, (x) => tf.tile(x, [2, 2])),
  two('Pack', 'tf.stack', 2, (a, b) => tf.stack([a, b], 1), ['any', 'any']),
  sample('Unpack', 'tf.unstack', 2, ['any'], (...tensors) => tf.unstack(first(tensors), 1)),
  one('Reverse', 'tf.reverse', 2, (x) => tf.reverse(x, [1])),
  one('Fill', 'tf.fill', 0, (x) => tf.fill(x.shape, 2)),
  one('ZerosLike', 'tf.zerosLike', 0, tf.zerosLike),
  one('OnesLike', 'tf.onesLike', 0, tf.onesLike),
  sample('Range', 'tf.range', 0, [], () => tf.range(0, 5)),
  sample('LinSpace', 'tf.linspace', 0, [], () => tf.linspace(0, 1, 5)),
  one('DepthToSpace', 'tf.depthToSpace', 0, (x) => tf.depthToSpace(asImage(x), 2), [1, 2, 2, 4]),
];

const rows = tf.tensor1d.bind(null, [2, 0, 2, 1], 'int32');
const lookUps: Sample[] = [
  one('GatherV2', 'tf.gather', 2, (x) => tf.gather(x, rows())),
  one('GatherNd', 'tf.gatherND', 0, (x) => tf.gatherND(x, tf.tensor2d([[0, 1], [2, 3]], [2, 2], 'int32'))), // prettier-ignore
  one('ScatterNd', 'tf.scatterND', 0, (x) => tf.scatterND(tf.tensor2d([[4], [1], [4]], [3, 1], 'int32'), x, [5, 4])), // prettier-ignore
  one('UnsortedSegmentSum', 'tf.unsortedSegmentSum', 2, (x) =>
    tf.unsortedSegmentSum(x, tf.tensor1d([1, 0, 1], 'int32'), 2),
  ),
  one('OneHot', 'tf.oneHot', 0, (x) => tf.oneHot(x, 4), ['whole', 5]),
  sample('TopK', 'tf.topk', 0, ['any'], (...tensors) => {
    const { values, indices } = tf.topk(first(tensors), 2);
    return [values, indices];
  }),
];

const matrices: Sample[] = [
  two('BatchMatMul', 'tf.matMul', 2, (a, b) => tf.matMul(a, b), ['any', [4, 2]]),
  two('_FusedMatMul', 'tf.fused.matMul', 2, (a, b) => tf.fused.matMul({ a, b, activation: 'relu' }), [
    'any',
    [4, 2],
  ]),
  two('Einsum', 'nn.einsum', 2, (a, b) => nn.einsum('ik,jk->ij', a, b), ['any', [2, 4]]),
];

const filter = [3, 3, 2, 2] as const;
const convolutions: Sample[] = [
  two('Conv2D', 'nn.conv2d', 2, (x, w) => nn.conv2d(asImage(x), asImage(w), { strides: 2, pad: 'same' }), [image, filter]),
  two('Conv2DBackpropInput', 'nn.conv2dTranspose', 2, (y, w) => nn.conv2dTranspose(asImage(y), asImage(w), [4, 4], { strides: 2, pad: 'same' }), [[1, 2, 2, 2], filter]),
  two('Conv2DBackpropFilter', 'tf.grad(nn.conv2d)', 2, (x, w) => tf.grad((at: tf.Tensor) => tf.sum(tf.square(nn.conv2d(asImage(x), asImage(at)))))(w), [[1, 3, 3, 2], [2, 2, 2, 1]]),
  two('FusedConv2D', 'tf.fused.conv2d', 1, (x, w) => tf.fused.conv2d({ x: asImage(x), filter: asImage(w), strides: 1, pad: 'same', activation: 'relu' }), [image, filter]),
  two('DepthwiseConv2dNative', 'tf.depthwiseConv2d', 1, (x, w) => tf.depthwiseConv2d(asImage(x), asImage(w), 2, 'same'), [image, filter]),
  two('DepthwiseConv2dNativeBackpropInput', 'tf.grad(tf.depthwiseConv2d)', 0, (dy, w) => run('DepthwiseConv2dNativeBackpropInput', { dy, filter: w }, { strides: [1, 1], pad: 'same', dilations: [1, 1], inputShape: [...image] }), [[2, 4, 4, 4], filter]),
  two('DepthwiseConv2dNativeBackpropFilter', 'tf.grad(tf.depthwiseConv2d)', 0, (x, dy) => run('DepthwiseConv2dNativeBackpropFilter', { x, dy }, { strides: [1, 1], pad: 'same', dilations: [1, 1], filterShape: [...filter] }), [image, [2, 4, 4, 4]]),
  two('FusedDepthwiseConv2D', 'tf.fused.depthwiseConv2d', 0, (x, w) => tf.fused.depthwiseConv2d({ x: asImage(x), filter: asImage(w), strides: 1, pad: 'same', activation: 'relu' }), [image, filter]),
  one('AvgPool', 'tf.avgPool', 1, (x) => tf.avgPool(asImage(x), 2, 2, 'valid'), image),
  two('AvgPoolGrad', 'tf.grad(tf.avgPool)', 0, (dy, input) => run('AvgPoolGrad', { dy, input }, { filterSize: 3, strides: 2, pad: 'same' }), [[2, 2, 2, 2], image]),
  one('MaxPool', 'tf.maxPool', 1, (x) => tf.maxPool(asImage(x), 3, 2, 'same'), image),
  two('MaxPoolGrad', 'tf.grad(tf.maxPool)', 0, (dy, input) => run('MaxPoolGrad', { dy, input, output: tf.maxPool(asImage(input), 3, 2, 'same') }, { filterSize: 3, strides: 2, pad: 'same' }), [[2, 2, 2, 2], image]),
  one('ResizeNearestNeighbor', 'tf.image.resizeNearestNeighbor', 0, (x) => tf.image.resizeNearestNeighbor(asImage(x), [6, 3]), image),
  two('ResizeNearestNeighborGrad', 'tf.grad(tf.image.resizeNearestNeighbor)', 0, (dy, images) => run('ResizeNearestNeighborGrad', { dy, images }, { alignCorners: false, halfPixelCenters: false }), [[1, 6, 6, 2], [1, 4, 4, 2]]),
  one('ResizeBilinear', 'tf.image.resizeBilinear', 1, (x) => tf.image.resizeBilinear(asImage(x), [6, 3]), image),
  two('ResizeBilinearGrad', 'tf.grad(tf.image.resizeBilinear)', 0, (dy, images) => run('ResizeBilinearGrad', { dy, images }, { alignCorners: false, halfPixelCenters: false }), [[2, 6, 6, 2], image]),
]; // prettier-ignore

/** A call of every kernel that can be compiled. */
export const kernelSamples: readonly Sample[] = [
  ...elementwise,
  ...reductions,
  ...movements,
  ...lookUps,
  ...matrices,
  ...convolutions,
];

const recurrent = (gates: number): readonly Given[] => [
  [2, 3],
  [2, 2],
  [3, gates * 2],
  [2, gates * 2],
  [gates * 2],
];

function weightsOf(tensors: readonly (tf.Tensor | undefined)[]): nn.RecurrentWeights {
  const [input, state, bias] = tensors;
  return { input: input as tf.Tensor2D, state: state as tf.Tensor2D, bias: bias as tf.Tensor1D };
}

/** A call of every operation of `nn.ts`, all differentiated twice. */
export const operationSamples: readonly Sample[] = [
  one('elu', 'nn.elu', 2, nn.elu),
  one('erf', 'nn.erf', 2, nn.erf),
  one('exp', 'nn.exp', 2, nn.exp),
  one('gelu', 'nn.gelu', 2, nn.gelu),
  one('leakyRelu', 'nn.leakyRelu', 2, (x) => nn.leakyRelu(x)),
  two('prelu', 'nn.prelu', 2, nn.prelu, ['apart from zero', ['any', 4]]),
  one('relu', 'nn.relu', 2, nn.relu),
  one('sigmoid', 'nn.sigmoid', 2, nn.sigmoid),
  one('softplus', 'nn.softplus', 2, nn.softplus),
  one('swish', 'nn.swish', 2, nn.swish),
  one('tanh', 'nn.tanh', 2, nn.tanh),
  sample(
    'attention',
    'nn.attention',
    2,
    [
      [2, 3, 2],
      [2, 4, 2],
      [2, 4, 3],
    ],
    (q, k, v) => nn.attention(q as tf.Tensor3D, k as tf.Tensor3D, v as tf.Tensor3D),
  ),
  two('conv2d', 'nn.conv2d', 2, (x, w) => nn.conv2d(asImage(x), asImage(w), { strides: 2, pad: 'same' }), [
    image,
    filter,
  ]),
  two(
    'conv2dTranspose',
    'nn.conv2dTranspose',
    2,
    (y, w) => nn.conv2dTranspose(asImage(y), asImage(w), [5, 5], { strides: 2 }),
    [[1, 2, 2, 2], filter],
  ),
  two('einsum', 'nn.einsum', 2, (a, b) => nn.einsum('bik,bkj->ij', a, b), [
    [2, 3, 2],
    [2, 2, 2],
  ]),
  sample('layerNorm', 'nn.layerNorm', 2, [[2, 3, 4], [4], [4]], (x = tf.scalar(0), gain, bias) =>
    nn.layerNorm(x, gain, bias),
  ),
  sample('linear', 'nn.linear', 2, ['any', [4, 2], [2]], (x = tf.scalar(0), weights = tf.scalar(0), bias) =>
    nn.linear(x, weights, bias),
  ),
  one('lookUp', 'nn.lookUp', 2, (x) => nn.lookUp(x, rows(), tf.cast(tf.oneHot(rows(), 3), 'float32'))),
  one('centred', 'nn.centred', 2, nn.centred),
  two('normRelu', 'nn.normRelu', 2, (x, shift) => nn.normRelu(nn.centred(x), shift), ['any', ['any', 4]]),
  one(
    'averagePool',
    'nn.averagePool',
    2,
    (x) => nn.averagePool(asImage(x), [3, 3], { strides: 2, pad: 'same' }),
    image,
  ),
  one('maxPool', 'nn.maxPool', 2, (x) => nn.maxPool(asImage(x), [2, 2]), image),
  two(
    'depthwiseConv2d',
    'nn.depthwiseConv2d',
    2,
    (x, w) => nn.depthwiseConv2d(asImage(x), asImage(w), { pad: 'same' }),
    [image, filter],
  ),
  sample('gruStep', 'nn.gruStep', 2, recurrent(3), (x, state, ...weights) =>
    nn.gruStep(x as tf.Tensor2D, state as tf.Tensor2D, weightsOf(weights)),
  ),
  sample(
    'lstmStep',
    'nn.lstmStep',
    2,
    [[2, 3], [2, 2], [3, 8], [2, 8], [8], [2, 2]],
    (x, hidden, input, state, bias, cell) => {
      const next = nn.lstmStep(
        x as tf.Tensor2D,
        { hidden: hidden as tf.Tensor2D, cell: cell as tf.Tensor2D },
        weightsOf([input, state, bias]),
      );
      return [next.hidden, next.cell];
    },
  ),
  one('depthToSpace', 'nn.depthToSpace', 2, (x) => nn.depthToSpace(asImage(x), 2), [1, 2, 2, 4]),
  one('resizeBilinear', 'nn.resizeBilinear', 2, (x) => nn.resizeBilinear(asImage(x), [6, 3]), image),
  one('resizeNearest', 'nn.resizeNearest', 2, (x) => nn.resizeNearest(asImage(x), [8, 6]), image),
  one('cumsum', 'nn.cumsum', 2, (x) => nn.cumsum(x, 0, { exclusive: true }), [2, 3, 2]),
  two('maximum', 'nn.maximum', 2, nn.maximum),
  two('minimum', 'nn.minimum', 2, nn.minimum),
  two('squaredDifference', 'nn.squaredDifference', 2, nn.squaredDifference),
  one('topK', 'nn.topK', 2, (x) => nn.topK(x, 2).values),
  one('withoutGradient', 'nn.withoutGradient', 2, (x) =>
    tf.where(
      nn.withoutGradient(() => tf.greater(x, 0)),
      tf.square(x),
      x,
    ),
  ),
  one('logSoftmax', 'nn.logSoftmax', 2, nn.logSoftmax),
  one('logSumExp', 'nn.logSumExp', 2, nn.logSumExp),
  one('softmax', 'nn.softmax', 2, nn.softmax),
  two('crossEntropy', 'nn.crossEntropy', 2, (a, b) => nn.crossEntropy([a, b], tf.tensor2d([[1, 0, 0, 0, 1], [0, 1, 0, 1, 0], [0, 0, 1, 1, 0]], [3, 5])), [[3, 3], [3, 2]]), // prettier-ignore
];
