/**
 * The steps of the table GAN op by op, made again from their recipes: on the plain backend of TensorFlow.js everywhere, a
 * small network; on TensorFlow's own library, where it is installed, the one of the census table.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { deviation, tolerance } from '../../compute/devices/compare.ts';
import { runTrial, type Trial, type TrialResult } from '../../compute/devices/trial.ts';
import { EagerExecutor } from '../../compute/eager/eager-executor.ts';
import { findTensorFlow } from '../../compute/eager/installation.ts';
import { TensorVariables } from '../../compute/eager/tensor-variables.ts';
import { initialise } from '../../compute/parameters.ts';
import { createRandom } from '../../compute/random.ts';
import { criticLayout } from './critic.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from './generator.ts';
import type { GeneratorShape } from './generator.ts';
import { usual } from './learner.ts';
import { compileLearn } from './likelihood-program.ts';
import { isTableRecipe, tableProgram } from './recipes.ts';
import { referenceShape } from './reference-trial.ts';
import { compileRefine } from './refine-program.ts';

const smallShape: GeneratorShape = {
  classes: [5, 3, 8],
  positions: [Float32Array.of(0.1, 0.3, 0.5, 0.7, 0.9), undefined, undefined],
  order: drawingOrder([5, 3, 8]),
  hidden: 16,
  units: 8,
};

/** Four steps of either kind on made-up rows. */
async function trialOf(kind: 'learn' | 'refine', shape: GeneratorShape, batch: number): Promise<Trial> {
  const settings = { ...usual, batch, judged: batch / 4 };
  const layout = generatorLayout(shape);
  const criticOf = criticLayout(shape);
  const random = createRandom(3);
  const parameters = initialiseGenerator(layout, [], random);
  const start = { parameters, average: parameters };
  const uniform = (size: number): Float32Array<ArrayBuffer> => {
    const numbers = new Float32Array(size);
    random.fillUniform(numbers);
    return numbers;
  };
  const columns = shape.classes.length;
  const steps = Array.from({ length: 4 }, () => ({
    codes: Int32Array.from({ length: batch * columns }, (_, at) =>
      random.integer(shape.classes[at % columns]!),
    ),
    thinning: uniform(batch * shape.hidden),
    rate: Float32Array.of(1e-3),
    decay: Float32Array.of(0.9),
    uniform: uniform(settings.judged * columns),
    criticRate: Float32Array.of(2e-3),
    pull: Float32Array.of(1),
  }));
  if (kind === 'learn') {
    const program = await compileLearn(shape, layout, settings);
    const trial = program.trial(start, steps);
    await program.dispose();
    return trial;
  }
  const program = await compileRefine(shape, layout, criticOf, settings);
  const trial = program.trial({ ...start, critic: initialise(criticOf, random) }, steps);
  await program.dispose();
  return trial;
}

/** What goes to another process is plain data. */
async function cook(recipe: unknown) {
  const received: unknown = structuredClone(recipe);
  return isTableRecipe(received) ? tableProgram(received) : undefined;
}

async function onPlainBackend(trial: Trial): Promise<TrialResult> {
  const body = await cook(trial.recipe);
  if (!body) throw new Error('The recipe is none.');
  const eager = new EagerExecutor(body, trial, variables, 'cpu');
  eager.writeState(trial.start);
  const outputs = [];
  for (const inputs of trial.steps) {
    const results = await eager.run(inputs);
    outputs.push(Object.fromEntries(Object.entries(results).map(([name, values]) => [name, values.slice()])));
  }
  return { outputs, state: await eager.readState(), milliseconds: 0, loading: 0 };
}

function finished(result: Awaited<ReturnType<typeof runTrial>>): TrialResult {
  if ('hopeless' in result) throw new Error('Nothing was too slow.');
  return result;
}

const variables = new TensorVariables();
afterEach(() => {
  variables.dispose();
});

const installed = findTensorFlow();
if (!installed) {
  console.log(
    "SKIPPED: the steps of the table GAN on TensorFlow's own library, which is not installed here: npm run unit:tensorflow fetches it (274 MB, once) and runs them.",
  );
}

describe.each(['learn', 'refine'] as const)('the step “%s”', (kind) => {
  it('op by op is that of the graph', { timeout: 60_000 }, async () => {
    const trial = await trialOf(kind, smallShape, 64);
    const graph = finished(await runTrial(trial, 'cpu'));
    const off = deviation(trial, graph, await onPlainBackend(trial));
    expect(off).toBeLessThan(tolerance / 2);
    expect(off).toBeGreaterThan(0);
  });

  it.skipIf(!installed)('on TensorFlow is that of the graph', { timeout: 120_000 }, async () => {
    const trial = await trialOf(kind, referenceShape(), 1000);
    const graph = finished(await runTrial(trial, 'cpu'));
    const eager = finished(await runTrial(trial, 'tensorflow', Infinity, cook));
    const off = deviation(trial, graph, eager);
    console.log(
      `TensorFlow ${installed?.tensorflow ?? ''}, ${kind}: ${eager.milliseconds.toFixed(1)} ms a step, the graph ${graph.milliseconds.toFixed(1)} ms; off by ${(100 * off).toFixed(2)} %`,
    );
    expect(off).toBeLessThan(tolerance / 2);
    // The same inputs give the same numbers again.
    const again = finished(await runTrial(trial, 'tensorflow', Infinity, cook));
    expect(deviation(trial, eager, again)).toBeLessThan(tolerance / 2);
  });
});
