/** For tests only: runs operations compiled and on the `cpu` backend of TensorFlow.js and compares. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect } from 'vitest';
import { compile, type Numbers, type Spec } from '../compile.ts';
import { allowedError, noteError, testDevice } from '../test-device.ts';

export type Contents = 'any' | 'positive' | 'apart from zero' | 'unit' | 'whole' | 'truth';

/** A tensor to give to an operation, and how the program gets it. */
export interface Argument {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly type: 'float32' | 'int32' | 'bool';
  /** A constant is known while compiling and may be folded; an input is not. */
  readonly role: 'input' | 'constant';
}

/** One call of an operation on given arguments. */
export interface Call {
  readonly label: string;
  readonly arguments: readonly Argument[];
  readonly apply: (...tensors: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
  /** Compare the gradients of the float inputs too. */
  readonly gradient?: boolean;
}

const numbers: Record<Contents, fc.Arbitrary<number>> = {
  any: fc.integer({ min: -30, max: 30 }).map((value) => value / 10),
  positive: fc.integer({ min: 1, max: 40 }).map((value) => value / 10),
  'apart from zero': fc
    .tuple(fc.integer({ min: 3, max: 30 }), fc.boolean())
    .map(([value, negative]) => (negative ? -value : value) / 10),
  unit: fc.integer({ min: 1, max: 99 }).map((value) => value / 100),
  whole: fc.integer({ min: -20, max: 20 }),
  truth: fc.integer({ min: 0, max: 1 }),
};

export function shapes(minimumRank = 0, maximumRank = 4): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 1, max: 4 }), { minLength: minimumRank, maxLength: maximumRank });
}

/** An argument of that shape; sometimes constant, sometimes of one repeated value. */
export function argument(
  shape: readonly number[],
  contents: Contents = 'any',
  role?: Argument['role'],
): fc.Arbitrary<Argument> {
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  const type = contents === 'whole' ? 'int32' : contents === 'truth' ? 'bool' : 'float32';
  const varied = fc.array(numbers[contents], { minLength: size, maxLength: size });
  const repeated = numbers[contents].map((value) => Array<number>(size).fill(value));
  return fc.record({
    shape: fc.constant(shape),
    values: fc.oneof({ weight: 4, arbitrary: varied }, { weight: 1, arbitrary: repeated }),
    type: fc.constant(type),
    role: role
      ? fc.constant(role)
      : fc.oneof(
          { weight: 3, arbitrary: fc.constant('input' as const) },
          { weight: 1, arbitrary: fc.constant('constant' as const) },
        ),
  });
}

/** Shapes that broadcast with each other: axes of a common shape made one, leading axes dropped. */
export function broadcasting(count: number): fc.Arbitrary<number[][]> {
  return shapes(0, 4).chain((full) =>
    fc
      .array(
        fc.record({
          dropped: fc.integer({ min: 0, max: full.length }),
          ones: fc.array(fc.boolean(), { minLength: full.length, maxLength: full.length }),
          whole: fc.boolean(),
        }),
        { minLength: count, maxLength: count },
      )
      .map((choices) =>
        choices.map(({ dropped, ones, whole }) =>
          whole ? full : full.map((dimension, axis) => (ones[axis] ? 1 : dimension)).slice(dropped),
        ),
      ),
  );
}

/** Checks a property on many random calls. Several share one graph, because loading a graph costs most. */
export async function agreesWithCpu(calls: fc.Arbitrary<Call>, runs = 3): Promise<void> {
  await tf.setBackend('cpu');
  await fc.assert(fc.asyncProperty(fc.array(calls, { minLength: 8, maxLength: 8 }), compareCalls), {
    numRuns: runs,
    seed: 20240,
  });
}

