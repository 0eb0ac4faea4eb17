import { expect, it } from 'vitest';
import { createRandom } from '../../compute/random.ts';
import type { RandomState } from '../../compute/random.ts';
import type { ChunkSource } from './chunk-source.ts';
import { drawInThreads } from './draw-threads.ts';
import type { DrawThread } from './draw-threads.ts';

/** A chunk that tells its state. */
async function chunkOf([first]: RandomState): Promise<Int32Array<ArrayBuffer>> {
  await Promise.resolve();
  return Int32Array.of(first);
}

function setting(options: { fails?: boolean; ready?: boolean } = {}) {
  const log: string[] = [];
  const here: ChunkSource = {
    ...{ rows: 1, ahead: 1 },
    draw: (state) => {
      log.push('here');
      return chunkOf(state);
    },
    dispose: () => Promise.reject(new Error('It belongs to somebody else.')),
  };
  const thread = (name: string): DrawThread => ({
    ready: options.ready === false ? new Promise(() => {}) : Promise.resolve(),
    draw: (state) => {
      log.push(name);
      return options.fails ? Promise.reject(new Error('gone')) : chunkOf(state);
    },
    end: async () => {
      log.push(`end ${name}`);
      await Promise.resolve();
    },
  });
  return { log, source: drawInThreads(here, [thread('a'), thread('b')]) };
}

function states(count: number): RandomState[] {
  const random = createRandom(1);
  return Array.from({ length: count }, () => {
    random.jump();
    return random.save();
  });
}

it('spreads chunks over the threads, two for each at a time, and draws here what is more', async () => {
  const { log, source } = setting();
  await Promise.resolve();
  expect(source.ahead).toBe(4);
  const wanted = states(5);
  const chunks = await Promise.all(wanted.map((state) => source.draw(state)));
  expect(log).toEqual(['a', 'b', 'a', 'b', 'here']);
  expect(chunks.map((chunk) => chunk[0])).toEqual(wanted.map(([first]) => first));
});

it('draws here until a thread is ready', async () => {
  const { log, source } = setting({ ready: false });
  await Promise.resolve();
  expect(source.ahead).toBe(1);
  await source.draw([1, 2, 3, 4]);
  expect(log).toEqual(['here']);
});

it('draws here what a thread fails to, and asks it no more', async () => {
  const { log, source } = setting({ fails: true });
  await Promise.resolve();
  expect(await source.draw([7, 2, 3, 4])).toEqual(Int32Array.of(7));
  expect(await source.draw([8, 2, 3, 4])).toEqual(Int32Array.of(8));
  expect(await source.draw([9, 2, 3, 4])).toEqual(Int32Array.of(9));
  expect(log).toEqual(['a', 'here', 'b', 'here', 'here']);
});

it('ends its threads only', async () => {
  const { log, source } = setting();
  await source.dispose();
  expect(log).toEqual(['end a', 'end b']);
});
