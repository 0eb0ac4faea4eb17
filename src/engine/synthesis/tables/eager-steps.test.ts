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
import { createRandom } from '../../compute/random.ts';
import type { Table } from '../../tables/table.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from './generator.ts';
import type { GeneratorShape } from './generator.ts';
import { usual } from './learner.ts';
import { compileLearn } from './likelihood-program.ts';
import { isTableRecipe, tableProgram } from './recipes.ts';
import { referenceShape } from './reference-trial.ts';
import { stepsToTry } from './steps-to-try.ts';
import { trainTableGan } from './train.ts';

const smallShape: GeneratorShape = {
  classes: [5, 3, 8],
  positions: [Float32Array.of(0.1, 0.3, 0.5, 0.7, 0.9), undefined, undefined],
  order: drawingOrder([5, 3, 8]),
  hidden: 16,
  units: 8,
};

/** The first steps of a network, the last against a critic, on made-up rows. */
async function trialOf(shape: GeneratorShape, batch: number, critic: boolean): Promise<Trial> {
  const settings = { ...usual, batch, judged: batch / 4 };
  const layout = generatorLayout(shape);
  const random = createRandom(3);
  const parameters = initialiseGenerator(layout, [], random);
  const learn = await compileLearn(shape, layout, settings);
  const columns = shape.classes.length;
  const nextCodes = (codes: Int32Array): void => {
    for (let at = 0; at < codes.length; at++) codes[at] = random.integer(shape.classes[at % columns]!);
  };
  const start = { parameters, average: parameters };
  const trial = await stepsToTry({ shape, layout, settings, learn, start, nextCodes, random, critic });
  await learn.dispose();
  return trial;
}

/** What goes to another process is plain data. */
async function cook(recipe: unknown) {
  const received: unknown = structuredClone(recipe);
  return isTableRecipe(received) ? tableProgram(received) : undefined;
}

/** As `runTrial`, but on the backend of TensorFlow.js that is everywhere. */
async function onPlainBackend(trial: Trial): Promise<TrialResult> {
  const executors: EagerExecutor[] = [];
  for (const program of trial.programs) {
    const body = await cook(program.recipe);
    if (!body) throw new Error('The recipe is none.');
    executors.push(new EagerExecutor(body, program, variables, 'cpu'));
  }
  const outputs = [];
  const state = {};
  for (const executor of executors) executor.writeState(trial.start);
  for (const { program, inputs } of trial.steps) {
    const results = Object.entries((await executors[program]?.run(inputs)) ?? {});
    outputs.push(Object.fromEntries(results.map(([name, values]) => [name, values.slice()])));
  }
  for (const executor of executors) Object.assign(state, await executor.readState());
  return { outputs, state, milliseconds: 0, loading: 0 };
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

describe.each([
  ['alone', false],
  ['and then against a critic', true],
] as const)('steps by likelihood %s', (_, critic) => {
  it('op by op are those of the graph', { timeout: 60_000 }, async () => {
    const trial = await trialOf(smallShape, 64, critic);
    expect(trial.steps.map(({ program }) => program)).toEqual([0, 0, 0, critic ? 1 : 0]);
    const graph = finished(await runTrial(trial, 'cpu'));
    expect(Object.keys(graph.state).includes('critic')).toBe(critic);
    const off = deviation(trial, graph, await onPlainBackend(trial));
    expect(off).toBeLessThan(tolerance / 2);
    expect(off).toBeGreaterThan(0);
  });

  it.skipIf(!installed)('on TensorFlow are those of the graph', { timeout: 120_000 }, async () => {
    const trial = await trialOf(referenceShape(), 1000, critic);
    const graph = finished(await runTrial(trial, 'cpu'));
    const eager = finished(await runTrial(trial, 'tensorflow', Infinity, cook));
    const off = deviation(trial, graph, eager);
    // The times of every program by itself, the critic's being the last one's.
    const alone = { ...trial, steps: trial.steps.slice(-1) };
    const [graphs, eagers] = [
      finished(await runTrial(alone, 'cpu')).milliseconds,
      finished(await runTrial(alone, 'tensorflow', Infinity, cook)).milliseconds,
    ];
    console.log(
      `TensorFlow ${installed?.tensorflow ?? ''}, a step ${critic ? 'against the critic' : 'by likelihood'}: ${eagers.toFixed(1)} ms, the graph ${graphs.toFixed(1)} ms; four steps off by ${(100 * off).toFixed(2)} %`,
    );
    expect(off).toBeLessThan(tolerance / 2);
    // The same inputs give the same numbers again.
    const again = finished(await runTrial(trial, 'tensorflow', Infinity, cook));
    expect(deviation(trial, eager, again)).toBeLessThan(tolerance / 2);
  });
});

it.skipIf(!installed)('a training on TensorFlow learns, critic and all', { timeout: 120_000 }, async () => {
  const random = createRandom(8);
  const a = Int32Array.from({ length: 1200 }, () => random.integer(3));
  const b = a.map((code) => (random.uniform() < 0.9 ? code : random.integer(3)));
  const categories = ['x', 'y', 'z'];
  const training: Table = {
    rows: 1200,
    columns: [
      { type: 'category', name: 'a', codes: a, categories },
      { type: 'category', name: 'b', codes: b, categories },
    ],
  };
  const measured = { milliseconds: 1, loading: 1, deviation: 0, memory: null, driver: null };
  const agreement: number[] = [];
  const model = await trainTableGan({
    training,
    schema: ['a', 'b'].map((name) => ({ name, kind: 'category', role: 'keep', nullable: true })),
    holdoutScore: async ({ columns: [first, second], rows }) => {
      if (first?.type !== 'category' || second?.type !== 'category') return 0;
      const same =
        first.codes.filter(
          (code, row) => first.categories[code] === second.categories[second.codes[row] ?? -1],
        ).length / rows;
      agreement.push(same);
      return same;
    },
    ...{ minutes: 5, stopEarly: false, seed: 5, maxEpochs: 30, criticAfter: 0 },
    devices: {
      choose: async (_trial, size) => ({
        ...{ at: '', fingerprint: 'f', model: size, chosen: 'tensorflow' },
        devices: [
          { name: 'tensorflow', title: '', state: 'chosen', reason: { kind: 'wanted' }, ...measured },
        ],
      }),
      failed: (device) => {
        throw new Error(`${device} has failed.`);
      },
    },
  });
  expect(model.device).toContain('TensorFlow');
  // 0.93 of the real rows.
  expect(Math.max(...agreement)).toBeGreaterThan(0.8);
});
