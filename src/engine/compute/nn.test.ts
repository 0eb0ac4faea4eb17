import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile, type ArraysOf, type Specs } from './compile.ts';
import * as nn from './nn.ts';
import { createRandom } from './random.ts';
import { testDevice } from './test-device.ts';

/** An op under test: a differentiable function of one tensor, the others held fixed. */
interface Case {
  readonly name: string;
  readonly shape: readonly [number, number];
  readonly apply: (x: tf.Tensor) => tf.Tensor;
}

const gain = [0.5, 1.5, -1, 2, 0.7, 1.1];
const bias = [0.1, 0, -0.3, 1, 0.2, -2];
const sizes = [2, 2, 5, 1, 3, 3];
const uniform = Float32Array.from({ length: 4 * 16 }, (_, index) => ((index * 37) % 101) / 101 + 0.004);

/** What the samples of every operation (lowerings/samples.ts) leave out. */
const cases: Case[] = [
  { name: 'layerNorm without gain', shape: [3, 6], apply: (x) => nn.layerNorm(x) },
  {
    name: 'normRelu, thinned out',
    shape: [4, 16],
    apply: (x) =>
      nn.normRelu(nn.centred(x), tf.fill([16], 0.5), {
        mask: nn.dropoutMask(tf.tensor(uniform, [4, 16]), 0.3),
        rate: 0.3,
      }),
  },
  {
    name: 'crossEntropy',
    shape: [4, 16],
    apply: (x) => {
      const target = tf.concat(
        sizes.map((size) =>
          tf
            .oneHot(
              tf.tensor1d(
                [0, 1, 2, 3].map((row) => row % size),
                'int32',
              ),
              Math.max(size, 2),
            )
            .slice([0, 0], [4, size]),
        ),
        1,
      );
      return nn.crossEntropy(tf.split(x, sizes, 1), tf.cast(target, 'float32'));
    },
  },
];

/** f(x) = Σ w·op(x)², its gradient, and the product of its second derivatives with a direction. */
function derivatives(
  apply: Case['apply'],
  x: tf.Tensor,
  direction: tf.Tensor,
): Record<'value' | 'gradient' | 'curvature', tf.Tensor> {
  const f = (at: tf.Tensor): tf.Tensor => {
    const y = apply(at);
    const weights = tf.tensor(
      Float32Array.from({ length: y.size }, (_, index) => 0.3 + ((index * 7) % 11) / 11),
      y.shape,
    );
    return tf.sum(tf.mul(weights, tf.square(y)));
  };
  const gradient = tf.grad(f);
  const curvature = tf.grad((at) => tf.sum(tf.mul(gradient(at), direction)));
  return { value: f(x), gradient: gradient(x), curvature: curvature(x) };
}

function inputFor({ shape }: Case): {
  x: Float32Array<ArrayBuffer>;
  direction: Float32Array<ArrayBuffer>;
} {
  const random = createRandom(3);
  const x = new Float32Array(shape[0] * shape[1]);
  const direction = new Float32Array(x.length);
  random.fillNormal(x);
  random.fillNormal(direction);
  return { x, direction };
}

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(1, ...Array.from(expected, Math.abs));
  for (let index = 0; index < expected.length; index++) {
    expect(Math.abs((actual[index] ?? NaN) - (expected[index] ?? NaN))).toBeLessThan(tolerance * scale);
  }
}

describe('ops safe for second-order gradients', () => {
  beforeAll(async () => {
    tf.enableProdMode();
    await tf.setBackend('cpu');
  });

  it.each(cases)('$name: first and second derivatives match finite differences', (test) => {
    const { x, direction } = inputFor(test);
    const at = (shift: number): tf.Tensor =>
      tf.tensor(
        x.map((value, index) => value + shift * (direction[index] ?? 0)),
        [...test.shape],
      );
    const towards = tf.tensor(direction, [...test.shape]);
    const { gradient, curvature } = derivatives(test.apply, at(0), towards);
    const step = 2e-3;
    const [before, after] = [
      derivatives(test.apply, at(-step), towards),
      derivatives(test.apply, at(step), towards),
    ];

    const slope = tf.sum(tf.mul(gradient, towards)).dataSync();
    const difference = tf.div(tf.sub(after.value, before.value), 2 * step).dataSync();
    close(slope, difference, 1e-2);
    close(curvature.dataSync(), tf.div(tf.sub(after.gradient, before.gradient), 2 * step).dataSync(), 1e-2);
  });

  it.each(cases)('$name: compiled, the derivatives are those of the cpu backend', async (test) => {
    const arrays = inputFor(test);
    const inputs = { x: { shape: test.shape }, direction: { shape: test.shape } } as const satisfies Specs;
    const expected = derivatives(
      test.apply,
      tf.tensor(arrays.x, [...test.shape]),
      tf.tensor(arrays.direction, [...test.shape]),
    );
    const compiled = await compile(
      (_, given) => ({ outputs: derivatives(test.apply, given.x, given.direction) }),
      { state: {}, inputs, device: testDevice },
    );
    const actual = await compiled.run(arrays satisfies ArraysOf<typeof inputs>);
    close(actual.value, expected.value.dataSync(), 1e-5);
    close(actual.gradient, expected.gradient.dataSync(), 1e-4);
    close(actual.curvature, expected.curvature.dataSync(), 1e-4);
    await compiled.dispose();
  });

  it('crossEntropy adds up what each variable says', () => {
    const x = tf.tensor2d([[1, 2, 0.5, -1, 3]]);
    const [a, b] = tf.split(x, [2, 3], 1);
    const parts = a && b ? [a, b] : [];
    const loss = nn.crossEntropy(parts, tf.tensor2d([[0, 1, 0, 0, 1]]));
    const shares = parts.flatMap((part) => [...nn.softmax(part).dataSync()]);
    close(loss.dataSync(), [-Math.log(shares[1] ?? NaN) - Math.log(shares[4] ?? NaN)], 1e-6);
  });

  it.each(['gain', 'bias'])('layerNorm: the gradient of the %s is that of its plain formula', (which) => {
    const x = tf.randomNormal([5, 6], 0, 1, 'float32', 3);
    const plain = (gain: tf.Tensor, bias: tf.Tensor): tf.Tensor => {
      const centred = tf.sub(x, tf.mean(x, 1, true));
      const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), 1, true), 1e-5));
      return tf.add(tf.mul(tf.div(centred, deviation), gain), bias);
    };
    const slopes = (norm: (gain: tf.Tensor, bias: tf.Tensor) => tf.Tensor): ArrayLike<number> => {
      const [ofGain, ofBias] = tf.grads((g, b) => tf.sum(tf.square(norm(g, b))))([
        tf.tensor1d(gain),
        tf.tensor1d(bias),
      ]);
      return (which === 'gain' ? ofGain : ofBias)?.dataSync() ?? [];
    };
    close(
      slopes((g, b) => nn.layerNorm(x, g, b)),
      slopes(plain),
      1e-5,
    );
  });

  it('normRelu: the gradient of the shift is that of its plain formula', () => {
    const x = nn.centred(tf.randomNormal([5, 6], 0, 1, 'float32', 3));
    const plain = (shift: tf.Tensor): tf.Tensor => tf.relu(tf.add(nn.layerNorm(x), shift));
    const slope = (layer: (shift: tf.Tensor) => tf.Tensor): ArrayLike<number> =>
      tf
        .grad((shift) => tf.sum(tf.square(layer(shift))))(tf.tensor1d(bias))
        .dataSync();
    close(
      slope((shift) => nn.normRelu(x, shift)),
      slope(plain),
      1e-5,
    );
  });
});
