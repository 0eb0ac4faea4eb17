import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile, type Numbers, type Spec } from '../compile.ts';
import * as nn from '../nn.ts';
import { compiledKernels } from '../nn/compiled-only.ts';
import { createRandom } from '../random.ts';
import type { Contents } from './against-cpu.ts';
import { lowerings } from './index.ts';
import { kernelSamples, operationSamples, type Sample } from './samples.ts';

type Named = Record<string, tf.Tensor>;

function wholeNumbers(contents: Contents): boolean {
  return contents === 'whole' || contents === 'truth';
}

/** Numbers in no order: no two are equal, so that no kink of a maximum lies near. */
function numbersFor({ inputs }: Sample, seed: number): Numbers[] {
  const random = createRandom(seed);
  return inputs.map(({ shape, contents }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    if (wholeNumbers(contents))
      return Int32Array.from({ length: size }, () => random.integer(contents === 'truth' ? 2 : 5));
    return Float32Array.from({ length: size }, () => {
      const value = random.normal();
      if (contents === 'unit') return random.uniform();
      if (contents === 'positive') return Math.abs(value) + 0.3;
      return contents === 'apart from zero' ? value + 0.3 * Math.sign(value) : value;
    });
  });
}

function tensorsOf(sample: Sample, numbers: readonly Numbers[]): tf.Tensor[] {
  return sample.inputs.map(({ shape, contents }, index) => {
    const tensor = tf.tensor(numbers[index] ?? [], [...shape]);
    return contents === 'truth' ? tf.cast(tensor, 'bool') : tensor;
  });
}

function listOf(result: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
  return Array.isArray(result) ? result : [result];
}

/** Σ w·y² over all outputs, as a function of the float inputs. */
function lossOf({ apply }: Sample, given: readonly tf.Tensor[]): (...changing: tf.Tensor[]) => tf.Tensor {
  return (...changing) => {
    let next = 0;
    const inputs = given.map((tensor) =>
      tensor.dtype === 'float32' ? (changing[next++] ?? tensor) : tensor,
    );
    return tf.addN(
      listOf(apply(...inputs)).map((y) => {
        const weights = Float32Array.from({ length: y.size }, (_, index) => 0.3 + ((index * 7) % 11) / 11);
        return tf.sum(tf.mul(tf.tensor(weights, y.shape), tf.square(y)));
      }),
    );
  };
}

/** Values, gradients, and the products of second derivatives with a direction, as often as the sample is tested. */
function resultsOf(sample: Sample, given: readonly tf.Tensor[], directions: readonly tf.Tensor[]): Named {
  const results: Named = {};
  listOf(sample.apply(...given)).forEach((tensor, index) => {
    results[`value ${String(index)}`] = tensor.dtype === 'bool' ? tf.cast(tensor, 'int32') : tensor;
  });
  if (sample.order === 0) return results;
  const loss = lossOf(sample, given);
  const changing = given.filter(({ dtype }) => dtype === 'float32');
  const gradients = (...at: tf.Tensor[]): tf.Tensor[] => tf.grads(loss)(at);
  const name = (kind: string, tensors: readonly tf.Tensor[]): void => {
    tensors.forEach((tensor, index) => (results[`${kind} ${String(index)}`] = tensor));
  };
  results.loss = loss(...changing);
  name('gradient', gradients(...changing));
  if (sample.order === 2) {
    const along = (...at: tf.Tensor[]): tf.Tensor =>
      tf.addN(gradients(...at).map((each, index) => tf.sum(tf.mul(each, directions[index] ?? 0))));
    name('curvature', tf.grads(along)(changing));
  }
  return results;
}

function near(
  label: string,
  actual: ArrayLike<number> | undefined,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  expect(actual?.length, label).toBe(expected.length);
  const scale = Math.max(1, ...Array.from(expected, Math.abs));
  for (let index = 0; index < expected.length; index++) {
    const [is, should] = [actual?.[index] ?? NaN, expected[index] ?? NaN];
    if (Object.is(is, should)) continue;
    expect(
      Math.abs(is - should),
      `${label} at ${String(index)}: ${String(is)}, not ${String(should)}`,
    ).toBeLessThan(tolerance * scale);
  }
}

const seed = 11;

function prepare(sample: Sample): { numbers: Numbers[]; directions: Float32Array<ArrayBuffer>[] } {
  const numbers = numbersFor(sample, seed);
  const random = createRandom(seed + 1);
  const directions = numbers.flatMap((array) =>
    array instanceof Float32Array ? [Float32Array.from(array, () => random.normal())] : [],
  );
  return { numbers, directions };
}

