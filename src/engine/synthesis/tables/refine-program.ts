import * as tf from '@tensorflow/tfjs';
import { adam, movingAverage } from '../../compute/adam.ts';
import { compile } from '../../compute/compile.ts';
import type { Compiled, CompileOptions, Spec } from '../../compute/compile.ts';
import { dropoutMask } from '../../compute/nn.ts';
import { unpack, valueAndGradient } from '../../compute/parameters.ts';
import { criticLoss, judge } from './critic.ts';
import type { CriticLayout } from './critic.ts';
import { drawRows } from './draw.ts';
import type { GeneratorLayout, GeneratorShape } from './generator.ts';
import type { LearnSettings, LearnState, WholeSpec } from './likelihood-program.ts';
import { oneHotColumns, rowLoss } from './likelihood.ts';
import { oneHot } from './one-hot.ts';
import { threads } from './threads.ts';

export type RefineState = LearnState & Record<'critic' | 'criticFirst' | 'criticSecond' | 'criticStep', Spec>;
export type RefineInputs = Record<'codes', WholeSpec> &
  Record<'uniform' | 'thinning' | 'rate' | 'criticRate' | 'decay' | 'pull', Spec>;

/** Advantages beyond this say more about the critic than about the row. */
const widest = 2;

/**
 * Compiles one step of generator and critic against each other, beside the likelihood of real rows.
 *
 * The generator draws as many rows as there are real ones; the critic learns to tell them apart; and the
 * generator makes rows likelier that the critic takes for real, and others less likely, in proportion to what
 * the critic says (policy gradient with the mean as baseline: SeqGAN, Yu et al. 2017). The critic's odds estimate
 * log p(real)/p(generated), so this descends the divergence KL(generated ‖ real), which punishes rows that should
 * not exist, where the likelihood descends KL(real ‖ generated), which punishes rows that are missing. No
 * relaxation of the classes is needed, so nothing is biased.
 */
export async function compileRefine(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  criticOf: CriticLayout,
  settings: LearnSettings & { penalty: number },
): Promise<Compiled<RefineState, RefineInputs, 'loss' | 'criticLoss'>> {
  const { batch } = settings;
  const vector = { shape: [layout.size] };
  const criticVector = { shape: [criticOf.size] };
  const options: CompileOptions<RefineState, RefineInputs> = {
    state: {
      parameters: vector,
      average: vector,
      first: vector,
      second: vector,
      step: { shape: [] },
      critic: criticVector,
      criticFirst: criticVector,
      criticSecond: criticVector,
      criticStep: { shape: [] },
    },
    inputs: {
      codes: { shape: [batch, shape.classes.length], dtype: 'int32' },
      uniform: { shape: [batch, shape.classes.length] },
      thinning: { shape: [batch, shape.hidden] },
      rate: { shape: [] },
      criticRate: { shape: [] },
      decay: { shape: [] },
      pull: { shape: [] },
    },
    threads,
  };
  return compile((state, inputs) => {
    const real = oneHotColumns(inputs.codes, shape.classes);
    const drawn = drawRows(shape, unpack(layout, state.parameters), inputs.uniform);
    const generated = drawn.map((column, index) => oneHot(column, shape.classes[index]!));
    const realRows = tf.concat(real, 1);
    const generatedRows = tf.concat(generated, 1);

    const told = valueAndGradient(criticOf, state.critic, (parameters) =>
      criticLoss(shape, parameters, realRows, generatedRows, settings.penalty),
    );
    const critic = adam(
      state.critic,
      told.gradient,
      { first: state.criticFirst, second: state.criticSecond, step: state.criticStep },
      inputs.criticRate,
      { beta1: 0, beta2: 0.99, epsilon: 1e-8 },
    );

    const before = unpack(criticOf, state.critic);
    const odds = tf.reshape(judge(shape, before, generatedRows), [batch]);
    const advantage = tf.clipByValue(tf.sub(odds, tf.mean(odds)), -widest, widest);
    const weights = tf.concat([tf.ones([batch]), tf.mul(advantage, inputs.pull)]);
    // Dropout for the real rows, none for the drawn ones.
    const mask = tf.concat(
      [dropoutMask(inputs.thinning, settings.dropout), tf.ones([batch, shape.hidden])],
      0,
    );
    const rows = real.map((column, index) => tf.concat([column, generated[index]!], 0));
    const { value, gradient } = valueAndGradient(layout, state.parameters, (parameters) => {
      const losses = rowLoss(shape, parameters, rows, (hidden) => tf.mul(hidden, mask));
      return tf.div(tf.sum(tf.mul(losses, weights)), batch);
    });
    const next = adam(state.parameters, gradient, state, inputs.rate, {
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-8,
      weightDecay: settings.weightDecay,
    });
    return {
      state: {
        parameters: next.parameters,
        first: next.first,
        second: next.second,
        step: next.step,
        average: movingAverage(state.average, next.parameters, inputs.decay),
        critic: critic.parameters,
        criticFirst: critic.first,
        criticSecond: critic.second,
        criticStep: critic.step,
      },
      outputs: { loss: value, criticLoss: told.value },
    };
  }, options);
}
