/**
 * One step of a convolutional discriminator with an R1 penalty (Mescheder et al. 2018), 16×64×64×1, widths 32 to 256, on
 * every device: milliseconds, and how far from the CPU.
 */
import * as tf from '@tensorflow/tfjs';
import { adam } from '../../src/engine/compute/adam.ts';
import { bodyOf, compile, type Program } from '../../src/engine/compute/compile.ts';
import { deviation } from '../../src/engine/compute/devices/compare.ts';
import { findDevices } from '../../src/engine/compute/devices/find.ts';
import { runTrial } from '../../src/engine/compute/devices/trial.ts';
import { conv2d, leakyRelu, softplus } from '../../src/engine/compute/nn.ts';
import { initialise, layoutOf, valueAndGradient } from '../../src/engine/compute/parameters.ts';
import { createRandom } from '../../src/engine/compute/random.ts';

const batch = 16;
const size = 64;
const widths = [1, 32, 64, 128, 256] as const;

const layout = layoutOf({
  filter0: { shape: [4, 4, 1, 32], start: { normal: 0.1 } },
  filter1: { shape: [4, 4, 32, 64], start: { normal: 0.04 } },
  filter2: { shape: [4, 4, 64, 128], start: { normal: 0.03 } },
  filter3: { shape: [4, 4, 128, 256], start: { normal: 0.02 } },
  out: { shape: [256 * 4 * 4, 1], start: { normal: 0.02 } },
});

function judge(parameters: Readonly<Record<string, tf.Tensor>>, images: tf.Tensor): tf.Tensor {
  let hidden: tf.Tensor4D = tf.reshape(images, [batch, size, size, 1]);
  for (let layer = 0; layer < widths.length - 1; layer++) {
    const filter = parameters[`filter${layer}`];
    if (!filter) throw new Error('A filter is missing.');
    const next = leakyRelu(
      conv2d(hidden, tf.reshape(filter, [4, 4, widths[layer]!, widths[layer + 1]!]), {
        strides: 2,
        pad: 'same',
      }),
    );
    hidden = tf.reshape(next, [batch, size >> (layer + 1), size >> (layer + 1), widths[layer + 1]!]);
  }
  return tf.matMul(
    tf.reshape(hidden, [batch, 256 * 4 * 4]),
    tf.reshape(parameters.out ?? tf.zeros([1]), [256 * 4 * 4, 1]),
  );
}

const vector = { shape: [layout.size] };
const images = { shape: [batch, size * size] };
const options = {
  state: { parameters: vector, first: vector, second: vector, step: { shape: [] } },
  inputs: { real: images, generated: images },
} as const;
const learn: Program<(typeof options)['state'], (typeof options)['inputs'], 'loss'> = (
  state,
  { real, generated },
) => {
  const { value, gradient } = valueAndGradient(layout, state.parameters, (parameters) => {
    const slope = tf.grad((x: tf.Tensor) => tf.sum(judge(parameters, x)))(real);
    const penalty = tf.mul(tf.mean(tf.sum(tf.square(slope), 1)), 5);
    const telling = tf.add(
      tf.mean(softplus(tf.neg(judge(parameters, real)))),
      tf.mean(softplus(judge(parameters, generated))),
    );
    return tf.add(telling, penalty);
  });
  const settings = { beta1: 0, beta2: 0.99, epsilon: 1e-8 };
  const { parameters, first, second, step } = adam(
    state.parameters,
    gradient,
    state,
    tf.scalar(1e-3),
    settings,
  );
  return { state: { parameters, first, second, step }, outputs: { loss: value } };
};
const program = await compile(learn, options);
const random = createRandom(1);
const steps = Array.from({ length: 4 }, () => {
  const real = new Float32Array(batch * size * size);
  const generated = new Float32Array(batch * size * size);
  random.fillNormal(real);
  random.fillNormal(generated);
  return { real, generated };
});
const trial = program.trial({ parameters: initialise(layout, random) }, steps);
const cpu = await runTrial(trial, 'cpu');
if ('hopeless' in cpu) throw new Error('Nothing was asked of the CPU.');
console.log(`convolutions: cpu ${cpu.milliseconds.toFixed(2)} ms`);
for (const { name } of findDevices().devices) {
  if (name === 'cpu') continue;
  try {
    const result = await runTrial(trial, name, Infinity, async () => bodyOf(learn, options));
    if ('hopeless' in result) continue;
    console.log(
      `convolutions: ${name} ${result.milliseconds.toFixed(2)} ms, first step after ${result.loading.toFixed(0)} ms, off by ${(100 * deviation(trial, cpu, result)).toFixed(4)} %`,
    );
  } catch (error) {
    console.log(
      `convolutions: ${name} failed: ${error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error)}`,
    );
  }
}
process.exit(0);
