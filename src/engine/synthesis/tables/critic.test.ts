import { describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs';
import { adam } from '../../compute/adam.ts';
import { compile } from '../../compute/compile.ts';
import { initialise, unpack, valueAndGradient } from '../../compute/parameters.ts';
import { createRandom } from '../../compute/random.ts';
import { criticLayout, criticLoss, judge } from './critic.ts';
import type { Columns } from './critic.ts';

const columns: Columns = {
  classes: [3, 4],
  positions: [undefined, Float32Array.of(0.1, 0.4, 0.8, NaN)],
};
const width = 7;
const layout = criticLayout(columns);
const state = { parameters: { shape: [layout.size] } } as const;

/** One-hot rows of the class pairs given. */
function oneHots(pairs: readonly (readonly [number, number])[]): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(pairs.length * width);
  pairs.forEach(([a, b], row) => {
    rows[row * width + a] = 1;
    rows[row * width + 3 + b] = 1;
  });
  return rows;
}

/** Parameters large enough for the critic to be steep. */
function lively(seed: number): Float32Array<ArrayBuffer> {
  const parameters = initialise(layout, createRandom(seed));
  const { offset, size } = layout.slices.weights3!;
  for (let at = offset; at < offset + size; at++) parameters[at]! *= 20;
  return parameters;
}

describe('the critic', () => {
  it('learns to tell rows apart that differ', async () => {
    const batch = 64;
    const vector = { shape: [layout.size] };
    const step = await compile(
      ({ parameters, first, second, step: taken }, { real, generated, rate }) => {
        const { value, gradient } = valueAndGradient(layout, parameters, (named) =>
          criticLoss(columns, named, real, generated, 0.005),
        );
        const next = adam(parameters, gradient, { first, second, step: taken }, rate, {
          beta1: 0,
          beta2: 0.99,
          epsilon: 1e-8,
        });
        const named = unpack(layout, parameters);
        const odds = (rows: tf.Tensor): tf.Tensor => tf.mean(judge(columns, named, rows));
        return {
          state: next,
          outputs: { loss: value, gap: tf.sub(odds(real), odds(generated)) },
        };
      },
      {
        state: { parameters: vector, first: vector, second: vector, step: { shape: [] } },
        inputs: {
          real: { shape: [batch, width] },
          generated: { shape: [batch, width] },
          rate: { shape: [] },
        },
      },
    );
    const random = createRandom(3);
    step.writeState({ parameters: initialise(layout, random) });
    // Real rows agree in both columns, generated ones never do: no single column tells them apart.
    const pairs = (shift: number): [number, number][] =>
      Array.from({ length: batch }, () => {
        const a = random.integer(3);
        return [a, (a + shift) % 3];
      });
    const inputs = {
      real: oneHots(pairs(0)),
      generated: oneHots(pairs(1)),
      rate: Float32Array.of(2e-3),
    };
    const losses: number[] = [];
    let gap = NaN;
    for (let count = 0; count < 60; count++) {
      const told = await step.run(inputs);
      losses.push(told.loss[0] ?? NaN);
      gap = told.gap[0] ?? NaN;
    }
    await step.dispose();
    expect(losses[0]).toBeCloseTo(2 * Math.log(2), 1);
    expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]!);
    expect(gap).toBeGreaterThan(1);
  });
});

describe('the penalty', () => {
  const real = oneHots([
    [0, 1],
    [2, 3],
    [1, 0],
  ]);
  const generated = oneHots([
    [1, 1],
    [0, 2],
    [2, 2],
  ]);
  const penalty = 3;

  it('is the mean squared slope of the odds at both kinds of rows', async () => {
    // All one-sided differences of all rows in one run.
    const rows = 6;
    const small = 1 / 256;
    const base = new Float32Array([...real, ...generated]);
    const shifted = new Float32Array(rows * width * width);
    for (let row = 0; row < rows; row++)
      for (let input = 0; input < width; input++) {
        const at = (row * width + input) * width;
        shifted.set(base.subarray(row * width, (row + 1) * width), at);
        shifted[at + input]! += small;
      }
    const program = await compile(
      ({ parameters }, { at, beside, first, second }) => {
        const named = unpack(layout, parameters);
        return {
          outputs: {
            odds: judge(columns, named, at),
            besides: judge(columns, named, beside),
            without: criticLoss(columns, named, first, second, 0),
            with: criticLoss(columns, named, first, second, penalty),
          },
        };
      },
      {
        state,
        inputs: {
          at: { shape: [rows, width] },
          beside: { shape: [rows * width, width] },
          first: { shape: [3, width] },
          second: { shape: [3, width] },
        },
      },
    );
    program.writeState({ parameters: lively(5) });
    const result = await program.run({ at: base, beside: shifted, first: real, second: generated });
    await program.dispose();
    let squares = 0;
    for (let at = 0; at < rows * width; at++) {
      squares += ((result.besides[at]! - result.odds[Math.floor(at / width)]!) / small) ** 2;
    }
    const expected = ((penalty / 2) * squares) / 3;
    const actual = result.with[0]! - result.without[0]!;
    expect(expected).toBeGreaterThan(0.1);
    expect(Math.abs(actual / expected - 1)).toBeLessThan(0.02);
  });

  it('has a gradient that matches finite differences', async () => {
    const program = await compile(
      ({ parameters }, { first, second }) => {
        const at = (weight: number) =>
          valueAndGradient(layout, parameters, (named) => criticLoss(columns, named, first, second, weight));
        const [plain, steep] = [at(0), at(penalty)];
        return {
          outputs: {
            value: tf.sub(steep.value, plain.value),
            gradient: tf.sub(steep.gradient, plain.gradient),
          },
        };
      },
      { state, inputs: { first: { shape: [3, width] }, second: { shape: [3, width] } } },
    );
    const inputs = { first: real, second: generated };
    // Every unit is far on the positive side of its kink, where the penalty is smooth in the parameters.
    const from = lively(5);
    const { bias1, bias2 } = layout.slices;
    from.fill(5, bias1!.offset, bias1!.offset + bias1!.size);
    from.fill(40, bias2!.offset, bias2!.offset + bias2!.size);
    const direction = new Float32Array(layout.size);
    createRandom(9).fillNormal(direction);
    const valueAt = async (shift: number): Promise<number> => {
      program.writeState({ parameters: from.map((value, at) => value + shift * direction[at]!) });
      return (await program.run(inputs)).value[0] ?? NaN;
    };
    const small = 2e-3;
    const difference = ((await valueAt(small)) - (await valueAt(-small))) / (2 * small);
    program.writeState({ parameters: from });
    const { gradient } = await program.run(inputs);
    const slope = direction.reduce((sum, value, at) => sum + value * gradient[at]!, 0);
    await program.dispose();
    expect(Math.abs(slope)).toBeGreaterThan(0.1);
    expect(Math.abs(slope / difference - 1)).toBeLessThan(0.05);
  });
});
