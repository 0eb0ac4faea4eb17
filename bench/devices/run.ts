/**
 * `npm run bench:devices [-- BATCH…]`: what the devices of this machine take for the learning step of the table GAN at
 * the widths of the census table, with the state copied at every step, copied once for several, and left on the device.
 */
import * as ort from 'onnxruntime-node';
import { compile } from '../../src/engine/compute/compile.ts';
import { runsEagerly } from '../../src/shared/device-names.ts';
import type { GraphDevice } from '../../src/shared/device-names.ts';
import { deviation } from '../../src/engine/compute/devices/compare.ts';
import { findDevices } from '../../src/engine/compute/devices/find.ts';
import { runTrial } from '../../src/engine/compute/devices/trial.ts';
import type { Trial } from '../../src/engine/compute/devices/trial.ts';
import { createSession, keepsState } from '../../src/engine/compute/sessions.ts';
import { generatorLayout } from '../../src/engine/synthesis/tables/generator.ts';
import { usual } from '../../src/engine/synthesis/tables/learner.ts';
import { learnOptions, learnProgram } from '../../src/engine/synthesis/tables/likelihood-program.ts';
import { isTableRecipe, tableProgram } from '../../src/engine/synthesis/tables/recipes.ts';
import { referenceShape, referenceTrial } from '../../src/engine/synthesis/tables/reference-trial.ts';
import { stackedInputs, unrolled } from './unroll.ts';

const batches = process.argv.slice(2).map(Number);
/** Steps that are one run. */
const together = 4;

/** Median milliseconds of what `run` does, after a warm-up. */
async function median(run: () => Promise<unknown>, most = 30, seconds = 4): Promise<number> {
  await run();
  await run();
  const times: number[] = [];
  for (const start = performance.now(); times.length < most && performance.now() - start < seconds * 1000;) {
    const before = performance.now();
    await run();
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? NaN;
}

/** The state comes from JavaScript and goes back to it at every step. */
async function copied(trial: Trial, device: GraphDevice): Promise<number> {
  const [program] = trial.programs;
  const [step] = trial.steps;
  if (!program || !step) throw new Error('A trial of nothing.');
  const session = await createSession(program.deviceModel, { device, threads: 1 });
  const tensor = (type: string, shape: readonly number[], data?: ArrayLike<number>): ort.Tensor => {
    const size = shape.reduce((product, length) => product * length, 1);
    return type === 'int32'
      ? new ort.Tensor('int32', Int32Array.from(data ?? new Int32Array(size)), shape)
      : new ort.Tensor('float32', Float32Array.from(data ?? new Float32Array(size)), shape);
  };
  const feeds: Record<string, ort.Tensor> = {};
  const fetches: Record<string, ort.Tensor> = {};
  for (const { name, type, shape, next } of program.state) {
    feeds[name] = tensor(type, shape, trial.start[name]);
    if (next !== undefined) fetches[next] = tensor(type, shape);
  }
  for (const { name, type, shape } of program.inputs) feeds[name] = tensor(type, shape, step.inputs[name]);
  for (const { name, type, shape } of program.outputs) fetches[name] = tensor(type, shape);
  const milliseconds = await median(() => session.run(feeds, fetches));
  await session.release();
  return milliseconds;
}

/** Several steps are one run: the state is copied once for all of them, or stays on the device. */
async function fused(batch: number, device: GraphDevice): Promise<{ copied: number; staying: number }> {
  const shape = referenceShape();
  const layout = generatorLayout(shape);
  const settings = { ...usual, batch };
  const options = learnOptions(shape, layout, settings);
  const program = await compile(unrolled(learnProgram(shape, layout, settings), together), {
    ...options,
    inputs: stackedInputs(options.inputs, together),
  });
  const { trial: single } = await referenceTrial(batch, false);
  const inputs = Object.fromEntries(
    Object.entries(single.steps[0]?.inputs ?? {}).map(([name, values]) => {
      const all = Array.from({ length: together }, () => [...values]).flat();
      return [name, values instanceof Int32Array ? Int32Array.from(all) : Float32Array.from(all)];
    }),
  );
  const trial: Trial = { ...program.trial({}, []), start: single.start, steps: [{ program: 0, inputs }] };
  await program.dispose();
  const staying = keepsState(device) ? await runTrial(trial, device) : { milliseconds: NaN };
  return {
    copied: (await copied(trial, device)) / together,
    staying: ('hopeless' in staying ? NaN : staying.milliseconds) / together,
  };
}

const { devices } = findDevices();
console.log(devices.map(({ name, title, driver }) => [name, title, driver].join(' | ')).join('\n'));
for (const batch of batches.length > 0 ? batches : [1000, 4000, 16_000]) {
  const { trial } = await referenceTrial(batch, false);
  const cpu = await runTrial(trial, 'cpu');
  if ('hopeless' in cpu) throw new Error('Nothing was asked of the CPU.');
  console.log(`batch ${batch}: cpu ${cpu.milliseconds.toFixed(2)} ms`);
  for (const { name } of devices) {
    if (name === 'cpu') continue;
    try {
      const result = await runTrial(trial, name, Infinity, async (recipe) =>
        isTableRecipe(recipe) ? tableProgram(recipe) : undefined,
      );
      if ('hopeless' in result) continue;
      const where = !runsEagerly(name) && !keepsState(name) ? 'state copied' : 'state on the device';
      console.log(
        `batch ${batch}: ${name} ${where} ${result.milliseconds.toFixed(2)} ms, first step after ${result.loading.toFixed(0)} ms, off by ${(100 * deviation(trial, cpu, result)).toFixed(4)} %`,
      );
      if (runsEagerly(name)) continue;
      console.log(`batch ${batch}: ${name} state copied ${(await copied(trial, name)).toFixed(2)} ms`);
      const several = await fused(batch, name);
      console.log(
        `batch ${batch}: ${name} ${together} steps a run: state copied ${several.copied.toFixed(2)} ms a step, on the device ${several.staying.toFixed(2)} ms a step`,
      );
    } catch (error) {
      console.log(
        `batch ${batch}: ${name} failed: ${error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error)}`,
      );
    }
  }
}
process.exit(0);
