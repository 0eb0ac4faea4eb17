import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { createRandom } from '../random.ts';
import { runsEagerly } from '../../../shared/device-names.ts';
import { testDevice } from '../test-device.ts';
import { agreesWithCpu, argument, type Call } from './against-cpu.ts';

type Image = tf.Tensor4D;

/** Vulkan in software computes every pixel by itself. */
const slow = testDevice !== 'cpu';

const side = fc.integer({ min: 1, max: 7 });
const few = fc.integer({ min: 1, max: 3 });
const stride = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));

/** An image, a window that fits into it, and how it slides. */
const sliding = fc
  .record({
    batch: few,
    height: side,
    width: side,
    channels: few,
    down: few,
    right: few,
    strides: stride,
    same: fc.boolean(),
  })
  .map(({ batch, height, width, channels, down, right, strides, same }) => ({
    image: [batch, height, width, channels] as [number, number, number, number],
    size: [Math.min(down, height), Math.min(right, width)] as [number, number],
    strides,
    pad: same ? ('same' as const) : ('valid' as const),
  }));

function asImage(tensor: tf.Tensor | undefined): Image {
  return tensor as Image;
}

const convolutions: Record<string, fc.Arbitrary<Call>> = {
  conv2d: fc.tuple(sliding, few).chain(([{ image, size, strides, pad }, filters]) =>
    fc.tuple(argument(image), argument([...size, image[3], filters])).map((both): Call => ({
      label: `conv2d ${String(size)} by ${String(strides)} ${pad}`,
      arguments: both,
      apply: (x, w) => tf.conv2d(asImage(x), asImage(w), strides, pad),
      gradient: true,
    })),
  ),
  'conv2d with dilated windows': fc
    .tuple(sliding, few, fc.integer({ min: 1, max: 3 }))
    .chain(([{ image, size, pad }, filters, dilation]) => {
      const large = [image[0], image[1] + 6, image[2] + 6, image[3]];
      return fc.tuple(argument(large), argument([...size, image[3], filters])).map((both): Call => ({
        label: `conv2d dilated ${String(dilation)} ${pad}`,
        arguments: both,
        apply: (x, w) => tf.conv2d(asImage(x), asImage(w), 1, pad, 'NHWC', dilation),
      }));
    }),
  'conv2d with padding by number': fc.tuple(sliding, few).chain(([{ image, size, strides }, filters]) =>
    fc.tuple(argument(image), argument([...size, image[3], filters])).map((both): Call => ({
      label: 'conv2d padded',
      arguments: both,
      apply: (x, w) =>
        tf.conv2d(asImage(x), asImage(w), strides, [
          [0, 0],
          [1, 2],
          [2, 1],
          [0, 0],
        ]),
    })),
  ),
  conv1d: fc.tuple(few, side, few, few, fc.boolean()).chain(([batch, length, channels, filters, same]) =>
    fc
      .tuple(argument([batch, length, channels]), argument([Math.min(3, length), channels, filters]))
      .map((both): Call => ({
        label: 'conv1d',
        arguments: both,
        apply: (x, w) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 1, same ? 'same' : 'valid'),
        gradient: true,
      })),
  ),
  conv2dTranspose: fc.tuple(sliding, few).chain(([{ image, size, strides, pad }, filters]) => {
    const info = tf.backend_util.computePool2DInfo(image, size, strides, 1, pad);
    return fc
      .tuple(
        argument([image[0], info.outHeight, info.outWidth, filters]),
        argument([...size, image[3], filters]),
      )
      .map((both): Call => ({
        label: `conv2dTranspose ${String(size)} by ${String(strides)} ${pad}`,
        arguments: both,
        apply: (y, w) => tf.conv2dTranspose(asImage(y), asImage(w), image, strides, pad),
        gradient: true,
      }));
  }),
  'conv2d fused with bias and activation': fc
    .tuple(
      sliding,
      few,
      fc.constantFrom('linear' as const, 'relu' as const, 'sigmoid' as const, 'elu' as const),
    )
    .chain(([{ image, size, strides, pad }, filters, activation]) =>
      fc
        .tuple(argument(image), argument([...size, image[3], filters]), argument([filters]))
        .map((all): Call => ({
          label: `fused conv2d ${activation}`,
          arguments: all,
          apply: (x, w, bias) =>
            tf.fused.conv2d({
              x: asImage(x),
              filter: asImage(w),
              strides,
              pad,
              activation,
              ...(bias && { bias }),
            }),
        })),
    ),
  depthwiseConv2d: fc.tuple(sliding, few, few).chain(([{ image, size, pad }, multiplier, by]) =>
    fc.tuple(argument(image), argument([...size, image[3], multiplier])).map((both): Call => ({
      label: `depthwiseConv2d ${String(size)} ${pad}`,
      arguments: both,
      apply: (x, w) => tf.depthwiseConv2d(asImage(x), asImage(w), by, pad),
      gradient: true,
    })),
  ),
  separableConv2d: fc.tuple(sliding, few, few).chain(([{ image, size, pad }, multiplier, filters]) =>
    fc
      .tuple(
        argument(image),
        argument([...size, image[3], multiplier]),
        argument([1, 1, image[3] * multiplier, filters]),
      )
      .map((all): Call => ({
        label: 'separableConv2d',
        arguments: all,
        apply: (x, depthwise, pointwise) =>
          tf.separableConv2d(asImage(x), asImage(depthwise), asImage(pointwise), 1, pad),
        gradient: true,
      })),
  ),
};

