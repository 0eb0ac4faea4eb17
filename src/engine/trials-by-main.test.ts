import { expect, it, vi } from 'vitest';
import type { FromEngine } from '../shared/wire.ts';
import type { TrialRequest } from './compute/devices/trial-messages.ts';
import { trialsByMain } from './trials-by-main.ts';

const request: TrialRequest = {
  device: 'webgpu',
  hopeless: null,
  trial: {
    programs: [
      {
        ...{ model: new Uint8Array(2), deviceModel: new Uint8Array(2) },
        ...{ inputs: [], state: [], outputs: [], threads: [1] },
      },
    ],
    ...{ start: {}, steps: [] },
  },
};

function trialOf(trials: ReturnType<typeof trialsByMain>) {
  const trial = trials.start();
  const [answered, ended] = [vi.fn(), vi.fn()];
  trial.onAnswer(answered);
  trial.onEnd(ended);
  trial.ask(request);
  return { trial, answered, ended };
}

it('asks main for a process each, and tells each what became of it', () => {
  const send = vi.fn<(message: FromEngine) => void>();
  const trials = trialsByMain(send);
  const [one, other] = [trialOf(trials), trialOf(trials)];
  expect(send.mock.calls).toEqual([
    [{ type: 'tryDevice', id: 1, request }],
    [{ type: 'tryDevice', id: 2, request }],
  ]);
  trials.answer(2, { kind: 'failed', detail: 'Device lost.' });
  trials.answer(2, 'nonsense');
  trials.answer(99, { kind: 'failed', detail: 'Another.' });
  trials.ended(1, 'code 139');
  expect(other.answered.mock.calls).toEqual([[{ kind: 'failed', detail: 'Device lost.' }]]);
  expect(one.ended.mock.calls).toEqual([['code 139']]);
  expect([one.answered.mock.calls, other.ended.mock.calls]).toEqual([[], []]);
});

it('has a process ended that is there, and no other', () => {
  const send = vi.fn<(message: FromEngine) => void>();
  const trials = trialsByMain(send);
  const { trial } = trialOf(trials);
  trial.kill();
  expect(send.mock.lastCall).toEqual([{ type: 'endTrial', id: 1 }]);
  trials.ended(1, 'code 9');
  trial.kill();
  expect(send).toHaveBeenCalledTimes(2);
});
