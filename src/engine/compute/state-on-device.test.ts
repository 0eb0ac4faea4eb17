/** On the CPU, and with `npm run unit:webgpu` or `unit:tensorflow` on a device that keeps the state in its own memory. */
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { bodyOf, compile, type Program } from './compile.ts';
import { deviation, tolerance } from './devices/compare.ts';
import { runTrial } from './devices/trial.ts';
import { testDevice } from './test-device.ts';

const options = {
  state: { sum: { shape: [3] }, count: { shape: [] } },
  inputs: { x: { shape: [3] } },
  device: testDevice,
} as const;

/** Adds its input to the state `sum`, and counts. */
const add: Program<(typeof options)['state'], (typeof options)['inputs'], 'before' | 'many'> = (
  state,
  { x },
) => ({
  state: { sum: tf.add(state.sum, x), count: tf.add(state.count, 1) },
  outputs: { before: tf.sum(state.sum), many: tf.mul(x, state.count) },
});

const adding = () => compile(add, options);

it('state goes on from run to run, and can be read and written between any two', async () => {
  const program = await adding();
  const x = Float32Array.of(1, 2, 3);
  expect([...(await program.run({ x })).before]).toEqual([0]);
  expect([...(await program.run({ x })).before]).toEqual([6]);
  const state = await program.readState();
  expect([...state.sum]).toEqual([2, 4, 6]);
  expect([...state.count]).toEqual([2]);
  // Copies: nobody else's runs change them, and what was read once is the same the second time.
  await program.run({ x });
  expect([...state.sum]).toEqual([2, 4, 6]);
  expect([...(await program.readState()).sum]).toEqual([3, 6, 9]);
  expect([...(await program.readState()).sum]).toEqual([3, 6, 9]);
  program.writeState({ sum: Float32Array.of(10, 0, 0) });
  expect([...(await program.readState()).sum]).toEqual([10, 0, 0]);
  const { before, many } = await program.run({ x });
  expect([...before]).toEqual([10]);
  expect([...many]).toEqual([3, 6, 9]);
  expect([...(await program.readState()).count]).toEqual([4]);
  await program.dispose();
});

it('programs that share their state go on with what the other has left, also when one of them is gone', async () => {
  const program = await adding();
  const doubling = await compile((state) => ({ state: { sum: tf.mul(state.sum, 2) }, outputs: {} }), {
    state: { sum: { shape: [3] } },
    inputs: { unused: { shape: [] } },
    device: testDevice,
    sharing: program,
  });
  const x = Float32Array.of(1, 2, 3);
  const unused = new Float32Array(1);
  await program.run({ x });
  await doubling.run({ unused });
  await program.run({ x });
  expect([...(await doubling.readState()).sum]).toEqual([3, 6, 9]);
  await doubling.run({ unused });
  await doubling.dispose();
  await program.run({ x });
  expect([...(await program.readState()).sum]).toEqual([7, 14, 21]);
  await program.dispose();
});

it('a trial gives what the CPU gives', { timeout: 60_000 }, async () => {
  const program = await adding();
  const steps = [1, 2, 3].map((value) => ({ x: Float32Array.of(value, -value, 0.5) }));
  const trial = program.trial({ sum: Float32Array.of(1, 1, 1) }, steps);
  await program.dispose();
  const cook = async () => bodyOf(add, options);
  const [cpu, device] = [await runTrial(trial, 'cpu'), await runTrial(trial, testDevice, Infinity, cook)];
  if ('hopeless' in cpu || 'hopeless' in device) throw new Error('Nothing was too slow.');
  expect(deviation(trial, cpu, device)).toBeLessThan(tolerance / 100);
  expect([...(device.state.sum ?? [])]).toEqual([7, -5, 2.5]);
});
