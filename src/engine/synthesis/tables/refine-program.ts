import * as tf from '@tensorflow/tfjs';
import { adam, movingAverage } from '../../compute/adam.ts';
import { compile } from '../../compute/compile.ts';
import type { Compiled, CompileOptions, Program, Spec } from '../../compute/compile.ts';
import { dropoutMask } from '../../compute/nn.ts';
import { unpack, valueAndGradient } from '../../compute/parameters.ts';
import { criticLoss, judge } from './critic.ts';
import type { CriticLayout } from './critic.ts';
import { drawRows } from './draw.ts';
import type { GeneratorLayout, GeneratorShape } from './generator.ts';
import type { LearnSettings, LearnState, WholeSpec } from './likelihood-program.ts';
import { givenColumns, rowLoss } from './likelihood.ts';
import type { GivenColumn } from './likelihood.ts';
import { oneHot } from './one-hot.ts';
import type { TableRecipe } from './recipes.ts';
import { oneThread } from './threads.ts';

export type RefineState = LearnState & Record<'critic' | 'criticFirst' | 'criticSecond' | 'criticStep', Spec>;
export type RefineInputs = Record<'codes', WholeSpec> &
  Record<'uniform' | 'thinning' | 'rate' | 'criticRate' | 'decay' | 'pull', Spec>;

export interface RefineSettings extends LearnSettings {
  /** Weight of the penalty on the critic's gradient. */
  readonly penalty: number;
  /** Rows drawn for the critic, and real ones it compares them with; at most a batch. */
  readonly judged: number;
}

/** Advantages beyond this say more about the critic than about the row. */
const widest = 2;

/**
 * Compiles one step of generator and critic against each other, beside the likelihood of real rows.
 *
 * The generator draws some rows; the critic learns to tell them from as many of the batch's real ones; and the
 * generator makes rows likelier that the critic takes for real, and others less likely, in proportion to what
 * the critic says (policy gradient with the mean as baseline: SeqGAN, Yu et al. 2017). The critic's odds estimate
 * log p(real)/p(generated), so this descends the divergence KL(generated ‖ real), which punishes rows that should
 * not exist, where the likelihood descends KL(real ‖ generated), which punishes rows that are missing. No
 * relaxation of the classes is needed, so nothing is biased.
 *
 * `sharing`: the likelihood program, whose parameters and optimizer this one goes on with.
 */
export async function compileRefine(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  criticOf: CriticLayout,
  settings: RefineSettings,
  sharing?: CompileOptions<RefineState, RefineInputs>['sharing'],
): Promise<Compiled<RefineState, RefineInputs, 'loss' | 'criticLoss'>> {
  const options = refineOptions(shape, layout, criticOf, settings);
  return compile(refineProgram(shape, layout, criticOf, settings), {
    ...options,
    ...(sharing && { sharing }),
  });
}

/** The variables and inputs of that step. */
export function refineOptions(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  criticOf: CriticLayout,
  settings: RefineSettings,
): CompileOptions<RefineState, RefineInputs> {
  const { batch, judged } = settings;
  const vector = { shape: [layout.size] };
  const criticVector = { shape: [criticOf.size] };
  return {
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
      uniform: { shape: [judged, shape.classes.length] },
      thinning: { shape: [batch, shape.hidden] },
      rate: { shape: [] },
      criticRate: { shape: [] },
      decay: { shape: [] },
      pull: { shape: [] },
    },
    threads: oneThread,
    ...(settings.device !== undefined && { device: settings.device }),
    recipe: { kind: 'refine', shape, settings } satisfies TableRecipe,
  };
}

/** That step as a program. */
export function refineProgram(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  criticOf: CriticLayout,
  settings: RefineSettings,
): Program<RefineState, RefineInputs, 'loss' | 'criticLoss'> {
  const { judged } = settings;
  return (state, inputs) => {
    const real = givenColumns(inputs.codes, shape.classes);
    const drawn = drawRows(shape, unpack(layout, state.parameters), inputs.uniform).map(
      (codes, column): GivenColumn => ({ codes, oneHots: oneHot(codes, shape.classes[column]!) }),
    );
    const generatedRows = sideBySide(drawn);
    const realRows = tf.slice(sideBySide(real), [0, 0], [judged, -1]);

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
    const odds = tf.reshape(judge(shape, before, generatedRows), [judged]);
    const advantage = tf.clipByValue(tf.sub(odds, tf.mean(odds)), -widest, widest);
    const thinning = { mask: dropoutMask(inputs.thinning, settings.dropout), rate: settings.dropout };
    const { value, gradient } = valueAndGradient(layout, state.parameters, (parameters) => {
      const likelihood = tf.mean(rowLoss(shape, parameters, real, thinning));
      const judgement = tf.mean(tf.mul(rowLoss(shape, parameters, drawn), advantage));
      return tf.add(likelihood, tf.mul(judgement, inputs.pull));
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
  };
}

function sideBySide(columns: readonly GivenColumn[]): tf.Tensor {
  return tf.concat(
    columns.map(({ oneHots }) => oneHots),
    1,
  );
}
