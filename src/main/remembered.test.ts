import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recall, remember } from './remembered.ts';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'semblance-remembered-'));
  file = join(folder, 'below', 'window.json');
});
afterEach(() => rm(folder, { recursive: true }));

const bounds = { x: 10, y: 20, width: 1200, height: 800 };

it('keeps what it is told, one thing beside the other, and leaves no other file', async () => {
  remember(file, { bounds, maximized: true });
  remember(file, { theme: 'dark' });
  remember(file, { maximized: false });
  expect(recall(file)).toEqual({ bounds, maximized: false, theme: 'dark' });
  expect(await readdir(join(folder, 'below'))).toEqual(['window.json']);
});

it.each([
  '',
  '{',
  'null',
  '[]',
  '{"bounds":{"x":1}}',
  '{"theme":"pink"}',
  '{"bounds":{"x":0,"y":0,"width":-5,"height":1e99}}',
])('starts afresh from %j', async (content) => {
  const damaged = join(folder, 'damaged.json');
  await writeFile(damaged, content);
  expect(recall(damaged)).toEqual({});
  remember(damaged, { theme: 'light' });
  expect(recall(damaged)).toEqual({ theme: 'light' });
});

it('does not mind a place that cannot be written', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(() => remember(join(folder, 'file', 'window.json'), { theme: 'dark' })).not.toThrow();
});
