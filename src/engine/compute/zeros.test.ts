import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { Graph, nodesInOrder } from './graph.ts';
import { binary } from './algebra.ts';
import { matmul } from './contraction.ts';
import { conv2d, leakyRelu } from './nn.ts';
import { trace } from './tracer.ts';

it('nothing is made of zeros', () => {
  const graph = new Graph();
  const x = graph.input('x', 'float32', [3, 4]);
  const zeros = graph.splat('float32', [4, 4], 0);
  const made = [
    binary(graph, 'Mul', x, graph.scalar('float32', 0)),
    matmul(graph, x, zeros, false, true),
    binary(graph, 'Add', x, matmul(graph, x, zeros, false, false)),
  ];
  expect(nodesInOrder(made)).toEqual([]);
  expect(made[2]).toBe(x);
});

it('a penalty on a gradient costs no product for the second derivative of what is linear in pieces', () => {
  const images = { name: 'x', type: 'float32', shape: [2, 8, 8, 3] } as const;
  const filter = { name: 'w', type: 'float32', shape: [3, 3, 3, 5] } as const;
  const { results } = trace([images, filter], ([x = tf.scalar(0), w = tf.scalar(0)]) => {
    const score = (at: tf.Tensor, by: tf.Tensor): tf.Scalar =>
      tf.sum(leakyRelu(conv2d(at as tf.Tensor4D, by as tf.Tensor4D, { strides: 2, pad: 'same' })));
    const penalty = (by: tf.Tensor): tf.Scalar =>
      tf.sum(tf.square(tf.grad((at: tf.Tensor) => score(at, by))(x)));
    return new Map([['gradient', tf.grad(penalty)(w)]]);
  });
  const products = nodesInOrder([...results.values()]).filter(({ op }) => op === 'Gemm');
  // The convolution itself for its mask, the gradient of the images, and what that has to do with the filter.
  expect(products).toHaveLength(3);
});
