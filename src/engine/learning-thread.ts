/** Learns in a thread, so that the engine answers at once whatever a step, or the making of a program, takes. */
import { AppError, toErrorShape } from '../shared/errors.ts';
import type { Trial } from './compute/devices/trial.ts';
import { learnHere } from './jobs/learn.ts';
import type { Learn, Learned, LearnOptions } from './jobs/learn.ts';
import type { WorkClock } from './jobs/work-clock.ts';
import type { FromLearner, Keeping, ToLearner } from './learning-thread-entry.ts';
import { startOwnThread } from './no-network.ts';
import { buffersOf } from './tables/table.ts';

/** Beside this file, as source or built. */
function threadEntry(): URL {
  const source = import.meta.url.endsWith('.ts');
  return new URL(source ? './learning-thread-entry.ts' : './learning-thread-entry.mjs', import.meta.url);
}

/**
 * The same model to the bit as `learnHere`, which takes over where no thread can be started. The rows to learn from go to
 * the thread and come back with the model.
 *
 * @param clock What the thread counts its time by: it hears of the machine's sleep from this one.
 * @param log Told of errors nobody foresaw, without any value of the data.
 * @param entry What the thread runs, for tests.
 */
export function learnInThread(clock: WorkClock, log?: (text: string) => void, entry = threadEntry()): Learn {
  return async (request, options) => {
    options.signal.throwIfAborted();
    const worker = startOwnThread(entry, {});
    const say = (message: ToLearner, moved: ArrayBuffer[] = []): void => {
      worker.postMessage(message, moved);
    };
    const devices = answersAboutDevices(options, say);
    let begun = false;
    const learned = new Promise<Learned>((resolve, reject) => {
      const hear = (message: FromLearner): void => {
        switch (message.type) {
          case 'ready':
            begun = true;
            say(
              { type: 'learn', request, devices: options.devices !== undefined, keeping: keepingOf(options) },
              buffersOf(request.training),
            );
            return;
          case 'progress':
            options.onProgress(message.progress);
            return;
          case 'state':
            options.onState(message.state);
            return;
          case 'kept':
            options.keepElsewhere?.onSaved(message.saved);
            return;
          case 'log':
            log?.(message.text);
            return;
          case 'choose':
            devices.choose(message.model);
            return;
          case 'trial':
            devices.tried(message.trial);
            return;
          case 'deviceFailed':
            options.devices?.failed(message.device);
            return;
          case 'learned':
            resolve(message.learned);
            return;
          case 'failed':
            if (message.unforeseen !== null) log?.(`learning: ${message.unforeseen}`);
            reject(AppError.from(message.error));
        }
      };
      worker.on('message', (message: FromLearner) => {
        // What is kept or shown may fail, on a full drive for one: then so does the learning.
        try {
          hear(message);
        } catch (error) {
          reject(error instanceof Error ? error : new Error('What was learned could not be told.'));
        }
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        reject(new Error('The thread that learns has ended.'));
      });
    });
    const ended = new Promise((resolve) => worker.on('exit', resolve));

    const stop = (how: 'cancel' | 'pause') => () => {
      say({ type: 'stop', how });
    };
    const cancel = stop('cancel');
    const pause = stop('pause');
    options.signal.addEventListener('abort', cancel);
    options.pause?.addEventListener('abort', pause);
    if (options.pause?.aborted) pause();
    const unfollow = clock.follow((asleep) => {
      say({ type: 'power', asleep });
    });
    try {
      return await learned;
    } catch (error) {
      options.signal.throwIfAborted();
      if (!begun) return await learnHere(request, { ...options, clock: clock.now });
      options.pause?.throwIfAborted();
      throw error;
    } finally {
      options.signal.removeEventListener('abort', cancel);
      options.pause?.removeEventListener('abort', pause);
      unfollow();
      // It has to end by itself: the runtime ends the process where its thread is taken away within a step.
      cancel();
      await ended;
    }
  };
}

function keepingOf({ keepElsewhere }: LearnOptions): Keeping | undefined {
  if (!keepElsewhere) return undefined;
  const { place, sha256, rows } = keepElsewhere;
  return { place: place(), sha256, rows };
}

/** Devices are chosen here, with steps that the thread makes. */
function answersAboutDevices({ devices }: LearnOptions, say: (message: ToLearner) => void) {
  let made: ((trial: Trial) => void) | undefined;
  const ask = (): Promise<Trial> =>
    new Promise((resolve) => {
      made = resolve;
      say({ type: 'trial' });
    });
  return {
    choose: (model: { parameters: number; rows: number }): void => {
      devices?.choose(ask, model).then(
        (report) => {
          say({ type: 'chosen', report });
        },
        (error: unknown) => {
          say({ type: 'notChosen', error: toErrorShape(error) });
        },
      );
    },
    tried: (trial: Trial): void => {
      made?.(trial);
    },
  };
}
