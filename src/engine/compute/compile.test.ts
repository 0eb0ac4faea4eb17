import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { compile, openCompiled } from './compile.ts';
import { conv2d, layerNorm, linear, logSoftmax, relu } from './nn.ts';
import { createRandom } from './random.ts';

const empty = {} as const;

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

/** A running mean: enough state to see it change. */
function runningMean() {
  return compile(
    (state, { x }) => {
      const count = tf.add(state.count, 1);
      const mean = tf.add(state.mean, tf.div(tf.sub(x, state.mean), count));
      return { state: { mean, count }, outputs: { shifted: tf.add(mean, state.offset) } };
    },
    {
      state: { mean: { shape: [3] }, count: { shape: [] }, offset: { shape: [3] } },
      inputs: { x: { shape: [3] } },
    },
  );
}

describe('state', () => {
  it('changes from run to run, and what the program leaves alone stays', async () => {
    const mean = await runningMean();
    mean.writeState({ offset: Float32Array.of(10, 20, 30) });
    await mean.run({ x: Float32Array.of(1, 2, 3) });
    const first = await mean.readState();
    expect([...first.mean]).toEqual([1, 2, 3]);
    const { shifted } = await mean.run({ x: Float32Array.of(3, 4, 5) });
    expect([...shifted]).toEqual([12, 23, 34]);
    await mean.run({ x: Float32Array.of(5, 6, 7) });
    const third = await mean.readState();
    expect([...third.mean]).toEqual([3, 4, 5]);
    expect([...third.count]).toEqual([3]);
    expect([...third.offset]).toEqual([10, 20, 30]);
    // What was read earlier is a copy.
    expect([...first.mean]).toEqual([1, 2, 3]);
    await mean.dispose();
  });

  it('can be shared: programs take turns on the same variables', async () => {
    const mean = await runningMean();
    const doubling = await compile(
      (state, { by }) => ({
        state: { mean: tf.mul(state.mean, by), turns: tf.add(state.turns, 1) },
        outputs: { doubled: tf.mul(state.mean, by) },
      }),
      {
        state: { mean: { shape: [3] }, turns: { shape: [] } },
        inputs: { by: { shape: [] } },
        sharing: mean,
      },
    );
    await mean.run({ x: Float32Array.of(1, 2, 3) });
    await doubling.run({ by: Float32Array.of(2) });
    expect([...(await mean.readState()).mean]).toEqual([2, 4, 6]);
    await mean.run({ x: Float32Array.of(4, 6, 8) });
    const { doubled } = await doubling.run({ by: Float32Array.of(10) });
    expect([...doubled]).toEqual([30, 50, 70]);
    expect([...(await mean.readState()).mean]).toEqual([30, 50, 70]);
    expect([...(await mean.readState()).count]).toEqual([2]);
    expect([...(await doubling.readState()).turns]).toEqual([2]);
    await Promise.all([mean.dispose(), doubling.dispose()]);
  });

  it('can be taken back to an earlier copy', async () => {
    const mean = await runningMean();
    await mean.run({ x: Float32Array.of(1, 1, 1) });
    const saved = await mean.readState();
    const { shifted } = await mean.run({ x: Float32Array.of(2, 5, 9) });
    const expected = [...shifted];
    await mean.run({ x: Float32Array.of(100, 100, 100) });
    mean.writeState(saved);
    expect([...(await mean.run({ x: Float32Array.of(2, 5, 9) })).shifted]).toEqual(expected);
    await mean.dispose();
  });

  it('may pass an input through, return a constant and one value under two names', async () => {
    const odd = await compile(
      (state, { x }) => ({
        state: { kept: x },
        outputs: { same: x, twice: tf.mul(state.kept, 2), again: tf.mul(state.kept, 2), ones: tf.ones([2]) },
      }),
      { state: { kept: { shape: [2] } }, inputs: { x: { shape: [2] } } },
    );
    await odd.run({ x: Float32Array.of(1, 2) });
    const result = await odd.run({ x: Float32Array.of(5, 6) });
    expect([...result.same]).toEqual([5, 6]);
    expect([...result.twice]).toEqual([2, 4]);
    expect([...result.again]).toEqual([2, 4]);
    expect([...result.ones]).toEqual([1, 1]);
    await odd.dispose();
  });

  it('holds whole numbers too', async () => {
    const counter = await compile(
      (state, { add }) => ({
        state: { total: tf.add(state.total, add) },
        outputs: { now: tf.add(state.total, add) },
      }),
      {
        state: { total: { shape: [], dtype: 'int32' } },
        inputs: { add: { shape: [], dtype: 'int32' } },
      },
    );
    await counter.run({ add: Int32Array.of(3) });
    const { now } = await counter.run({ add: Int32Array.of(4) });
    expect(now).toEqual(Int32Array.of(7));
    await counter.dispose();
  });
});

