/** Starts a thread that draws synthetic rows: see synthesis/tables/draw-threads.ts. */
import type { RandomState } from './compute/random.ts';
import type { DrawThread } from './synthesis/tables/draw-threads.ts';
import { startOwnThread } from './no-network.ts';
import type { DrawAnswer } from './draw-thread-entry.ts';

/** Beside this file, as source or built. */
function threadEntry(): URL {
  const name = import.meta.url.endsWith('.ts') ? './draw-thread-entry.ts' : './draw-thread-entry.mjs';
  return new URL(name, import.meta.url);
}

interface Waiting {
  resolve: (classes: Int32Array<ArrayBuffer>) => void;
  reject: (reason: Error) => void;
}

/** @param entry What the thread runs, for tests. */
export function startDrawThread(generator: Uint8Array, width: number, entry = threadEntry()): DrawThread {
  const worker = startOwnThread(entry, { workerData: { generator, width } });
  const waiting: Waiting[] = [];
  let gone: Error | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    const leave = (reason: Error): void => {
      gone ??= reason;
      reject(gone);
      for (const each of waiting.splice(0)) each.reject(gone);
    };
    // Answers come in the order of the requests.
    worker.on('message', (answer: DrawAnswer) => {
      if (answer === 'ready') resolve();
      else waiting.shift()?.resolve(answer);
    });
    worker.on('error', (error) => {
      leave(error instanceof Error ? error : new Error('A thread that draws rows failed.'));
    });
    worker.on('exit', () => {
      leave(new Error('A thread that draws rows has ended.'));
    });
  });
  // Whoever draws hears of a failure; until then it is no fault of the process.
  ready.catch(() => undefined);
  return {
    ready,
    draw: (state: RandomState) =>
      new Promise((resolve, reject) => {
        if (gone) {
          reject(gone);
          return;
        }
        waiting.push({ resolve, reject });
        worker.postMessage(state);
      }),
    end: async () => {
      await worker.terminate();
    },
  };
}
