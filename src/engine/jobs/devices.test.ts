import { describe, expect, it } from 'vitest';
import type { DeviceRecord, FoundDevice } from '../../shared/devices.ts';
import type { TrialProcess } from '../compute/devices/probe.ts';
import type { TrialAnswer } from '../compute/devices/trial-messages.ts';
import type { Trial } from '../compute/devices/trial.ts';
import { DeviceDesk, noRecord, shortMemory, type DeviceMemo } from './devices.ts';

const trial: Trial = {
  programs: [
    {
      ...{ model: new Uint8Array(), deviceModel: new Uint8Array(), inputs: [], outputs: [], threads: [1] },
      state: [{ name: 'w', type: 'float32', shape: [1], next: 'next_w' }],
    },
  ],
  start: {},
  steps: [],
};
const model = { parameters: 10, rows: 5 };
const devices: FoundDevice[] = [
  { name: 'cpu', title: 'A processor', driver: null, memory: 1 },
  { name: 'webgpu', title: 'A card', driver: 'driver 1', memory: null },
];

/** A machine whose card takes a step in 1 ms and whose processor takes 5. */
function machine() {
  let driver = 'driver 1';
  let trials = 0;
  const start = (): TrialProcess => {
    let tell: (answer: TrialAnswer) => void = () => {};
    return {
      ask: ({ device }) => {
        trials++;
        const result = {
          state: { w: Float32Array.of(1) },
          outputs: [],
          milliseconds: device === 'cpu' ? 5 : 1,
          loading: 1,
        };
        queueMicrotask(() => {
          tell({ kind: 'result', result });
        });
      },
      onAnswer: (listener) => {
        tell = listener;
      },
      onEnd: () => {},
      kill: () => {},
    };
  };
  const find = () => ({ devices, absent: [], fingerprint: driver });
  const memo = shortMemory();
  return {
    memo,
    desk: (other: DeviceMemo = memo) => new DeviceDesk({ memo: other, startTrial: start, find }),
    newDriver: () => {
      driver = 'driver 2';
    },
    get trials() {
      return trials;
    },
  };
}

describe('the device of a training', () => {
  it('is found once for a model of some size, and again when drivers change', async () => {
    const here = machine();
    const choose = async () =>
      (
        await here
          .desk()
          .forTraining()
          .choose(async () => trial, model)
      ).chosen;
    const training = here.desk().forTraining();
    expect((await training.choose(async () => trial, model)).chosen).toBe('webgpu');
    training.done();
    expect(here.trials).toBe(2);
    const next = here.desk().forTraining();
    expect((await next.choose(async () => trial, model)).chosen).toBe('webgpu');
    next.done();
    expect(here.trials).toBe(2);
    here.newDriver();
    expect(await choose()).toBe('webgpu');
    expect(here.trials).toBe(4);
  });

  it('is the CPU once the other has failed, until drivers change or it is asked for by name', async () => {
    const here = machine();
    const training = here.desk().forTraining();
    await training.choose(async () => trial, model);
    training.failed('webgpu');
    const again = await here
      .desk()
      .forTraining()
      .choose(async () => trial, model);
    expect(again.chosen).toBe('cpu');
    expect(again.devices[1]?.reason).toEqual({ kind: 'failed-training' });
    here.desk().want('webgpu');
    expect(
      (
        await here
          .desk()
          .forTraining()
          .choose(async () => trial, model)
      ).chosen,
    ).toBe('webgpu');
  });

  it('is the CPU after an engine that ended while a training ran on the other', async () => {
    const here = machine();
    await here
      .desk()
      .forTraining()
      .choose(async () => trial, model);
    // No word of the end: the next engine finds what was running.
    const next = await here
      .desk()
      .forTraining()
      .choose(async () => trial, model);
    expect(next.chosen).toBe('cpu');
    expect(next.devices[1]?.reason).toEqual({ kind: 'ended-engine' });
  });

  it('is what the user wants', async () => {
    const here = machine();
    here.desk().want('cpu');
    const { chosen, devices: tried } = await here
      .desk()
      .forTraining()
      .choose(async () => trial, model);
    expect(chosen).toBe('cpu');
    expect(tried.map(({ reason }) => reason.kind)).toEqual(['wanted', 'not-wanted']);
    // Whoever wants the CPU may have a driver that must not be started.
    expect(here.trials).toBe(0);
  });

  it('needs no trial where there is nothing but the CPU', async () => {
    let started = 0;
    const desk = new DeviceDesk({
      memo: shortMemory(),
      startTrial: () => {
        started++;
        throw new Error('No trial was expected.');
      },
      find: () => ({ devices: devices.slice(0, 1), absent: [], fingerprint: 'f' }),
    });
    const { chosen, devices: tried } = await desk.forTraining().choose(async () => trial, model);
    expect([chosen, tried[0]?.reason.kind, started]).toEqual(['cpu', 'alone', 0]);
  });
});

describe('a memo that cannot be written', () => {
  function onFullDrive() {
    const here = machine();
    let full = true;
    const memo = {
      read: here.memo.read,
      write: (record: DeviceRecord) => {
        if (full) throw new Error('database or disk is full');
        here.memo.write(record);
      },
    };
    return {
      ...{ here, memo, desk: () => here.desk(memo) },
      makeRoom: () => {
        full = false;
      },
    };
  }

  it('ends no training, and what was found holds as long as the desk does', async () => {
    const { here, memo, desk: open, makeRoom } = onFullDrive();
    const desk = open();
    const training = desk.forTraining();
    expect((await training.choose(async () => trial, model)).chosen).toBe('webgpu');
    training.failed('webgpu');
    training.done();
    expect((await desk.forTraining().choose(async () => trial, model)).chosen).toBe('cpu');
    expect(memo.read()).toEqual(noRecord);
    makeRoom();
    const report = await desk.test(trial, model);
    expect(memo.read().tested).toEqual(report);
    expect(here.trials).toBeGreaterThan(2);
  });

  it('lets the page open after an engine that ended in a training', async () => {
    const { here, desk } = onFullDrive();
    await here
      .desk()
      .forTraining()
      .choose(async () => trial, model);
    const opened = desk();
    expect(opened.found().devices).toHaveLength(2);
    expect((await opened.forTraining().choose(async () => trial, model)).chosen).toBe('cpu');
  });

  it('refuses a choice it could not keep', () => {
    const { desk: open, makeRoom } = onFullDrive();
    const desk = open();
    expect(() => desk.want('cpu')).toThrow('full');
    expect(desk.wanted).toBe('auto');
    makeRoom();
    desk.want('cpu');
    expect(desk.wanted).toBe('cpu');
  });
});

describe('testing devices', () => {
  it('keeps what it finds, and gives what was set aside another chance', async () => {
    const here = machine();
    const training = here.desk().forTraining();
    await training.choose(async () => trial, model);
    training.failed('webgpu');
    const report = await here.desk().test(trial, model);
    expect(report.chosen).toBe('webgpu');
    expect(here.desk().tested).toEqual(report);
    expect(
      (
        await here
          .desk()
          .forTraining()
          .choose(async () => trial, model)
      ).chosen,
    ).toBe('webgpu');
    here.newDriver();
    expect(here.desk().tested).toBeNull();
  });
});
