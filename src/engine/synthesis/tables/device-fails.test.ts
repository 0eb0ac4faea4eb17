import { afterEach, expect, it, vi } from 'vitest';
import type { DeviceName } from '../../../shared/device-names.ts';
import type { DeviceReport } from '../../../shared/devices.ts';
import { injectFault } from '../../compute/devices/faulty-executor.ts';
import { createRandom } from '../../compute/random.ts';
import type { Table } from '../../tables/table.ts';
import { trainTableGan } from './train.ts';
import type { Devices, TrainTableRequest } from './train.ts';
import { trainingState } from './training-state.ts';
import type { TrainingState } from './training-state.ts';

// The device gets the graph of the CPU, and so computes the same bits until it fails.
vi.mock('../../compute/for-device.ts', () => ({
  forDevice: (_graph: unknown, results: unknown) => results,
}));

let repair = (): void => {};
afterEach(() => {
  repair();
});

function table(rows: number): Table {
  const random = createRandom(8);
  const a = Int32Array.from({ length: rows }, () => random.integer(3));
  const b = a.map((code) => (random.uniform() < 0.9 ? code : random.integer(3)));
  const categories = ['x', 'y', 'z'];
  return {
    rows,
    columns: [
      { type: 'category', name: 'a', codes: a, categories },
      { type: 'category', name: 'b', codes: b, categories },
    ],
  };
}

function request(devices?: Devices): TrainTableRequest {
  const training = table(1200);
  return {
    training,
    schema: training.columns.map(({ name }) => ({ name, kind: 'category', role: 'keep', nullable: true })),
    holdoutScore: async () => 0.5,
    minutes: 5,
    stopEarly: false,
    seed: 5,
    maxEpochs: 8,
    ...(devices && { devices }),
  };
}

/** A report that chooses the card, as if it had passed the trial. */
function report(model: DeviceReport['model']): DeviceReport {
  const measured = { milliseconds: 1, loading: 1, deviation: 0, memory: null, driver: null };
  return {
    ...{ at: '', fingerprint: 'f', model, chosen: 'webgpu' },
    devices: [
      { name: 'cpu', title: '', state: 'set-aside', reason: { kind: 'not-wanted' }, ...measured },
      { name: 'webgpu', title: '', state: 'chosen', reason: { kind: 'wanted' }, ...measured },
    ],
  };
}

it('a device that fails in the middle is left, and the model is the one of the CPU, to the bit', async () => {
  const plain = await trainTableGan(request());
  const failed: DeviceName[] = [];
  // In the middle of a pass: what was learned since the last state is learned again.
  repair = injectFault('fails', 103);
  const model = await trainTableGan(
    request({
      choose: async (_trial, size) => report(size),
      failed: (device) => failed.push(device),
    }),
  );
  expect(failed).toEqual(['webgpu']);
  expect(model.notes).toEqual([expect.stringContaining('WebGPU failed')]);
  expect(model.device).toContain('CPU');
  expect(model.tried?.chosen).toBe('cpu');
  expect(model.tried?.devices[1]?.reason).toEqual({ kind: 'failed-training' });
  expect(Buffer.compare(model.generator, plain.generator)).toBe(0);
});

it('a device that works is named with the model, with why it was chosen', async () => {
  repair = injectFault('none');
  const model = await trainTableGan(
    request({ choose: async (_trial, size) => report(size), failed: () => {} }),
  );
  expect(model.device).toContain('WebGPU');
  expect(model.tried?.devices[1]?.reason).toEqual({ kind: 'wanted' });
  expect(model.notes).toEqual([]);
});

/** The state after the third pass, where the training is then paused. */
async function statePaused(devices?: Devices): Promise<TrainingState> {
  const pause = new AbortController();
  let last: TrainingState | undefined;
  const run = trainTableGan(request(devices), {
    pause: pause.signal,
    onState: (state) => {
      last = state;
      if (state.loop.learner.batches.epoch === 3) pause.abort(new DOMException('Paused.', 'AbortError'));
    },
  });
  await expect(run).rejects.toThrow('Paused.');
  if (!last) throw new Error('No state was told.');
  return structuredClone(trainingState.parse(last));
}

const never: Devices = {
  choose: () => Promise.reject(new Error('No choice was expected.')),
  failed: () => undefined,
};
const theCard: Devices = { choose: async (_trial, size) => report(size), failed: () => undefined };

it('what has begun on the CPU goes on there whatever is chosen now, to the bit', async () => {
  const plain = await trainTableGan(request());
  const from = await statePaused();
  expect(from.device).toBe('cpu');
  const model = await trainTableGan(request(never), { from });
  expect(model.notes).toEqual([]);
  expect(Buffer.compare(model.generator, plain.generator)).toBe(0);
});

it('what goes on elsewhere than it has begun says so, once', async () => {
  repair = injectFault('none');
  const from = await statePaused(theCard);
  expect(from.device).toBe('webgpu');
  expect((await trainTableGan(request(theCard), { from })).notes).toEqual([]);
  const moved = await trainTableGan(request(), { from });
  expect(moved.notes).toEqual([expect.stringContaining('had begun on WebGPU and went on')]);
  const { device: _, ...earlier } = from;
  expect((await trainTableGan(request(), { from: earlier })).notes).toEqual([]);
});
