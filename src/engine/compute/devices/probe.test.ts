import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FoundDevice } from '../../../shared/devices.ts';
import { adam } from '../adam.ts';
import { compile } from '../compile.ts';
import { createRandom } from '../random.ts';
import type { Fault } from './faulty-executor.ts';
import { probeDevices } from './probe.ts';
import type { ProbeOptions, TrialProcess } from './probe.ts';
import { isTrialAnswer } from './trial-messages.ts';
import type { Trial } from './trial.ts';

const found: FoundDevice[] = [
  { name: 'cpu', title: 'A processor', driver: null, memory: 1 },
  { name: 'webgpu', title: 'A card', driver: 'driver 1', memory: null },
];

/** A process of its own, on a device with a fault. */
function startWith(fault: Fault): TrialProcess {
  const child = fork(resolve(import.meta.dirname, 'faulty-trial.ts'), [fault], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return {
    ask: (request) => child.send(request),
    onAnswer: (listener) =>
      void child.once('message', (answer) => {
        if (isTrialAnswer(answer)) listener(answer);
      }),
    onEnd: (listener) =>
      void child.once('exit', (code, signal) => {
        listener(signal ?? `code ${String(code)}`);
      }),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** A few steps of learning a line. */
async function lineTrial(): Promise<Trial> {
  const random = createRandom(1);
  const vector = { shape: [8] };
  const step = await compile(
    (state, { x, y }) => {
      const { value, grad } = tf.valueAndGrad((weights: tf.Tensor) =>
        tf.mean(tf.square(tf.sub(tf.squeeze(tf.matMul(x, tf.reshape(weights, [8, 1])), [1]), y))),
      )(state.weights);
      const settings = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
      const { parameters, ...slots } = adam(state.weights, grad, state, tf.scalar(0.01), settings);
      return { state: { weights: parameters, ...slots }, outputs: { loss: value } };
    },
    {
      state: { weights: vector, first: vector, second: vector, step: { shape: [] } },
      inputs: { x: { shape: [64, 8] }, y: { shape: [64] } },
    },
  );
  const steps = Array.from({ length: 4 }, () => {
    const x = new Float32Array(64 * 8);
    const y = new Float32Array(64);
    random.fillNormal(x);
    random.fillNormal(y);
    return { x, y };
  });
  const trial = step.trial({ weights: Float32Array.from({ length: 8 }, (_, at) => at / 8) }, steps);
  await step.dispose();
  return trial;
}

describe('trying devices', () => {
  let trial: Trial;
  beforeAll(async () => {
    trial = await lineTrial();
  });
  const probe = (fault: Fault, options: Partial<ProbeOptions> = {}) =>
    probeDevices(trial, {
      ...{ found, fingerprint: 'f', model: { parameters: 8, rows: 64 } },
      start: () => startWith(fault),
      ...options,
    });

  it('gives the same numbers on a device without a fault, and takes the faster', async () => {
    const { chosen, devices } = await probe('none');
    const [cpu, card] = devices;
    expect(card?.deviation).toBe(0);
    const gain = (cpu?.milliseconds ?? 0) / (card?.milliseconds ?? 0);
    expect(chosen).toBe(gain > 1.25 ? 'webgpu' : 'cpu');
    expect(devices.find(({ name }) => name === chosen)?.reason).toEqual({ kind: 'fastest' });
    const other = devices.find(({ name }) => name !== chosen)?.reason.kind;
    expect(other).toBe(gain > 1 && gain <= 1.25 ? 'no-gain' : 'slower');
  });

  it('sets aside a device that computes something else', async () => {
    const { chosen, devices } = await probe('wrong');
    expect(chosen).toBe('cpu');
    const reason = devices[1]?.reason;
    expect(reason?.kind === 'wrong' && (reason.deviation ?? 0) > reason.allowed).toBe(true);
    const { devices: others } = await probe('not-a-number');
    expect(others[1]?.reason).toMatchObject({ kind: 'wrong', deviation: null });
  });

  it('sets aside a device that is slow', async () => {
    const { chosen, devices } = await probe('slow');
    expect(chosen).toBe('cpu');
    const [, card] = devices;
    expect(card?.state).toBe('set-aside');
    expect(card?.reason.kind).toBe('slower');
    expect(card?.milliseconds).toBeGreaterThan(290);
  });

  it('lives through a device that ends its process, does not end, or fails', async () => {
    const crashed = await probe('crash');
    expect(crashed.chosen).toBe('cpu');
    expect(crashed.devices[1]?.reason).toEqual({ kind: 'crashed', how: 'SIGSEGV' });
    const stuck = await probe('stuck', { seconds: 5 });
    expect(stuck.devices[1]?.reason).toEqual({ kind: 'stuck', seconds: 5 });
    const failed = await probe('fails');
    expect(failed.devices[1]?.reason).toEqual({ kind: 'failed', detail: 'Device lost.' });
  });

  it('takes the device that is wanted where it computes rightly, however slow', async () => {
    const { chosen, devices } = await probe('slow', { wanted: 'webgpu' });
    expect(chosen).toBe('webgpu');
    expect(devices.map(({ reason }) => reason.kind)).toEqual(['not-wanted', 'wanted']);
    expect((await probe('wrong', { wanted: 'webgpu' })).chosen).toBe('cpu');
  });

  it('does not try again what was set aside', async () => {
    let started = 0;
    const { devices } = await probe('crash', {
      setAside: new Map([['webgpu', { kind: 'failed-training' }]]),
      start: () => {
        started++;
        return startWith('none');
      },
    });
    expect(started).toBe(1);
    expect(devices[1]?.reason).toEqual({ kind: 'failed-training' });
  });

  it('can be cancelled', async () => {
    const stop = new AbortController();
    const probing = probe('stuck', {
      signal: stop.signal,
      onDevice: () => {
        stop.abort(new Error('enough'));
      },
    });
    await expect(probing).rejects.toThrow('enough');
  });
});
