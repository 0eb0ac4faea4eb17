/** Starts a thread that makes de-identified files: see jobs/deidentify/maker-threads.ts. */
import { AppError } from '../shared/errors.ts';
import type { MadeSome, MakerSettings, MakerThread } from './jobs/deidentify/maker-threads.ts';
import type { MakerAnswer, MakerRequest, ToldOfStudy } from './maker-thread-entry.ts';
import { startOwnThread } from './no-network.ts';

/** Beside this file, as source or built. */
function threadEntry(): URL {
  const name = import.meta.url.endsWith('.ts') ? './maker-thread-entry.ts' : './maker-thread-entry.mjs';
  return new URL(name, import.meta.url);
}

/** What came of one request, and who waits for more of it. */
interface Answers {
  readonly some: MadeSome[];
  isComplete: boolean;
  wake: () => void;
}

/** @param entry What the thread runs, for tests. */
export function startMakerThread(settings: MakerSettings, entry = threadEntry()): MakerThread {
  const worker = startOwnThread(entry, { workerData: settings });
  const requests: Answers[] = [];
  let gone: Error | undefined;
  const ask = (request: MakerRequest) => {
    worker.postMessage(request);
  };
  const ready = new Promise<void>((resolve, reject) => {
    const leave = (reason: Error): void => {
      gone ??= reason;
      reject(gone);
      for (const answers of requests.splice(0)) answers.wake();
    };
    worker.on('message', (answer: MakerAnswer) => {
      if (answer === 'ready') {
        resolve();
        return;
      }
      // Answers come in the order of the requests.
      const [answers] = requests;
      if (answer !== 'end') answers?.some.push({ ...answer, made: answer.made.map(toldBack) });
      else if (answers) {
        answers.isComplete = true;
        requests.shift();
      }
      answers?.wake();
    });
    worker.on('error', (error) => {
      leave(error instanceof Error ? error : new Error('A thread that makes files failed.'));
    });
    worker.on('exit', () => {
      leave(new Error('A thread that makes files has ended.'));
    });
  });
  // Whoever asks for files hears of a failure; until then it is no fault of the process.
  ready.catch(() => undefined);
  return {
    ready,
    make: (studies) => {
      const answers: Answers = { some: [], isComplete: false, wake: () => undefined };
      if (!gone) {
        requests.push(answers);
        ask({ studies });
      }
      return {
        next: async () => {
          while (answers.some.length === 0 && !answers.isComplete) {
            if (gone) throw gone;
            await new Promise<void>((resolve) => {
              answers.wake = resolve;
            });
          }
          const value = answers.some.shift();
          if (value === undefined) return { done: true, value: undefined };
          if (!gone) ask('taken');
          return { done: false, value };
        },
      };
    },
    end: async () => {
      await worker.terminate();
    },
  };
}

function toldBack(told: ToldOfStudy): MadeSome['made'][number] {
  if ('file' in told) return told;
  return { study: told.study, at: told.at, error: AppError.from(told.shape) };
}
