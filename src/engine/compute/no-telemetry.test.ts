import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

it('leaves no trace of ONNX Runtime’s telemetry in the user’s home', async () => {
  const home = await mkdtemp(join(tmpdir(), 'semblance-home-'));
  const executor = JSON.stringify(resolve(import.meta.dirname, 'executor.ts'));
  // Not a model, but asking for a session is what starts the runtime, and its telemetry with it.
  const script = `
    await import(${executor});
    const { InferenceSession } = await import('onnxruntime-node');
    await InferenceSession.create(new Uint8Array([1, 2, 3])).catch((error) => console.log(error.message));
    await new Promise((resolve) => setTimeout(resolve, 500));`;
  // Not the environment of this test: on a build machine (CI is set) the runtime keeps still by itself.
  const { PATH = '', SystemRoot = '' } = process.env;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    env: { PATH, SystemRoot, HOME: home, XDG_CACHE_HOME: join(home, 'cache'), TMPDIR: home },
    encoding: 'utf8',
  });
  expect(stdout).toContain('Failed to load model');
  expect(await readdir(home)).toEqual([]);
  await rm(home, { recursive: true });
});
