import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile, type Numbers } from '../compile.ts';
import * as nn from '../nn.ts';
import { testDevice } from '../test-device.ts';
import { runsEagerly } from '../../../shared/device-names.ts';
import { createRandom } from '../random.ts';

/** One operation of a random program: which, on which of the tensors so far, and a choice it makes. */
interface Instruction {
  readonly operation: number;
  readonly first: number;
  readonly second: number;
  readonly choice: number;
}

type Operation = (a: tf.Tensor, b: tf.Tensor, choice: number) => tf.Tensor;

/** The axis that a choice names, of a tensor that has one. */
function axisOf(x: tf.Tensor, choice: number): number {
  return choice % Math.max(1, x.rank);
}

function lengthOf(x: tf.Tensor, axis: number): number {
  return x.shape[axis] ?? 1;
}

/** With one axis at least. */
function raised(x: tf.Tensor): tf.Tensor {
  return x.rank === 0 ? tf.reshape(x, [1]) : x;
}

/** As rows of the same length as the other's, which is a matrix. */
function rowsOf(x: tf.Tensor, width: number): tf.Tensor2D {
  const flat = tf.reshape(x, [-1]);
  const times = Math.ceil(width / flat.size);
  const enough = times === 1 ? flat : tf.concat(Array<tf.Tensor>(times).fill(flat));
  const rows = Math.floor(enough.size / width);
  return tf.reshape(tf.slice(enough, [0], [rows * width]), [rows, width]);
}

/** As an image [1, height, width, 2]. */
function imageOf(x: tf.Tensor): tf.Tensor4D {
  const pairs = rowsOf(x, 8);
  return tf.reshape(pairs, [1, pairs.shape[0], 4, 2]);
}

/** Brings what may grow back to moderate numbers, with a slope everywhere. */
const tamed = (x: tf.Tensor): tf.Tensor => tf.mul(nn.tanh(tf.mul(x, 0.3)), 2);

