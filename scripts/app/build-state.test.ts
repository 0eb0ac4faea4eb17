import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isBuilt } from './build-state.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-built-'));
});
afterEach(() => rm(root, { recursive: true }));

/** Writes a file that is `seconds` old by the clock of this test. */
async function put(path: string, seconds: number): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '');
  await utimes(file, seconds, seconds);
}

const outputs = [
  'out/engine/main.mjs',
  'out/main/index.cjs',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];

it('is built when every part is younger than every source', async () => {
  await put('src/main/window.ts', 100);
  for (const output of outputs) await put(output, 200);
  expect(isBuilt(root)).toBe(true);
});

it.each(outputs)('is not built without %s', async (missing) => {
  await put('src/main/window.ts', 100);
  for (const output of outputs) if (output !== missing) await put(output, 200);
  expect(isBuilt(root)).toBe(false);
});

it.each(['src/renderer/screens/Data.svelte', 'package-lock.json', 'electron.vite.config.ts'])(
  'is not built once %s has changed',
  async (source) => {
    for (const output of outputs) await put(output, 200);
    await put('src/main/window.ts', 100);
    await put(source, 300);
    expect(isBuilt(root)).toBe(false);
  },
);
