import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { deviation } from './compare.ts';
import { oneAfterAnother, runTrial, type Trial, type TrialResult } from './trial.ts';

const sum = { shape: [2] } as const;

/** Two programs that share the variable `sum`: one adds its input, the other doubles and counts. */
async function trial(): Promise<Trial> {
  const add = await compile(
    (state, { x }) => ({ state: { sum: tf.add(state.sum, x) }, outputs: { before: tf.sum(state.sum) } }),
    { state: { sum }, inputs: { x: { shape: [2] } } },
  );
  const double = await compile(
    (state, { times }) => ({
      state: { sum: tf.mul(state.sum, times), count: tf.add(state.count, 1) },
      outputs: { after: tf.mul(state.sum, times) },
    }),
    { state: { sum, count: { shape: [] } }, inputs: { times: { shape: [] } } },
  );
  const steps = [1, 2, 3].map((value) => ({ x: Float32Array.of(value, -value) }));
  const trials = [
    add.trial({ sum: Float32Array.of(5, 5) }, steps),
    double.trial({ sum: Float32Array.of(9, 9), count: Float32Array.of(40) }, [{ times: Float32Array.of(2) }]),
  ];
  await Promise.all([add.dispose(), double.dispose()]);
  return oneAfterAnother(trials);
}

async function onCpu(tried: Trial): Promise<TrialResult> {
  const result = await runTrial(tried, 'cpu');
  if ('hopeless' in result) throw new Error('Nothing was too slow.');
  return result;
}

it('programs of one trial go on with what those before have left', async () => {
  const { outputs, state } = await onCpu(await trial());
  expect(
    outputs.map((values) => Object.fromEntries(Object.entries(values).map(([k, v]) => [k, [...v]]))),
  ).toEqual([{ before: [10] }, { before: [10] }, { before: [10] }, { after: [22, -2] }]);
  expect([...(state.sum ?? [])]).toEqual([22, -2]);
  expect([...(state.count ?? [])]).toEqual([41]);
});

it('what only the last of them computes otherwise shows', async () => {
  const tried = await trial();
  const right = await onCpu(tried);
  expect(deviation(tried, right, right)).toBe(0);
  const wrong = { ...right, state: { ...right.state, count: Float32Array.of(42) } };
  expect(deviation(tried, right, wrong)).toBe(1);
  const outputs = right.outputs.with(-1, { after: Float32Array.of(22, 20) });
  expect(deviation(tried, right, { ...right, outputs })).toBe(1);
});
