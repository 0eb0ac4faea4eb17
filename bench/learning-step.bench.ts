/**
 * One step of learning on a table laid out like a census (15 columns, 433 classes): by likelihood alone, and with
 * the critic, as the product runs them.
 */
import { describeDevice } from '../src/engine/compute/compile.ts';
import { initialise } from '../src/engine/compute/parameters.ts';
import { createRandom } from '../src/engine/compute/random.ts';
import { criticLayout } from '../src/engine/synthesis/tables/critic.ts';
import { generatorLayout, initialiseGenerator } from '../src/engine/synthesis/tables/generator.ts';
import { usual } from '../src/engine/synthesis/tables/learner.ts';
import { compileLearn } from '../src/engine/synthesis/tables/likelihood-program.ts';
import { referenceShape } from '../src/engine/synthesis/tables/reference-trial.ts';
import { compileRefine } from '../src/engine/synthesis/tables/refine-program.ts';
import type { Figure } from './benchmark.ts';

export const name = 'learning step';

const steps = 100;

export async function run(): Promise<Figure[]> {
  const shape = referenceShape();
  const { classes, hidden } = shape;
  const random = createRandom(1);
  const layout = generatorLayout(shape);
  const critic = criticLayout(shape);
  const start = initialiseGenerator(layout, [], random);
  const { batch } = usual;

  const began = performance.now();
  const learn = await compileLearn(shape, layout, usual);
  const learnCompiled = performance.now();
  const refine = await compileRefine(shape, layout, critic, usual);
  const refineCompiled = performance.now();
  learn.writeState({ parameters: start, average: start });
  refine.writeState({ parameters: start, average: start, critic: initialise(critic, random) });

  const codes = Int32Array.from({ length: batch * classes.length }, (_, at) =>
    random.integer(classes[at % classes.length] ?? 1),
  );
  const uniform = new Float32Array(usual.judged * classes.length);
  const thinning = new Float32Array(batch * hidden);
  const shared = { codes, thinning, rate: Float32Array.of(1e-3), decay: Float32Array.of(usual.averaging) };
  const criticInputs = { criticRate: Float32Array.of(usual.criticRate), pull: Float32Array.of(usual.pull) };
  const time = async (step: () => Promise<{ loss: ArrayLike<number> }>): Promise<number> => {
    const times: number[] = [];
    for (let count = 0; count < steps; count++) {
      random.fillUniform(uniform);
      random.fillUniform(thinning);
      const before = performance.now();
      const { loss } = await step();
      times.push(performance.now() - before);
      if (!Number.isFinite(loss[0])) throw new Error('The generator diverges.');
    }
    return times.sort((a, b) => a - b)[steps >> 1] ?? NaN;
  };
  const alone = await time(() => learn.run(shared));
  const against = await time(() => refine.run({ ...shared, ...criticInputs, uniform }));
  await Promise.all([learn.dispose(), refine.dispose()]);
  return [
    { metric: `likelihood step, median (${describeDevice()})`, value: alone, unit: 'ms' },
    { metric: 'step with the critic, median', value: against, unit: 'ms' },
    { metric: 'trace and compile, likelihood', value: learnCompiled - began, unit: 'ms' },
    { metric: 'trace and compile, with the critic', value: refineCompiled - learnCompiled, unit: 'ms' },
  ];
}