async function compareCalls(calls: readonly Call[]): Promise<void> {
  const inputs: Record<string, Spec> = {};
  const given: Record<string, Numbers> = {};
  calls.forEach((call, index) => {
    call.arguments.forEach((arg, position) => {
      if (arg.role === 'constant') return;
      const name = `${String(index)} ${String(position)}`;
      const whole = arg.type !== 'float32';
      inputs[name] = { shape: arg.shape, dtype: whole ? 'int32' : 'float32' };
      given[name] = whole ? Int32Array.from(arg.values) : Float32Array.from(arg.values);
    });
  });
  const program = (tensorOf: (name: string, arg: Argument) => tf.Tensor): Record<string, tf.Tensor> => {
    const outputs: Record<string, tf.Tensor> = {};
    calls.forEach((call, index) => {
      const tensors = call.arguments.map((arg, position) =>
        arg.role === 'constant' ? constantOf(arg) : tensorOf(`${String(index)} ${String(position)}`, arg),
      );
      for (const [name, tensor] of Object.entries(resultsOf(call, tensors))) {
        outputs[`${call.label} ${String(index)} ${name}`] = tensor;
      }
    });
    return outputs;
  };
  const expected = program((_, arg) => constantOf(arg));
  const compiled = await compile(
    (_, tensors: Readonly<Record<string, tf.Tensor>>) => ({
      outputs: program((name, arg) => {
        const tensor = tensors[name];
        if (!tensor) throw new Error(`No input ${name}.`);
        return arg.type === 'bool' ? tf.cast(tensor, 'bool') : tensor;
      }),
    }),
    { state: {}, inputs, threads: 1, device: testDevice },
  );
  try {
    const actual = await compiled.run(given as never);
    for (const [name, tensor] of Object.entries(expected)) same(name, actual[name], tensor.dataSync());
  } finally {
    await compiled.dispose();
  }
}

/** All outputs of a call, truth values as whole numbers, and the gradients. */
function resultsOf(call: Call, tensors: readonly tf.Tensor[]): Record<string, tf.Tensor> {
  const list = (result: tf.Tensor | tf.Tensor[]): tf.Tensor[] => (Array.isArray(result) ? result : [result]);
  const results: Record<string, tf.Tensor> = {};
  list(call.apply(...tensors)).forEach((tensor, output) => {
    const number = tensor.dtype === 'bool' ? tf.cast(tensor, 'int32') : tensor;
    results[`output ${String(output)} [${tensor.shape.join()}]`] = number;
  });
  if (call.gradient) {
    const variable = tensors.filter((tensor) => tensor.dtype === 'float32');
    const loss = (...changing: tf.Tensor[]): tf.Tensor => {
      let next = 0;
      const all = tensors.map((tensor) =>
        tensor.dtype === 'float32' ? (changing[next++] ?? tensor) : tensor,
      );
      return tf.addN(
        list(call.apply(...all)).map((tensor) => {
          const weights = Float32Array.from({ length: tensor.size }, (_, index) => ((index * 7) % 5) - 1.5);
          return tf.sum(tf.mul(tensor, tf.tensor(weights, tensor.shape)));
        }),
      );
    };
    tf.grads(loss)(variable).forEach((tensor, position) => {
      results[`gradient ${String(position)}`] = tensor;
    });
  }
  return results;
}

function constantOf(arg: Argument): tf.Tensor {
  return tf.tensor([...arg.values], [...arg.shape], arg.type);
}

function same(name: string, actual: Numbers | undefined, expected: ArrayLike<number>): void {
  expect(actual?.length, name).toBe(expected.length);
  for (let index = 0; index < expected.length; index++) {
    const is = actual?.[index] ?? NaN;
    const should = expected[index] ?? NaN;
    if (Object.is(is, should) || is === should) continue;
    const error = Math.abs(is - should) / Math.max(1, Math.abs(should));
    noteError(name, error);
    expect(error, `${name} at ${String(index)}: ${String(is)} instead of ${String(should)}`).toBeLessThan(
      allowedError(name),
    );
  }
}
