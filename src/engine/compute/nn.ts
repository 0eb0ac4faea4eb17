/**
 * Building blocks of networks, safe to differentiate twice and more. TensorFlow.js saves some ops' *outputs* for
 * their gradients, and the gradient of the gradient then silently lacks a term (`sigmoid`, `tanh`, `exp`,
 * `softmax`) or cannot be had at all (`leakyRelu`, `maximum`); these recompute from the saved input.
 */
export { elu, erf, exp, gelu, leakyRelu, relu, sigmoid, softplus, swish, tanh } from './nn/activations.ts';
export { dropout, dropoutMask, layerNorm, linear } from './nn/layers.ts';
export { lookUp } from './nn/look-up.ts';
export { centred, normRelu } from './nn/norm-relu.ts';
export type { Thinning } from './nn/norm-relu.ts';
export { crossEntropy, logSoftmax, logSumExp, softmax } from './nn/softmax.ts';
