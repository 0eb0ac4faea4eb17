/** A thread that makes de-identified files of the studies it is sent, and waits where nobody takes them. */
import './no-network.ts';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { toErrorShape, type ErrorShape } from '../shared/errors.ts';
import { ChangeSummary, type SummaryPart } from './dicom/deidentify/change-summary.ts';
import { namingOf } from './dicom/deidentify/output-name.ts';
import { Profile } from './dicom/deidentify/profile/profile.ts';
import { Pseudonyms } from './dicom/deidentify/pseudonyms.ts';
import type { MadeOfStudy, MakerSettings } from './jobs/deidentify/maker-threads.ts';
import { StudyMaker, type StudyFiles } from './jobs/deidentify/study-maker.ts';
import { pseudonymKeyBy } from './privacy/pseudonyms/key.ts';

/** Studies to make, or that an answer was taken. */
export type MakerRequest = { readonly studies: readonly StudyFiles[] } | 'taken';

/** That it can begin; files; that all of a request are made. In the order of the requests. */
export type MakerAnswer =
  'ready' | 'end' | { readonly made: readonly ToldOfStudy[]; readonly summary: SummaryPart };

/** `MadeOfStudy`, with errors as they cross a boundary. */
export type ToldOfStudy =
  | Extract<MadeOfStudy, { file: unknown }>
  | { readonly study: number; readonly at: number; readonly shape: ErrorShape };

/** Files and bytes that are told of together. */
const mostTogether = 16;
const mostBytesTogether = 4 * 2 ** 20;
/** Answers that may wait to be taken. */
const mostWaiting = 4;

const { choices, key, naming } = z
  .custom<MakerSettings>((value) => typeof value === 'object' && value !== null)
  .parse(workerData);
const summary = new ChangeSummary();
const maker = new StudyMaker({
  profile: new Profile(choices),
  pseudonyms: new Pseudonyms(pseudonymKeyBy(key)),
  naming: namingOf(naming),
  summary,
});

let waiting = 0;
let onTaken: (() => void) | undefined;
let last = Promise.resolve();
parentPort?.on('message', (message: MakerRequest) => {
  if (message === 'taken') {
    waiting--;
    onTaken?.();
  } else {
    // A failure ends the thread, of which whoever started it hears.
    last = last.then(() => makeAll(message.studies));
  }
});
tell('ready');

async function makeAll(studies: readonly StudyFiles[]): Promise<void> {
  let together: ToldOfStudy[] = [];
  let buffers: ArrayBuffer[] = [];
  let bytes = 0;
  const tellFiles = async () => {
    while (waiting >= mostWaiting) await taken();
    waiting++;
    tell({ made: together, summary: summary.takePart() }, buffers);
    [together, buffers, bytes] = [[], [], 0];
  };
  for (const [study, files] of studies.entries()) {
    for await (const made of maker.make(files)) {
      const { at } = made;
      if ('error' in made) together.push({ study, at, shape: toErrorShape(made.error) });
      else {
        const content = ownBytes(made.file.content);
        together.push({ study, at, file: { ...made.file, content } });
        buffers.push(content.buffer);
        bytes += content.length;
      }
      if (together.length >= mostTogether || bytes >= mostBytesTogether) await tellFiles();
    }
  }
  if (together.length > 0) await tellFiles();
  tell('end');
}

function taken(): Promise<void> {
  return new Promise((resolve) => {
    onTaken = resolve;
  });
}

/** Bytes that share their memory with nothing, so that they can be handed over. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length;
  return isOwn ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

function tell(answer: MakerAnswer, handedOver: ArrayBuffer[] = []): void {
  parentPort?.postMessage(answer, handedOver);
}
