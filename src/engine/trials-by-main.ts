/** The processes in which devices are tried as an engine in a utility process has them: main starts them for it. */
import type { FromEngine } from '../shared/wire.ts';
import type { TrialProcess } from './compute/devices/probe.ts';
import { isTrialAnswer } from './compute/devices/trial-messages.ts';
import type { TrialAnswer } from './compute/devices/trial-messages.ts';

interface Listeners {
  answer?: (answer: TrialAnswer) => void;
  end?: (how: string) => void;
}

/**
 * @param send To main.
 * @returns What starts a process, and what to call with what main tells of each.
 */
export function trialsByMain(send: (message: FromEngine) => void): {
  start: () => TrialProcess;
  answer: (id: number, answer: unknown) => void;
  ended: (id: number, how: string) => void;
} {
  const running = new Map<number, Listeners>();
  let nextId = 1;
  return {
    start: () => {
      const id = nextId++;
      const listeners: Listeners = {};
      return {
        ask: (request) => {
          running.set(id, listeners);
          send({ type: 'tryDevice', id, request });
        },
        onAnswer: (listener) => {
          listeners.answer = listener;
        },
        onEnd: (listener) => {
          listeners.end = listener;
        },
        kill: () => {
          if (running.has(id)) send({ type: 'endTrial', id });
        },
      };
    },
    answer: (id, answer) => {
      if (isTrialAnswer(answer)) running.get(id)?.answer?.(answer);
    },
    ended: (id, how) => {
      const listeners = running.get(id);
      running.delete(id);
      listeners?.end?.(how);
    },
  };
}
