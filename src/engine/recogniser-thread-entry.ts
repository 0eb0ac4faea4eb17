/** A thread that recognises text: the regions of each picture it is sent. */
import './no-network.ts';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openRecogniser } from './dicom/pixels/burned-in/recogniser.ts';
import type { Word } from './dicom/pixels/burned-in/text-region.ts';

/** What it says: that it can begin, then the regions of each picture, in their order. */
export type RecogniserAnswer = 'ready' | Word[];

const { resources } = z.object({ resources: z.string() }).parse(workerData);
const picture = z.object({
  rows: z.int().positive(),
  columns: z.int().positive(),
  rgba: z.instanceof(Uint8ClampedArray<ArrayBuffer>),
});

const recogniser = await openRecogniser(resources);
let last = Promise.resolve();
parentPort?.on('message', (message) => {
  // A failure ends the thread, of which whoever started it hears.
  last = last.then(async () => {
    parentPort?.postMessage((await recogniser.regions(picture.parse(message))) satisfies RecogniserAnswer);
  });
});
parentPort?.postMessage('ready' satisfies RecogniserAnswer);
