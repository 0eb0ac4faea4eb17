/**
 * Building blocks of networks, safe to differentiate twice and more. TensorFlow.js saves some ops' *outputs* for
 * their gradients, and the gradient of the gradient then silently lacks a term (`sigmoid`, `tanh`, `exp`,
 * `softmax`) or cannot be had at all (`leakyRelu`, `maximum`); these recompute from the saved input.
 */
export {
  elu,
  erf,
  exp,
  gelu,
  leakyRelu,
  prelu,
  relu,
  sigmoid,
  softplus,
  swish,
  tanh,
} from './nn/activations.ts';
export { attention } from './nn/attention.ts';
export { conv2d, conv2dTranspose } from './nn/convolution.ts';
export type { Sliding } from './nn/convolution.ts';
export { einsum } from './nn/einsum.ts';
export { dropoutMask, layerNorm, linear } from './nn/layers.ts';
export { lookUp } from './nn/look-up.ts';
export { centred, normRelu } from './nn/norm-relu.ts';
export type { Thinning } from './nn/norm-relu.ts';
export { averagePool, depthwiseConv2d, maxPool } from './nn/pooling.ts';
export { gruStep, lstmStep } from './nn/recurrent.ts';
export type { LstmState, RecurrentWeights } from './nn/recurrent.ts';
export { depthToSpace, resizeBilinear, resizeNearest } from './nn/resize.ts';
export { cumsum, maximum, minimum, squaredDifference, topK } from './nn/selection.ts';
export { crossEntropy, logSoftmax, logSumExp, softmax } from './nn/softmax.ts';
export { withoutGradient } from './nn/without-gradient.ts';