describe('determinism', () => {
  const train = async (threads?: number): Promise<{ bytes: Uint8Array; weights: Float32Array }> => {
    const step = await compile(
      (state, { x, y }) => {
        const loss = (weights: tf.Tensor): tf.Tensor =>
          tf.mean(tf.square(tf.sub(linear(relu(linear(x, weights)), tf.ones([64, 1])), y)));
        const { value, grad } = tf.valueAndGrad(loss)(state.weights);
        return { state: { weights: tf.sub(state.weights, tf.mul(grad, 0.01)) }, outputs: { loss: value } };
      },
      {
        state: { weights: { shape: [32, 64] } },
        inputs: { x: { shape: [128, 32] }, y: { shape: [128, 1] } },
        ...(threads === undefined ? {} : { threads }),
      },
    );
    const random = createRandom(5);
    const weights = new Float32Array(32 * 64);
    random.fillNormal(weights);
    step.writeState({ weights });
    const x = new Float32Array(128 * 32);
    const y = new Float32Array(128);
    for (let run = 0; run < 20; run++) {
      random.fillNormal(x);
      random.fillUniform(y);
      await step.run({ x, y });
    }
    const result = { bytes: await step.toOnnx(), weights: (await step.readState()).weights };
    await step.dispose();
    return result;
  };

  it('gives the same bits in a fresh session, and the same file', async () => {
    const [a, b] = [await train(), await train()];
    expect(Buffer.from(a.weights.buffer).equals(Buffer.from(b.weights.buffer))).toBe(true);
    expect(Buffer.from(a.bytes).equals(Buffer.from(b.bytes))).toBe(true);
    expect(a.weights.every(Number.isFinite)).toBe(true);
  });

  it('gives the same bits with any number of threads', { timeout: 20_000 }, async () => {
    const [one, two, three] = [await train(1), await train(2), await train(3)];
    expect(Buffer.from(two.weights.buffer).equals(Buffer.from(one.weights.buffer))).toBe(true);
    expect(Buffer.from(three.weights.buffer).equals(Buffer.from(one.weights.buffer))).toBe(true);
  });
});

describe('operations on many numbers', () => {
  // An odd size, so that the threads' shares end in the middle of what a processor computes at once.
  const shape = [501, 129] as const;
  const operations: Record<string, (x: tf.Tensor) => tf.Tensor> = {
    log: tf.log,
    log1p: tf.log1p,
    softplus: tf.softplus,
    exp: tf.exp,
    expm1: tf.expm1,
    sigmoid: tf.sigmoid,
    tanh: tf.tanh,
    erf: tf.erf,
    elu: tf.elu,
    sin: tf.sin,
    sqrt: tf.sqrt,
    rsqrt: tf.rsqrt,
    pow: (x) => tf.pow(x, 1.7),
    softmax: tf.softmax,
    logSoftmax,
    layerNorm: (x) => layerNorm(x),
    'sum of all': (x) => tf.sum(x),
    'mean of all': (x) => tf.mean(x),
    'sum of rows': (x) => tf.sum(x, 1),
    'sum of columns': (x) => tf.sum(x, 0),
    'mean of columns': (x) => tf.mean(x, 0),
    'largest of columns': (x) => tf.max(x, 0),
    cumsum: (x) => tf.cumsum(x, 1),
    'products of columns': (x) => tf.matMul(x, x, true, false),
    'products of rows': (x) => tf.matMul(x, x, false, true),
    'product with a vector': (x) => tf.matMul(x, tf.transpose(tf.slice(x, [0, 0], [1, 129]))),
    'sums of segments': (x) =>
      tf.unsortedSegmentSum(x, tf.cast(tf.mul(tf.slice(x, [0, 0], [501, 1]), 20), 'int32').as1D(), 25),
  };

  it('give the same bits with any number of threads', { timeout: 20_000 }, async () => {
    const x = new Float32Array(shape[0] * shape[1]);
    createRandom(8).fillUniform(x);
    const seen: Record<string, Buffer> = {};
    for (const threads of [1, 2, 3, 5]) {
      const compiled = await compile(
        (_, given) => ({
          outputs: Object.fromEntries(
            Object.entries(operations).map(([name, apply]) => [name, apply(given.x)]),
          ),
        }),
        { state: empty, inputs: { x: { shape } }, threads },
      );
      for (const [name, values] of Object.entries(await compiled.run({ x }))) {
        const bits = Buffer.from(values.slice().buffer);
        expect(bits.equals((seen[name] ??= bits)), `${name} with ${String(threads)} threads`).toBe(true);
      }
      await compiled.dispose();
    }
  });
});

