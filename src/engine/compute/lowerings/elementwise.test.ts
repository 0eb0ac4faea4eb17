import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { knowsInfinity, ordersTruth } from '../test-device.ts';
import { agreesWithCpu, argument, broadcasting, shapes, type Call, type Contents } from './against-cpu.ts';

type Unary = (x: tf.Tensor) => tf.Tensor;
type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

interface Options {
  readonly contents?: Contents;
  readonly gradient?: boolean;
}

const unaries: Record<string, [Unary, Options?]> = {
  abs: [tf.abs, { gradient: true }],
  neg: [tf.neg, { gradient: true }],
  'neg of whole numbers': [tf.neg, { contents: 'whole' }],
  sign: [tf.sign],
  square: [tf.square, { gradient: true }],
  'square of whole numbers': [tf.square, { contents: 'whole' }],
  sqrt: [tf.sqrt, { contents: 'positive', gradient: true }],
  'sqrt of negative numbers': [tf.sqrt],
  rsqrt: [tf.rsqrt, { contents: 'positive', gradient: true }],
  exp: [tf.exp, { gradient: true }],
  expm1: [tf.expm1, { gradient: true }],
  'expm1 of small numbers': [(x) => tf.expm1(tf.mul(x, 1e-4)), { gradient: true }],
  log: [tf.log, { contents: 'positive', gradient: true }],
  log1p: [tf.log1p, { contents: 'positive', gradient: true }],
  'log1p of small numbers': [(x) => tf.log1p(tf.mul(x, 1e-4)), { gradient: true }],
  reciprocal: [tf.reciprocal, { contents: 'apart from zero', gradient: true }],
  relu: [tf.relu, { gradient: true }],
  relu6: [(x) => tf.relu6(tf.mul(x, 4)), { gradient: true }],
  leakyRelu: [(x) => tf.leakyRelu(x, 0.3), { gradient: true }],
  elu: [tf.elu, { gradient: true }],
  selu: [tf.selu, { gradient: true }],
  softplus: [tf.softplus, { gradient: true }],
  sigmoid: [tf.sigmoid, { gradient: true }],
  tanh: [tf.tanh, { gradient: true }],
  erf: [tf.erf, { gradient: true }],
  sin: [tf.sin, { gradient: true }],
  cos: [tf.cos, { gradient: true }],
  floor: [tf.floor],
  ceil: [tf.ceil],
  round: [tf.round],
  step: [(x) => tf.step(x)],
  'step with a slope': [(x) => tf.step(x, 0.2)],
  clip: [(x) => tf.clipByValue(x, -1, 1.5), { gradient: true }],
  logicalNot: [tf.logicalNot, { contents: 'truth' }],
  isNaN: [(x) => tf.isNaN(tf.sqrt(x))],
  ...(knowsInfinity && {
    isFinite: [(x) => tf.isFinite(tf.log(tf.abs(x)))],
    isInf: [(x) => tf.isInf(tf.log(tf.abs(x)))],
  }),
  'cast to whole numbers': [(x) => tf.cast(x, 'int32')],
  'cast to truth values': [(x) => tf.cast(x, 'bool')],
  'cast from whole numbers': [(x) => tf.cast(x, 'float32'), { contents: 'whole' }],
  'cast from truth values': [(x) => tf.cast(x, 'float32'), { contents: 'truth' }],
  clone: [tf.clone, { gradient: true }],
  zerosLike: [tf.zerosLike],
  onesLike: [tf.onesLike],
};