const pools: Record<string, fc.Arbitrary<Call>> = Object.fromEntries(
  (['avgPool', 'maxPool'] as const).map((name) => [
    name,
    sliding.chain(({ image, size, strides, pad }) =>
      argument(image).map((x): Call => ({
        label: `${name} ${String(size)} by ${String(strides)} ${pad}`,
        arguments: [x],
        apply: (tensor) => tf[name](asImage(tensor), size, strides, pad),
        // The cpu backend's is wrong at padded edges, in which programs that are compiled follow it; TensorFlow does not.
        gradient: name === 'maxPool' || !runsEagerly(testDevice),
      })),
    ),
  ]),
);

const aligned = fc.constantFrom([false, false] as const, [true, false] as const, [false, true] as const);
const resizes: Record<string, fc.Arbitrary<Call>> = {};
for (const name of ['resizeBilinear', 'resizeNearestNeighbor'] as const) {
  resizes[name] = fc
    .tuple(few, side, side, few, side, side, aligned)
    .chain(([batch, height, width, channels, down, right, [corners, centres]]) =>
      argument([batch, height, width, channels]).map((x): Call => ({
        label: `${name} to ${String([down, right])} ${String([corners, centres])}`,
        arguments: [x],
        apply: (tensor) => tf.image[name](asImage(tensor), [down, right], corners, centres),
      })),
    );
  // Elsewhere the gradients of the cpu backend are wrong: it confuses height with width, forgets batch and centres, and
  // does not end for a single pixel.
  resizes[`${name}, the gradient of a square image`] = fc
    .tuple(fc.integer({ min: 2, max: 7 }), few, side, fc.boolean())
    .chain(([from, channels, to, corners]) =>
      argument([1, from, from, channels]).map((x): Call => ({
        label: `${name} ${String(from)} to ${String(to)}`,
        arguments: [x],
        apply: (tensor) => tf.image[name](asImage(tensor), [to, to], corners),
        gradient: true,
      })),
    );
}
resizes.depthToSpace = fc
  .tuple(few, side, side, few, fc.integer({ min: 2, max: 3 }))
  .chain(([batch, height, width, channels, block]) =>
    argument([batch, height, width, channels * block * block]).map((x): Call => ({
      label: `depthToSpace ${String(block)}`,
      arguments: [x],
      apply: (tensor) => tf.depthToSpace(asImage(tensor), block),
    })),
  );

describe('operations on images', () => {
  it.each(Object.entries({ ...convolutions, ...pools, ...resizes }))(
    '%s',
    { timeout: slow ? 300_000 : 20_000 },
    async (_, calls) => {
      await agreesWithCpu(calls, slow ? 1 : 5);
    },
  );

  it('batchNorm', async () => {
    const calls = fc.tuple(few, side, few).chain(([batch, height, channels]) =>
      fc
        .tuple(
          argument([batch, height, 2, channels]),
          argument([channels]),
          argument([channels], 'positive'),
          argument([channels]),
          argument([channels]),
        )
        .map((all): Call => ({
          label: 'batchNorm',
          arguments: all,
          apply: (x, ...given) => {
            const [mean, variance, offset, scale] = given as tf.Tensor1D[];
            return tf.batchNorm(asImage(x), mean ?? [], variance ?? [], offset, scale, 1e-3);
          },
          gradient: true,
        })),
    );
    await agreesWithCpu(calls);
  });

  it('are the same to the bit with any number of threads', async () => {
    const x = new Float32Array(3 * 21 * 19 * 13);
    const filter = new Float32Array(3 * 3 * 13 * 24);
    createRandom(2).fillNormal(x);
    createRandom(3).fillNormal(filter);
    const seen: Record<string, Buffer> = {};
    for (const threads of [1, 2, 3]) {
      const compiled = await compile(
        (_, given) => {
          const [images, weights] = [asImage(given.x), asImage(given.filter)];
          const loss = (at: tf.Tensor, by: tf.Tensor): tf.Scalar =>
            tf.sum(tf.square(tf.conv2d(asImage(at), asImage(by), 2, 'same')));
          const [ofImages, ofFilter] = tf.grads(loss)([images, weights]);
          const depthwise = tf.slice(weights, [0, 0, 0, 0], [3, 3, 13, 2]);
          return {
            outputs: {
              convolved: tf.conv2d(images, weights, 1, 'same'),
              ofImages: ofImages ?? images,
              ofFilter: ofFilter ?? weights,
              depthwise: tf.depthwiseConv2d(images, depthwise, 1, 'same'),
              mean: tf.avgPool(images, 3, 2, 'same'),
              resized: tf.image.resizeBilinear(images, [33, 40]),
            },
          };
        },
        { state: {}, inputs: { x: { shape: [3, 21, 19, 13] }, filter: { shape: [3, 3, 13, 24] } }, threads },
      );
      for (const [name, values] of Object.entries(await compiled.run({ x, filter }))) {
        const bits = Buffer.from(values.slice().buffer);
        expect(bits.equals((seen[name] ??= bits)), `${name} with ${String(threads)} threads`).toBe(true);
      }
      await compiled.dispose();
    }
  });
});