const everything = [
  ...kernelSamples.map((sample) => ({ label: `kernel ${sample.name}`, sample })),
  ...operationSamples.map((sample) => ({ label: `nn.${sample.name}`, sample })),
];

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

describe('a sample', () => {
  it('is there for every kernel and every operation', () => {
    expect(kernelSamples.map(({ name }) => name).sort()).toEqual(Object.keys(lowerings).sort());
    // Masks are made of noise, which nobody differentiates.
    const operations = Object.keys(nn).filter((name) => name !== 'dropoutMask');
    expect(operationSamples.map(({ name }) => name).sort()).toEqual(operations.sort());
  });

  it.each(kernelSamples)('$name runs that kernel', async (sample) => {
    if ((compiledKernels as readonly string[]).includes(sample.name)) return;
    const { numbers } = prepare(sample);
    const given = tensorsOf(sample, numbers);
    const { kernelNames } = await tf.profile(() => listOf(sample.apply(...given)));
    expect(kernelNames).toContain(sample.name);
  });

  it.each(everything)('$label compiled gives what the cpu backend gives', async ({ sample }) => {
    const { numbers, directions } = prepare(sample);
    const towards = directions.map((data, index) => tf.tensor(data, changingShape(sample, index)));
    const expected = resultsOf(sample, tensorsOf(sample, numbers), towards);
    const inputs: Record<string, Spec> = {};
    const arrays: Record<string, Numbers> = {};
    sample.inputs.forEach(({ shape, contents }, index) => {
      inputs[`x${String(index)}`] = { shape, dtype: wholeNumbers(contents) ? 'int32' : 'float32' };
      arrays[`x${String(index)}`] = numbers[index] ?? new Float32Array();
    });
    directions.forEach((data, index) => {
      inputs[`v${String(index)}`] = { shape: changingShape(sample, index) };
      arrays[`v${String(index)}`] = data;
    });
    const compiled = await compile(
      (_, given: Readonly<Record<string, tf.Tensor>>) => {
        const named = (name: string): tf.Tensor => given[name] ?? tf.scalar(NaN);
        const tensors = sample.inputs.map(({ contents }, index) => {
          const tensor = named(`x${String(index)}`);
          return contents === 'truth' ? tf.cast(tensor, 'bool') : tensor;
        });
        return {
          outputs: resultsOf(
            sample,
            tensors,
            directions.map((_, index) => named(`v${String(index)}`)),
          ),
        };
      },
      { state: {}, inputs, threads: 1 },
    );
    const actual = await compiled.run(arrays as never);
    for (const [name, tensor] of Object.entries(expected)) near(name, actual[name], tensor.dataSync(), 1e-4);
    await compiled.dispose();
  });

  it.each(everything.filter(({ sample }) => sample.order > 0))(
    '$label has the derivatives that finite differences show',
    ({ sample }) => {
      const { numbers, directions } = prepare(sample);
      const towards = directions.map((data, index) => tf.tensor(data, changingShape(sample, index)));
      const step = 2e-3;
      const at = (shift: number): Named => {
        let next = 0;
        const moved = numbers.map((array) => {
          if (!(array instanceof Float32Array)) return array;
          const direction = directions[next++];
          return array.map((value, index) => value + shift * (direction?.[index] ?? 0));
        });
        return resultsOf(sample, tensorsOf(sample, moved), towards);
      };
      const [before, here, after] = [at(-step), at(0), at(step)];
      const slope = (name: string): Float32Array => {
        const [low, high] = [before[name]?.dataSync() ?? [], after[name]?.dataSync() ?? []];
        return Float32Array.from(low, (value, index) => ((high[index] ?? NaN) - value) / (2 * step));
      };
      const predicted = directions.reduce((sum, direction, index) => {
        const gradient = here[`gradient ${String(index)}`]?.dataSync() ?? [];
        return direction.reduce((all, each, position) => all + each * (gradient[position] ?? NaN), sum);
      }, 0);
      near('slope', [predicted], slope('loss'), 1e-2);
      if (sample.order === 2) {
        directions.forEach((_, index) => {
          near(
            `curvature ${String(index)}`,
            here[`curvature ${String(index)}`]?.dataSync(),
            slope(`gradient ${String(index)}`),
            1e-2,
          );
        });
      }
    },
  );
});

/** The shape of the input of that number among those of float numbers. */
function changingShape({ inputs }: Sample, index: number): number[] {
  const floats = inputs.filter(({ contents }) => !wholeNumbers(contents));
  return [...(floats[index]?.shape ?? [])];
}
