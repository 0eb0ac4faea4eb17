import type { ArraysOf, Compiled } from '../../compute/compile.ts';
import { initialise } from '../../compute/parameters.ts';
import type { Random } from '../../compute/random.ts';
import { criticLayout } from './critic.ts';
import type { GeneratorLayout, GeneratorShape } from './generator.ts';
import type { LearnInputs, LearnState } from './likelihood-program.ts';
import { compileRefine } from './refine-program.ts';
import type { RefineInputs, RefineSettings, RefineState } from './refine-program.ts';

export interface AdversarySettings extends RefineSettings {
  readonly criticRate: number;
  /** How hard the critic pulls at the generator, beside the likelihood's 1. */
  readonly pull: number;
}

/** Steps in which only the critic learns, so that it has something to say when the generator listens. */
const head = 50;

/** The part of learning in which generator and critic work against each other. */
export interface Adversary {
  readonly program: Compiled<RefineState, RefineInputs, 'loss' | 'criticLoss'>;
  /** The critic's loss when it last took part. */
  readonly criticLoss: number | null;
  /** One step, of the likelihood as well. Returns the generator's loss. */
  step(
    codes: Int32Array<ArrayBuffer>,
    thinning: Float32Array<ArrayBuffer>,
    rate: number,
    decay: number,
  ): Promise<number>;
  /** Everything that changes, but for the generator's part and the source of chance. */
  save(): Promise<AdversaryState>;
  restore(state: AdversaryState): void;
}

export type AdversaryState = Omit<ArraysOf<RefineState>, keyof LearnState> & {
  /** Steps taken against each other. */
  steps: number;
  criticLoss: number | null;
};

/** Puts a fresh critic opposite the generator that `learn` teaches; the two programs share it. */
export async function createAdversary(
  shape: GeneratorShape,
  layout: GeneratorLayout,
  settings: AdversarySettings,
  learn: Compiled<LearnState, LearnInputs, 'loss'>,
  random: Random,
): Promise<Adversary> {
  const criticOf = criticLayout(shape);
  const program = await compileRefine(shape, layout, criticOf, settings, learn);
  program.writeState({ critic: initialise(criticOf, random) });
  const uniform = new Float32Array(settings.judged * shape.classes.length);
  const criticRate = Float32Array.of(settings.criticRate);
  let steps = 0;
  let latest: number | null = null;
  return {
    program,
    get criticLoss() {
      return latest;
    },
    step: async (codes, thinning, rate, decay) => {
      random.fillUniform(uniform);
      steps++;
      const { loss, criticLoss } = await program.run({
        codes,
        uniform,
        thinning,
        rate: Float32Array.of(rate),
        criticRate,
        decay: Float32Array.of(decay),
        pull: Float32Array.of(steps > head ? settings.pull : 0),
      });
      latest = criticLoss[0] ?? NaN;
      return loss[0] ?? NaN;
    },
    save: async () => {
      const { critic, criticFirst, criticSecond, criticStep } = await program.readState();
      return { critic, criticFirst, criticSecond, criticStep, steps, criticLoss: latest };
    },
    restore: ({ steps: taken, criticLoss, ...state }) => {
      program.writeState(state);
      steps = taken;
      latest = criticLoss;
    },
  };
}