describe('files', () => {
  it('hold the state asked for and run on their own', async () => {
    const generator = await compile(
      (state, { noise }) => ({ outputs: { rows: linear(noise, state.weights, state.bias) } }),
      {
        state: { weights: { shape: [4, 3] }, bias: { shape: [3] } },
        inputs: { noise: { shape: [2, 4] } },
      },
    );
    const weights = Float32Array.from({ length: 12 }, (_, index) => index / 7);
    generator.writeState({ weights, bias: Float32Array.of(1, -1, 0.5) });
    const noise = Float32Array.from({ length: 8 }, (_, index) => Math.sin(index));
    const expected = [...(await generator.run({ noise })).rows];
    const file = await generator.toOnnx({ constants: ['weights', 'bias'], documentation: 'A generator.' });
    await generator.dispose();

    const opened = await openCompiled(file);
    expect(opened.inputs).toEqual({ noise: { shape: [2, 4], dtype: 'float32' } });
    expect(opened.outputs).toEqual({ rows: { shape: [2, 3], dtype: 'float32' } });
    expect([...((await opened.run({ noise })).rows ?? [])]).toEqual(expected);
    await opened.dispose();
  });

  it('that are damaged are refused with a message for people', async () => {
    const error = await failure(openCompiled(Uint8Array.of(1, 2, 3)));
    expect(error.code).toBe('compute/failed');
    expect(error.fix).not.toBe('');
  });
});