const paired =
  (apply: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Operation =>
  (a, b) => {
    // Shapes that do not broadcast are made to: the second becomes its mean.
    const fits =
      a.shape.length >= b.shape.length &&
      b.shape.every((length, axis) => length === 1 || length === a.shape[axis + a.rank - b.rank]);
    return tamed(apply(a, fits ? b : tf.mean(b)));
  };

const operations: Record<string, Operation> = {
  add: paired(tf.add),
  sub: paired(tf.sub),
  mul: paired(tf.mul),
  div: paired((a, b) => tf.div(a, tf.add(tf.square(b), 0.7))),
  maximum: paired(nn.maximum),
  minimum: paired(nn.minimum),
  squaredDifference: paired(nn.squaredDifference),
  where: paired((a, b) =>
    tf.where(
      nn.withoutGradient(() => tf.greater(a, 0.1)),
      a,
      tf.add(tf.mul(b, 0.5), tf.zerosLike(a)),
    ),
  ),
  neg: (a) => tf.neg(a),
  abs: (a) => tf.abs(a),
  square: (a) => tamed(tf.square(a)),
  exp: (a) => tamed(nn.exp(nn.tanh(a))),
  log: (a) => tf.log(tf.add(tf.square(a), 0.5)),
  sqrt: (a) => tf.sqrt(tf.add(tf.square(a), 0.3)),
  rsqrt: (a) => tf.rsqrt(tf.add(tf.square(a), 0.6)),
  relu: (a) => nn.relu(a),
  leakyRelu: (a) => nn.leakyRelu(a, 0.2),
  elu: (a) => nn.elu(a),
  sigmoid: (a) => nn.sigmoid(a),
  softplus: (a) => nn.softplus(a),
  gelu: (a) => nn.gelu(a),
  sin: (a) => tf.sin(a),
  clip: (a) => tf.clipByValue(a, -1.3, 1.1),
  softmax: (a) => nn.softmax(raised(a)),
  logSoftmax: (a) => nn.logSoftmax(raised(a)),
  layerNorm: (a) => nn.layerNorm(tf.mul(raised(a), 2)),
  sum: (a, _, choice) => tamed(tf.sum(raised(a), axisOf(raised(a), choice), choice % 2 === 0)),
  mean: (a, _, choice) => tf.mean(raised(a), axisOf(raised(a), choice), choice % 2 === 0),
  max: (a, _, choice) => tf.max(raised(a), axisOf(raised(a), choice)),
  cumsum: (a, _, choice) =>
    tamed(nn.cumsum(raised(a), axisOf(raised(a), choice), { reverse: choice % 2 === 0 })),
  transpose: (a) => tf.transpose(a),
  reshape: (a, _, choice) =>
    a.rank > 3 || choice % 2 === 0 ? tf.reshape(a, [-1]) : tf.expandDims(a, choice % (a.rank + 1)),
  reverse: (a, _, choice) => tf.reverse(raised(a), axisOf(raised(a), choice)),
  slice: (a, _, choice) => {
    const x = raised(a);
    const axis = axisOf(x, choice);
    const begin = x.shape.map((length, other) => (other === axis ? choice % length : 0));
    return tf.slice(
      x,
      begin,
      x.shape.map((length, other) => length - (begin[other] ?? 0)),
    );
  },
  concat: (a, b, choice) => {
    const x = raised(a);
    return x.size > 200 ? x : tf.concat([x, tf.mul(x, tf.mean(b))], axisOf(x, choice));
  },
  pad: (a, _, choice) => {
    const x = raised(a);
    return x.size > 200
      ? x
      : tf.pad(
          x,
          x.shape.map((_, axis) => (axis === axisOf(x, choice) ? [1, 1] : [0, 0])),
        );
  },
  split: (a, _, choice) => {
    const x = raised(a);
    const axis = axisOf(x, choice);
    const length = lengthOf(x, axis);
    const [left = x, right = x] = length === 1 ? [x, x] : tf.split(x, [1, length - 1], axis);
    return choice % 2 === 0 ? left : right;
  },
  gather: (a, _, choice) => {
    const x = raised(a);
    const axis = axisOf(x, choice);
    const length = lengthOf(x, axis);
    return tf.gather(x, tf.tensor1d([choice % length, 0, (choice + 1) % length], 'int32'), axis);
  },
  topK: (a, _, choice) => {
    const x = raised(a);
    return nn.topK(x, 1 + (choice % (x.shape.at(-1) ?? 1))).values;
  },
  matMul: (a, b) => {
    const left = rowsOf(a, 3);
    return tamed(tf.matMul(left, rowsOf(b, 3), false, true));
  },
  einsum: (a, b) => tamed(nn.einsum('ij,kj->ki', rowsOf(a, 2), rowsOf(b, 2))),
  linear: (a, b) => tamed(nn.linear(rowsOf(a, 4), tf.transpose(rowsOf(b, 4)))),
  attention: (a, b) => {
    const [queries, keys] = [rowsOf(a, 2), rowsOf(b, 2)].map((x): tf.Tensor3D => tf.reshape(x, [1, -1, 2]));
    return queries && keys ? nn.attention(queries, keys, keys) : a;
  },
  conv2d: (a, b, choice) => {
    const filter: tf.Tensor4D = tf.reshape(tf.slice(rowsOf(b, 8), [0, 0], [1, 8]), [1, 2, 2, 2]);
    return tamed(nn.conv2d(imageOf(a), filter, { strides: 1 + (choice % 2), pad: 'same' }));
  },
  conv2dTranspose: (a, b) => {
    const filter: tf.Tensor4D = tf.reshape(tf.slice(rowsOf(b, 8), [0, 0], [1, 8]), [1, 2, 2, 2]);
    const image = imageOf(a);
    return tamed(nn.conv2dTranspose(image, filter, [image.shape[1], 8], { strides: [1, 2], pad: 'same' }));
  },
  averagePool: (a) => nn.averagePool(imageOf(a), [1, 2], { pad: 'same' }),
  maxPool: (a) => nn.maxPool(imageOf(a), [1, 3], { strides: [1, 2], pad: 'same' }),
  resizeBilinear: (a) => nn.resizeBilinear(imageOf(a), [2, 5]),
};
const names = Object.keys(operations);

const program = fc.array(
  fc.record({
    operation: fc.nat(names.length - 1).map((index) => index),
    first: fc.nat(30),
    second: fc.nat(30),
    choice: fc.nat(11),
  }),
  { minLength: 3, maxLength: 30 },
);

const shapes = [[2, 3], [4], [1, 4, 2], [3, 1]] as const;

/** Runs a program; an operand is counted backwards from the newest tensor, so that most results are used. */
function evaluate(instructions: readonly Instruction[], inputs: readonly tf.Tensor[]): tf.Tensor {
  const tensors = [...inputs];
  const used = new Set<tf.Tensor>();
  for (const { operation, first, second, choice } of instructions) {
    const pick = (back: number): tf.Tensor => tensors.at(-1 - (back % tensors.length)) ?? tf.scalar(0);
    const [a, b] = [pick(first % 3), pick(second)];
    used.add(a).add(b);
    const apply = operations[names[operation] ?? ''];
    const result = apply?.(a, b, choice);
    // Sizes stay small whatever is joined with whatever.
    if (result) tensors.push(result.size > 400 ? tf.mean(result) : result);
  }
  // Inputs count in any case, so that each has a gradient.
  const ends = tensors.filter((tensor, index) => index < inputs.length || !used.has(tensor));
  return tf.addN(
    ends.map((tensor) => {
      const weights = Float32Array.from({ length: tensor.size }, (_, index) => (((index * 7) % 5) - 1.5) / 3);
      return tf.sum(tf.mul(tensor, tf.tensor(weights, tensor.shape)));
    }),
  );
}

/** The value of a program and its gradients. */
function resultsOf(
  instructions: readonly Instruction[],
  inputs: readonly tf.Tensor[],
): Record<string, tf.Tensor> {
  const { value, grads } = tf.valueAndGrads((...at: tf.Tensor[]): tf.Scalar =>
    tf.sum(evaluate(instructions, at)),
  )([...inputs]);
  return {
    value,
    ...Object.fromEntries(grads.map((gradient, index) => [`gradient${String(index)}`, gradient])),
  };
}

const arrays = shapes.map((shape, index) => {
  const values = new Float32Array(shape.reduce((size: number, length) => size * length, 1));
  createRandom(40 + index).fillNormal(values);
  return values;
});

async function agrees(instructions: readonly Instruction[]): Promise<void> {
  const expected = tf.tidy(() =>
    Object.entries(
      resultsOf(
        instructions,
        arrays.map((values, index) => tf.tensor(values, [...(shapes[index] ?? [])])),
      ),
    ).map(([name, tensor]) => [name, tensor.dataSync()] as const),
  );
  const compiled = await compile(
    (_, given: Readonly<Record<string, tf.Tensor>>) => ({
      outputs: resultsOf(
        instructions,
        shapes.map((_, index) => given[`x${String(index)}`] ?? tf.scalar(0)),
      ),
    }),
    {
      state: {},
      inputs: Object.fromEntries(shapes.map((shape, index) => [`x${String(index)}`, { shape }])),
      threads: 1,
      // What WebGPU makes of them is known from the single kernels.
      ...(runsEagerly(testDevice) && { device: testDevice }),
    },
  );
  try {
    const given = Object.fromEntries(
      arrays.map((values, index): [string, Numbers] => [`x${String(index)}`, values]),
    );
    const actual = await compiled.run(given as never);
    for (const [name, should] of expected) {
      const scale = Math.max(1, ...Array.from(should, Math.abs));
      should.forEach((value, index) => {
        const is = actual[name]?.[index] ?? NaN;
        expect(
          Math.abs(is - value) / scale,
          `${name} at ${String(index)}: ${String(is)}, not ${String(value)}`,
        ).toBeLessThan(1e-3);
      });
    }
  } finally {
    await compiled.dispose();
  }
}

describe('random programs', () => {
  beforeAll(async () => {
    tf.enableProdMode();
    await tf.setBackend('cpu');
  });

  it(
    'of 3 to 30 operations give the values and gradients of the cpu backend',
    { timeout: 120_000 },
    async () => {
      await fc.assert(fc.asyncProperty(program, agrees), {
        numRuns: 200,
        seed: 4,
        // A counterexample shrinks to a few operations; that must not take for ever either.
        interruptAfterTimeLimit: 100_000,
        markInterruptAsFailure: true,
        reporter: (details) => {
          if (!details.failed) return;
          const found = details.counterexample?.[0].map(
            ({ operation, ...rest }) => `${names[operation] ?? ''} ${JSON.stringify(rest)}`,
          );
          throw new Error(`The program ${found?.join(', ') ?? ''}: ${String(details.errorInstance)}`, {
            cause: details.errorInstance,
          });
        },
      });
    },
  );
});
