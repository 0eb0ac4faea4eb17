/** Recognisers of text, each in a thread of its own: one takes a second or two for a picture, in which nothing else runs. */
import type { Recogniser } from './dicom/pixels/burned-in/recogniser.ts';
import type { Word } from './dicom/pixels/burned-in/text-region.ts';
import { startOwnThread } from './no-network.ts';
import type { RecogniserAnswer } from './recogniser-thread-entry.ts';

/** Beside this file, as source or built. */
function threadEntry(): URL {
  const source = import.meta.url.endsWith('.ts');
  return new URL(source ? './recogniser-thread-entry.ts' : './recogniser-thread-entry.mjs', import.meta.url);
}

/**
 * @param resources The folder of bundled resources.
 * @param threads How many pictures are looked at at once; each takes about 200 MB.
 * @param entry What a thread runs, for tests.
 */
export async function startRecogniser(
  resources: string,
  threads = 1,
  entry = threadEntry(),
): Promise<Recogniser> {
  const all = Array.from({ length: threads }, () => startThread(resources, entry));
  const close = () => {
    for (const thread of all) thread.close();
  };
  try {
    await Promise.all(all.map((thread) => thread.ready));
  } catch (error) {
    close();
    throw error;
  }
  return {
    regions: (picture) => {
      const [idlest] = [...all].sort((a, b) => a.waiting() - b.waiting());
      if (!idlest) throw new Error('There is no thread that recognises text.');
      return idlest.regions(picture);
    },
    close,
  };
}

interface RecogniserThread extends Recogniser {
  readonly ready: Promise<void>;
  readonly waiting: () => number;
}

interface Waiting {
  resolve: (regions: Word[]) => void;
  reject: (reason: Error) => void;
}

function startThread(resources: string, entry: URL): RecogniserThread {
  const worker = startOwnThread(entry, { workerData: { resources } });
  const waiting: Waiting[] = [];
  let gone: Error | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    const leave = (reason: Error): void => {
      gone ??= reason;
      reject(gone);
      for (const each of waiting.splice(0)) each.reject(gone);
    };
    // Answers come in the order of the requests.
    worker.on('message', (answer: RecogniserAnswer) => {
      if (answer === 'ready') resolve();
      else waiting.shift()?.resolve(answer);
    });
    worker.on('error', (error) => {
      leave(error instanceof Error ? error : new Error('A thread that recognises text failed.'));
    });
    worker.on('exit', () => {
      leave(new Error('A thread that recognises text has ended.'));
    });
  });
  return {
    ready,
    waiting: () => waiting.length,
    regions: (picture) =>
      new Promise((resolve, reject) => {
        if (gone) {
          reject(gone);
          return;
        }
        waiting.push({ resolve, reject });
        worker.postMessage(picture);
      }),
    close: () => {
      void worker.terminate();
    },
  };
}
