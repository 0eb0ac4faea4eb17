import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from './compute/random.ts';
import { startDrawThread } from './draw-thread.ts';
import { startOwnThread } from './no-network.ts';
import { chunkRows } from './synthesis/tables/draw-program.ts';
import { openChunkSource } from './synthesis/tables/chunk-source.ts';
import type { DrawThread } from './synthesis/tables/draw-threads.ts';
import { joinTables } from './synthesis/tables/join-tables.ts';
import { createSampler } from './synthesis/tables/sampler.ts';
import { encoding, untrainedGenerator } from './synthesis/tables/test-generator.ts';
import type { Table } from './tables/table.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-thread-'));
let generator: Uint8Array;

beforeAll(async () => {
  generator = await untrainedGenerator();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('draws what is drawn here, and ends when told to', async () => {
  const here = await openChunkSource(generator, 2);
  const thread = startDrawThread(generator, 2);
  await thread.ready;
  const states = [1, 2, 3].map((seed) => createRandom(seed).save());
  const there = await Promise.all(states.map((state) => thread.draw(state)));
  for (const [index, state] of states.entries()) expect(there[index]).toEqual(await here.draw(state));
  await thread.end();
  await expect(thread.draw(states[0] ?? [1, 2, 3, 4])).rejects.toThrow('has ended');
  await here.dispose();
});

it('gives a large sample the same rows with threads and without', async () => {
  const rows = 40 * chunkRows;
  const threads: DrawThread[] = [];
  let drawn = 0;
  const sample = async (startThread?: typeof startDrawThread): Promise<Table> => {
    const sampler = await createSampler({ generator, encoding }, { startThread });
    const tables: Table[] = [];
    for await (const table of sampler.sample(rows, 5)) {
      tables.push(table);
      // Or a few columns are drawn here before there is a thread to draw them.
      if (tables.length === 1) await Promise.all(threads.map(({ ready }) => ready));
    }
    await sampler.dispose();
    return joinTables(tables);
  };
  const counted: typeof startDrawThread = (...given) => {
    const thread = startDrawThread(...given);
    threads.push({
      ...thread,
      draw: (state) => {
        drawn++;
        return thread.draw(state);
      },
    });
    return threads.at(-1) ?? thread;
  };
  expect(await sample(counted)).toEqual(await sample());
  expect(threads.length).toBeGreaterThan(0);
  expect(drawn).toBeGreaterThan(30);
});

it('tells of a thread that cannot open its generator', async () => {
  const thread = startDrawThread(new Uint8Array(8), 2);
  await expect(thread.ready).rejects.toThrow();
  await expect(thread.draw([1, 2, 3, 4])).rejects.toThrow();
});

it('has no network', async () => {
  const entry = join(folder, 'tries.mjs');
  writeFileSync(
    entry,
    `import ${JSON.stringify(pathToFileURL(resolve(import.meta.dirname, 'no-network.ts')).href)};
    import { parentPort } from 'node:worker_threads';
    import net from 'node:net';
    const codes = [];
    for (const attempt of [() => fetch('http://127.0.0.1:9'), () => net.connect(9, '127.0.0.1')]) {
      try { await attempt(); codes.push('open'); } catch (error) { codes.push(error.code); }
    }
    parentPort.postMessage(codes);`,
  );
  const worker = startOwnThread(pathToFileURL(entry), {});
  const codes = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  expect(codes).toEqual(['request/forbidden', 'request/forbidden']);
});
