/**
 * The WGAN-GP critic step of the design: batch 500, 300-256-256-1, gradient penalty with double backward, Adam.
 * Compiled, and eagerly on the plain `cpu` backend of TensorFlow.js for comparison.
 */
import * as tf from '@tensorflow/tfjs';
import { describeDevice } from '../src/engine/compute/compile.ts';
import {
  batch,
  compiledCritic,
  criticStep,
  feed,
  freshCritic,
  width,
  type state,
  type Tensors,
} from './steps/critic.ts';
import { medianStep } from './steps/median-step.ts';

export const name = 'compute';

async function eagerStep(): Promise<{ step: number; first: number }> {
  await tf.setBackend('cpu');
  const times: number[] = [];
  let first = NaN;
  let current: Tensors<typeof state> = {
    critic: tf.tensor(freshCritic()),
    first: tf.zeros([freshCritic().length]),
    second: tf.zeros([freshCritic().length]),
    step: tf.scalar(0),
  };
  const arrays = feed();
  const given = {
    real: tf.tensor(arrays.real, [batch, width]),
    fake: tf.tensor(arrays.fake, [batch, width]),
    mixing: tf.tensor(arrays.mixing, [batch, 1]),
    learningRate: tf.scalar(2e-4),
  };
  for (let step = 0; step < 3; step++) {
    const before = performance.now();
    const result = criticStep(current, given);
    if (step === 0) first = result.outputs.loss.dataSync()[0] ?? NaN;
    times.push(performance.now() - before);
    current = result.state;
  }
  return { step: median(times), first };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

export async function run(): Promise<{ metric: string; value: number; unit: string; bar?: string }[]> {
  const compiled = await medianStep(compiledCritic, 200);
  if (!(compiled.last < compiled.first)) throw new Error('The critic does not learn.');
  const eager = await eagerStep();
  if (Math.abs(eager.first - compiled.first) > 1e-3 * Math.abs(eager.first)) {
    throw new Error(`Compiled and eager disagree: ${String(compiled.first)} and ${String(eager.first)}.`);
  }
  return [
    { metric: `critic step (${describeDevice()})`, value: compiled.stepMs, unit: 'ms', bar: '<= 12' },
    { metric: 'critic step, tfjs cpu backend', value: eager.step, unit: 'ms' },
    { metric: 'ratio to the tfjs cpu backend', value: eager.step / compiled.stepMs, unit: 'times' },
    { metric: 'trace and compile', value: compiled.compileMs, unit: 'ms', bar: '<= 1000' },
  ];
}
