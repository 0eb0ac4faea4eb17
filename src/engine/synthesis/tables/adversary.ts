import type { ArraysOf, Compiled } from '../../compute/compile.ts';
import { initialise } from '../../compute/parameters.ts';
import type { Random } from '../../compute/random.ts';
import { criticLayout } from './critic.ts';
import type { GeneratorLayout, GeneratorShape } from './generator.ts';
import type { LearnSettings, LearnState } from './likelihood-program.ts';
import { compileRefine } from './refine-program.ts';
import type { RefineInputs, RefineState } from './refine-program.ts';

export interface AdversarySettings extends LearnSettings {
  /** Weight of the penalty on the critic's gradient. */
  readonly penalty: number;
  readonly criticRate: number;
  /** How hard the critic pulls at the generator, beside the likelihood's 1. */
  readonly pull: number;
}

/** Steps in which only the critic learns, so that it has something to say when the generator listens. */
const head = 50;

/** The part of learning in which generator and critic work against each other. */
export interface Adversary {
  readonly program: Compiled<RefineState, RefineInputs, 'loss' | 'criticLoss'>;
  step(
    codes: Int32Array<ArrayBuffer>,
    rate: number,
    decay: number,
  ): Promise<{ generator: number; critic: number }>;
  /** Everything that changes, but for the generator's part and the source of chance. */
  save(): AdversaryState;
  restore(state: AdversaryState): void;
}

export type AdversaryState = Omit<ArraysOf<RefineState>, keyof LearnState> & {
  /** Steps taken against each other. */
  steps: number;
};

/** Puts a fresh critic opposite the generator of `from`. */
export async function createAdversary(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  settings: AdversarySettings,
  from: ArraysOf<LearnState>,
  random: Random,
): Promise<Adversary> {
  const criticOf = criticLayout(shape);
  const program = await compileRefine(shape, layout, criticOf, settings);
  program.writeState({ ...from, critic: initialise(criticOf, random) });
  const uniform = new Float32Array(settings.batch * shape.classes.length);
  const thinning = new Float32Array(settings.batch * shape.hidden);
  const criticRate = Float32Array.of(settings.criticRate);
  let steps = 0;
  return {
    program,
    step: async (codes, rate, decay) => {
      random.fillUniform(uniform);
      random.fillUniform(thinning);
      steps++;
      const { loss, criticLoss } = await program.run({
        codes,
        uniform,
        thinning,
        rate: Float32Array.of(steps > head ? rate : 0),
        criticRate,
        decay: Float32Array.of(decay),
        pull: Float32Array.of(settings.pull),
      });
      return { generator: loss[0] ?? NaN, critic: criticLoss[0] ?? NaN };
    },
    save: () => {
      const { critic, criticFirst, criticSecond, criticStep } = program.readState();
      return { critic, criticFirst, criticSecond, criticStep, steps };
    },
    restore: ({ steps: taken, ...state }) => {
      program.writeState(state);
      steps = taken;
    },
  };
}
