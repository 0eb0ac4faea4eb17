import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findTensorFlow } from './installation.ts';

it('half an installation is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'semblance-tensorflow-'));
  const put = (files: Readonly<Record<string, string>>) =>
    Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  await put({ 'installation.json': '{"tensorflow":"2.21.0","cuda":null}' });
  expect(findTensorFlow(folder)).toBe(null);
  await put({ 'tfjs_binding.node': '' });
  expect(findTensorFlow(folder)).toMatchObject({ tensorflow: '2.21.0', cuda: null });
  await put({ 'installation.json': '{"tensorflow":2}' });
  expect(findTensorFlow(folder)).toBe(null);
  await rm(folder, { recursive: true });
});
