/** A thread that draws rows of one generator: a chunk for each random state it is sent. */
import './no-network.ts';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openChunkSource } from './synthesis/tables/chunk-source.ts';

/** What it says: that it can draw, then a chunk's classes for each state, in their order. */
export type DrawAnswer = 'ready' | Int32Array<ArrayBuffer>;

const data = z.object({ generator: z.instanceof(Uint8Array), width: z.number() });
const state = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const { generator, width } = data.parse(workerData);
const source = await openChunkSource(generator, width);
let last = Promise.resolve();
parentPort?.on('message', (message) => {
  // A failure ends the thread, of which whoever started it hears.
  last = last.then(async () => {
    const classes = await source.draw(state.parse(message));
    parentPort?.postMessage(classes satisfies DrawAnswer, [classes.buffer]);
  });
});
parentPort?.postMessage('ready' satisfies DrawAnswer);
