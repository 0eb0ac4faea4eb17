import type { ArraysOf, Compiled } from '../../compute/compile.ts';
import { oneAfterAnother, type Trial } from '../../compute/devices/trial.ts';
import { initialise } from '../../compute/parameters.ts';
import type { Random } from '../../compute/random.ts';
import { criticLayout } from './critic.ts';
import type { GeneratorLayout, GeneratorShape } from './generator.ts';
import type { LearnInputs, LearnState } from './likelihood-program.ts';
import { compileRefine } from './refine-program.ts';
import type { RefineSettings } from './refine-program.ts';

/** Steps that devices are compared on. With a critic the last is one against it, as it is of four in a training. */
const triedSteps = 4;

export interface StepsToTry {
  readonly shape: GeneratorShape;
  readonly layout: GeneratorLayout;
  readonly settings: RefineSettings & { readonly criticRate: number };
  /** The compiled step of likelihood alone. */
  readonly learn: Compiled<LearnState, LearnInputs, 'loss'>;
  readonly start: Partial<ArraysOf<LearnState>>;
  /** Fills in a batch of rows [batch, columns]. */
  readonly nextCodes: (codes: Int32Array<ArrayBuffer>) => void;
  /** Chance of its own, so that being asked for the steps changes nothing else. */
  readonly random: Random;
  /** Whether a critic is to take part in the model's training. */
  readonly critic: boolean;
}

/** The first steps of a model, to try devices with. */
export async function stepsToTry(asked: StepsToTry): Promise<Trial> {
  const { shape, settings, learn, start, nextCodes, random, critic } = asked;
  const { batch } = settings;
  const inputs = (): ArraysOf<LearnInputs> => {
    const codes = new Int32Array(batch * shape.classes.length);
    const thinning = new Float32Array(batch * shape.hidden);
    nextCodes(codes);
    random.fillCoarse(thinning);
    return { codes, thinning, rate: Float32Array.of(1e-3), decay: Float32Array.of(0.9) };
  };
  const alone = learn.trial(start, Array.from({ length: triedSteps - (critic ? 1 : 0) }, inputs));
  return critic ? oneAfterAnother([alone, await stepAgainstCritic(asked, inputs())]) : alone;
}

/**
 * One step against a fresh critic. Its optimiser is given large second moments, as of a thousand steps: without any, the
 * first step is of the same length whatever the gradient's, and one row that rounding lets be drawn otherwise moves the
 * critic by more than devices may differ. So four such rows of 128 move it by 0.06.
 */
async function stepAgainstCritic(
  { shape, layout, settings, random }: StepsToTry,
  given: ArraysOf<LearnInputs>,
): Promise<Trial> {
  const criticOf = criticLayout(shape);
  const refine = await compileRefine(shape, layout, criticOf, settings);
  try {
    const uniform = new Float32Array(settings.judged * shape.classes.length);
    random.fillUniform(uniform);
    return refine.trial(
      {
        critic: initialise(criticOf, random),
        criticSecond: new Float32Array(criticOf.size).fill(1),
        criticStep: Float32Array.of(1000),
      },
      [
        {
          ...given,
          uniform,
          criticRate: Float32Array.of(settings.criticRate),
          pull: Float32Array.of(1),
        },
      ],
    );
  } finally {
    await refine.dispose();
  }
}