const binaries: Record<string, [Binary, Options?]> = {
  add: [tf.add, { gradient: true }],
  sub: [tf.sub, { gradient: true }],
  mul: [tf.mul, { gradient: true }],
  div: [tf.div, { contents: 'apart from zero', gradient: true }],
  'div by zero': [tf.div],
  'add whole numbers': [tf.add, { contents: 'whole' }],
  'sub whole numbers': [tf.sub, { contents: 'whole' }],
  'mul whole numbers': [tf.mul, { contents: 'whole' }],
  'div whole numbers': [(a, b) => tf.div(a, tf.add(tf.mul(b, 2), 1)), { contents: 'whole' }],
  // Whole quotients only: on others the cpu backend divides in double precision and may land one lower.
  floorDiv: [
    (a, b) => tf.floorDiv(tf.round(tf.mul(a, 10)), tf.round(tf.mul(b, 10))),
    { contents: 'apart from zero' },
  ],
  'floorDiv of whole numbers': [(a, b) => tf.floorDiv(a, tf.add(tf.mul(b, 2), 1)), { contents: 'whole' }],
  mod: [tf.mod, { contents: 'apart from zero' }],
  'mod of whole numbers': [(a, b) => tf.mod(a, tf.add(tf.mul(b, 2), 1)), { contents: 'whole' }],
  pow: [tf.pow, { contents: 'positive', gradient: true }],
  // The gradients of these three are wrong in TensorFlow.js when they broadcast.
  maximum: [tf.maximum],
  minimum: [tf.minimum],
  squaredDifference: [tf.squaredDifference],
  'maximum, same shape': [
    (a, b) => tf.maximum(tf.add(a, tf.zerosLike(b)), tf.add(b, tf.zerosLike(a))),
    { gradient: true },
  ],
  'minimum, same shape': [
    (a, b) => tf.minimum(tf.add(a, tf.zerosLike(b)), tf.add(b, tf.zerosLike(a))),
    { gradient: true },
  ],
  'squaredDifference, same shape': [
    (a, b) => tf.squaredDifference(tf.add(a, tf.zerosLike(b)), tf.add(b, tf.zerosLike(a))),
    { gradient: true },
  ],
  equal: [tf.equal],
  notEqual: [tf.notEqual],
  greater: [tf.greater],
  greaterEqual: [tf.greaterEqual],
  less: [tf.less],
  lessEqual: [tf.lessEqual],
  'equal whole numbers': [tf.equal, { contents: 'whole' }],
  'greater whole numbers': [tf.greater, { contents: 'whole' }],
  ...(ordersTruth && { 'less truth values': [tf.less, { contents: 'truth' }] }),
  'equal truth values': [tf.equal, { contents: 'truth' }],
  logicalAnd: [tf.logicalAnd, { contents: 'truth' }],
  logicalOr: [tf.logicalOr, { contents: 'truth' }],
  logicalXor: [tf.logicalXor, { contents: 'truth' }],
};

/** Chains that the simplifications rewrite. */
const rewritten: Record<string, Binary> = {
  'negatives cancel': (a, b) => tf.mul(tf.neg(a), tf.neg(b)),
  'a sign moves out': (a, b) => tf.add(tf.mul(tf.neg(a), b), a),
  'subtract a negative': (a, b) => tf.sub(a, tf.neg(b)),
  'add a negative': (a, b) => tf.add(tf.neg(a), b),
  'scales join': (a, b) => tf.mul(tf.mul(tf.mul(a, 3), b), tf.mul(tf.mul(b, 0.5), -2)),
  'scale of a negative': (a, b) => tf.sub(tf.mul(tf.neg(a), 4), tf.neg(tf.mul(b, 4))),
  'neutral elements': (a, b) => tf.div(tf.mul(tf.add(tf.sub(a, 0), 0), 1), tf.pow(tf.add(tf.abs(b), 1), 1)),
  'zero minus': (a, b) => tf.sub(0, tf.sub(a, b)),
  'division by a number': (a, b) => tf.add(tf.div(a, 8), tf.div(b, 3)),
  powers: (a, b) => tf.add(tf.pow(a, 2), tf.pow(tf.add(tf.abs(b), 1), -1)),
  'a power of one half': (a, b) => tf.mul(tf.pow(tf.add(tf.abs(a), 1), 0.5), b),
  'broadcasts carried along': (a, b) =>
    tf.mul(tf.exp(tf.neg(tf.broadcastTo(tf.sum(a), [2, 3]))), tf.broadcastTo(tf.mean(b), [2, 3])),
};

const list = <F>(table: Record<string, [F, Options?]>): { label: string; apply: F; options: Options }[] =>
  Object.entries(table).map(([label, [apply, options = {}]]) => ({ label, apply, options }));

describe('elementwise operations', () => {
  it.each(list(unaries))(
    '$label',
    async ({ label, apply, options: { contents = 'any', gradient = false } }) => {
      const calls = shapes().chain((shape) =>
        argument(shape, contents).map((x): Call => ({ label, arguments: [x], apply, gradient })),
      );
      await agreesWithCpu(calls);
    },
  );

  it.each(list(binaries))(
    '$label',
    async ({ label, apply, options: { contents = 'any', gradient = false } }) => {
      const calls = broadcasting(2).chain(([a = [], b = []]) =>
        fc
          .tuple(argument(a, contents), argument(b, contents))
          .map((both): Call => ({ label, arguments: both, apply, gradient })),
      );
      await agreesWithCpu(calls);
    },
  );

  it.each(Object.entries(rewritten))('%s', async (label, apply) => {
    const calls = broadcasting(2).chain(([a = [], b = []]) =>
      fc
        .tuple(argument(a), argument(b))
        .map((both): Call => ({ label, arguments: both, apply, gradient: true })),
    );
    await agreesWithCpu(calls);
  });

  it('where', async () => {
    const calls = broadcasting(3).chain(([test = [], a = [], b = []]) =>
      fc.tuple(argument(test, 'truth'), argument(a), argument(b)).map((all): Call => ({
        label: 'where',
        arguments: all,
        apply: (condition, x, y) => tf.where(tf.cast(condition ?? tf.scalar(1), 'bool'), x ?? 0, y ?? 0),
        gradient: true,
      })),
    );
    await agreesWithCpu(calls);
  });
});