describe('what cannot be compiled', () => {
  const one = { state: empty, inputs: { x: { shape: [2, 2] } } } as const;

  it('an operation without a lowering is named, with the line', async () => {
    const error = await failure(compile((_, { x }) => ({ outputs: { y: tf.acosh(x) } }), one));
    expect(error.code).toBe('compute/unsupported');
    expect(error.message).toContain('Acosh');
    expect(error.message).toContain('compile.test.ts:');
  });

  it('an operation of an operation is named with the line that uses the latter', async () => {
    const broken = (x: tf.Tensor): tf.Tensor => conv2d(tf.acosh(x) as tf.Tensor4D, tf.ones([1, 1, 1, 1]));
    const error = await failure(
      compile((_, { x }) => ({ outputs: { y: broken(tf.reshape(x, [1, 2, 2, 1])) } }), one),
    );
    expect(error.message).toMatch(/Acosh.*compile\.test\.ts:/);
  });

  it.each([
    ['reads a value', (x: tf.Tensor) => tf.mul(x, x.dataSync()[0] ?? 0)],
    ['draws random numbers', (x: tf.Tensor) => tf.add(x, tf.randomNormal([2, 2]))],
    [
      'adds truth values',
      (x: tf.Tensor) => tf.engine().runKernel('Add', { a: tf.greater(x, 0), b: tf.less(x, 0) }),
    ],
    [
      'has channels first',
      (x: tf.Tensor) =>
        tf.conv2d<tf.Tensor4D>(tf.reshape(x, [1, 1, 2, 2]), tf.ones([1, 1, 1, 1]), 1, 'same', 'NCHW'),
    ],
  ] satisfies [string, (x: tf.Tensor) => tf.Tensor][])(
    'a program that %s is told its line',
    async (_, apply) => {
      const error = await failure(compile((_state, { x }) => ({ outputs: { y: apply(x) } }), one));
      expect(error.code).toBe('compute/unsupported');
      expect(error.message).toMatch(/\(compile\.test\.ts:\d+\)/);
    },
  );

  it('an operation without a gradient is named, with the line', async () => {
    const peak = (x: tf.Tensor): tf.Tensor => tf.sum(tf.topk(x, 1).values);
    const error = await failure(compile((_, { x }) => ({ outputs: { y: tf.grad(peak)(x) } }), one));
    expect(error.code).toBe('compute/unsupported');
    expect(error.message).toMatch(/TopK has no gradient.*compile\.test\.ts:/);
  });

  it('looking at a value', async () => {
    const error = await failure(
      compile((_, { x }) => ({ outputs: { y: tf.mul(x, x.dataSync()[0] ?? 0) } }), one),
    );
    expect(error.code).toBe('compute/unsupported');
    expect(error.message).toContain('looks at the value');
  });

  it('drawing random numbers', async () => {
    const error = await failure(
      compile((_, { x }) => ({ outputs: { y: tf.add(x, tf.randomNormal([2, 2])) } }), one),
    );
    expect(error.code).toBe('compute/unsupported');
    expect(error.fix).toContain('input');
    expect(Math.random()).toBeLessThan(1);
  });

  it('a state of another shape, an output that is neither kind of number', async () => {
    const shape = await failure(
      compile((_, { x }) => ({ state: { s: x }, outputs: { y: x } }), {
        ...one,
        state: { s: { shape: [4] } },
      }),
    );
    expect(shape.message).toContain('[2, 2]');
    const truth = await failure(compile((_, { x }) => ({ outputs: { y: tf.greater(x, 0) } }), one));
    expect(truth.message).toContain('bool');
  });

  it('an output named like an input', async () => {
    const error = await failure(compile((_, { x }) => ({ outputs: { x: tf.neg(x) } }), one));
    expect(error.message).toContain('called x');
  });

  it('leaves the backend in use as it was', async () => {
    await tf.setBackend('cpu');
    await failure(compile((_, { x }) => ({ outputs: { y: tf.acosh(x) } }), one));
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.add(1, 2).dataSync()[0]).toBe(3);
  });
});

describe('running', () => {
  it('refuses inputs of the wrong length and a second run meanwhile', async () => {
    const program = await compile((_, { x }) => ({ outputs: { y: tf.neg(x) } }), {
      state: empty,
      inputs: { x: { shape: [3] } },
    });
    expect((await failure(program.run({ x: new Float32Array(2) }))).message).toContain('3 numbers');
    const running = program.run({ x: Float32Array.of(1, 2, 3) });
    expect((await failure(program.run({ x: new Float32Array(3) }))).code).toBe('compute/failed');
    expect([...(await running).y]).toEqual([-1, -2, -3]);
    await program.dispose();
    expect((await failure(program.run({ x: new Float32Array(3) }))).message).toContain('disposed');
  });

  it('reports what the runtime refuses', async () => {
    const lookup = await compile(
      (state, { row }) => ({ outputs: { y: tf.gather(state.table, tf.cast(row, 'int32')) } }),
      { state: { table: { shape: [3, 2] } }, inputs: { row: { shape: [1], dtype: 'int32' } } },
    );
    const error = await failure(lookup.run({ row: Int32Array.of(99) }));
    expect(error.code).toBe('compute/failed');
    expect(error.cause).toBeInstanceOf(Error);
    await lookup.dispose();
  });

  it('uses a constant made outside in more than one program', async () => {
    await tf.setBackend('cpu');
    const outside = tf.tensor1d([1, 2, 3]);
    for (let time = 0; time < 2; time++) {
      const program = await compile((_, { x }) => ({ outputs: { y: tf.mul(x, outside) } }), {
        state: empty,
        inputs: { x: { shape: [3] } },
      });
      expect([...(await program.run({ x: Float32Array.of(2, 2, 2) })).y]).toEqual([2, 4, 6]);
      await program.dispose();
    }
  });
});
