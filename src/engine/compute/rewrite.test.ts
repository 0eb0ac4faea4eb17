import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodesInOrder, type GraphNode } from './graph.ts';
import { agreesWithCpu, argument, type Call } from './lowerings/against-cpu.ts';
import { crossEntropy, layerNorm, leakyRelu, linear, relu } from './nn.ts';
import { rewrite } from './rewrite.ts';
import { trace } from './tracer.ts';

type Combination = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => tf.Tensor | tf.Tensor[];

const around: Record<string, Combination> = {
  'product and sum': (a, b, c) => tf.add(tf.matMul(a, b), c),
  'sum and product': (a, b, c) => tf.add(c, tf.matMul(a, b)),
  'less something': (a, b, c) => tf.sub(tf.matMul(a, b), c),
  'something less a product': (a, b, c) => tf.sub(c, tf.matMul(a, b)),
  'scaled and added': (a, b, c) => tf.add(tf.mul(tf.matMul(a, b), 0.3), c),
  'negative, then added': (a, b, c) => tf.add(c, tf.neg(tf.mul(tf.matMul(a, b), 2))),
  'sum of products': (a, b, c) => tf.add(tf.add(tf.matMul(a, b), tf.matMul(tf.square(a), b)), c),
  'product read twice': (a, b, c) => {
    const product = tf.matMul(a, b);
    return [tf.add(product, c), tf.mul(product, 2)];
  },
  'activated, with its mask': (a, b, c) => {
    const before = tf.add(tf.matMul(a, b), c);
    return [leakyRelu(before, 0.1), tf.step(before, 0.1), tf.step(before), relu(before)];
  },
  'a bias added twice': (a, b, c) => tf.add(tf.add(tf.matMul(a, b), c), c),
};

describe('rewriting', () => {
  it.each(Object.entries(around))('keeps the result: %s', async (label, apply) => {
    const size = fc.integer({ min: 1, max: 5 });
    const calls = fc
      .record({ rows: size, inner: size, columns: size, form: fc.nat(4) })
      .chain(({ rows, inner, columns, form }) => {
        const addend = [[], [columns], [rows, 1], [1, columns], [rows, columns]][form] ?? [];
        return fc
          .tuple(argument([rows, inner]), argument([inner, columns]), argument(addend))
          .map((all): Call => ({ label, arguments: all, apply: apply, gradient: true }));
      });
    await agreesWithCpu(calls, 4);
  });

  /** The operators of a program over float inputs of these shapes, counted. */
  function operators(
    shapes: readonly (readonly number[])[],
    program: (tensors: readonly tf.Tensor[]) => Record<string, tf.Tensor>,
  ): Record<string, number> {
    const inputs = shapes.map((shape, index) => ({
      name: `x${String(index)}`,
      type: 'float32' as const,
      shape,
    }));
    const { graph, results } = trace(inputs, (tensors) => new Map(Object.entries(program(tensors))));
    const nodes: GraphNode[] = nodesInOrder([...rewrite(graph, results).values()]);
    const counts: Record<string, number> = {};
    for (const { op } of nodes) counts[op] = (counts[op] ?? 0) + 1;
    return counts;
  }

  it('makes a layer one product and one activation', () => {
    const layer = operators([[50, 20], [20, 10], [10]], ([x, w, b]) => ({
      y: leakyRelu(linear(x ?? tf.scalar(0), w ?? tf.scalar(0), b)),
    }));
    expect(layer).toEqual({ Gemm: 1, LeakyRelu: 1 });
  });

  it('makes the backward pass of a layer as few', () => {
    const counts = operators([[50, 20], [20, 10], [10]], ([x, w, b]) => {
      const loss = (weights: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
        tf.sum(leakyRelu(linear(x ?? tf.scalar(0), weights, bias)));
      const { value, grads } = tf.valueAndGrads(loss)([w ?? tf.scalar(0), b ?? tf.scalar(0)]);
      return { value, ofWeights: grads[0] ?? tf.scalar(0), ofBias: grads[1] ?? tf.scalar(0) };
    });
    // Forward product, activation and its sum; the mask, the product with the input, the sum over rows.
    expect(counts).toEqual({ Gemm: 2, LeakyRelu: 1, ReduceSum: 1, HardSigmoid: 1, Max: 1, MatMul: 1 });
  });

  it('computes layer norm by the operator made for it', () => {
    const counts = operators([[50, 20], [20], [20]], ([x, gain, bias]) => ({
      y: layerNorm(x ?? tf.scalar(0), gain, bias),
    }));
    expect(counts).toEqual({ LayerNormalization: 1 });
  });

  it('shares the logarithms of crossEntropy between its value and its gradient', () => {
    const counts = operators(
      [
        [50, 4],
        [50, 3],
        [50, 7],
      ],
      ([a, b, target]) => {
        const loss = (...logits: tf.Tensor[]): tf.Tensor =>
          tf.mean(crossEntropy(logits, target ?? tf.scalar(0)));
        const { value, grads } = tf.valueAndGrads(loss)([a ?? tf.scalar(0), b ?? tf.scalar(0)]);
        return { value, first: grads[0] ?? tf.scalar(0), second: grads[1] ?? tf.scalar(0) };
      },
    );
    expect(counts.LogSoftmax).toBe(2);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBeLessThan(13);
  });
});
