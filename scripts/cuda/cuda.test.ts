import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../setup/root.mjs';
import { findTensorFlow } from '../../src/engine/compute/eager/installation.ts';
import { install } from './install.ts';
import { tensorFlowIn } from './library.ts';
import { packages, wheels } from './pinned.ts';
import { requirements } from './requirements.ts';
import { unpackWheel } from './unpack-wheel.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'semblance-tensorflow-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Files in the test's folder. */
async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

const wheel = {
  'tensorflow/libtensorflow_cc.so.2': 'the library',
  'tensorflow/libtensorflow_framework.so.2': 'its base, which opens libcuda.so.1',
  'tensorflow/include/tensorflow/c/eager/c_api.h': 'a header',
  'tensorflow/python/platform/build_info.py':
    "build_info = collections.OrderedDict([('cuda_version', '12.5.1'), ('cudnn_version', '9'), ('is_cuda_build', True)])",
};

describe('what is fetched', () => {
  it('is pinned by version and hash, and no dependency', () => {
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
    for (const { specifier, integrity } of packages) {
      expect(specifier).toMatch(/@\d+\.\d+\.\d+$/);
      expect(Buffer.from(integrity.replace('sha512-', ''), 'base64')).toHaveLength(64);
      expect(lock).not.toContain(`node_modules/${specifier.replace(/@[\d.]+$/, '')}"`);
    }
    for (const { requirement, integrity } of Object.values(wheels)) {
      expect(requirement).toMatch(/==\d+\.\d+\.\d+$/);
      expect(Buffer.from(integrity.replace('sha256-', ''), 'base64')).toHaveLength(32);
    }
  });

  it('is refused when it is another, and leaves nothing behind', async () => {
    await put({ 'other.whl': 'something else' });
    const target = join(folder, 'installed');
    const source = { wheel: wheels.cpu, file: join(folder, 'other.whl') };
    const installing = install(source, target, join(folder, 'cache'));
    await expect(installing).rejects.toThrow('nothing of it was used');
    expect(existsSync(target)).toBe(false);
    expect(findTensorFlow(target)).toBe(null);
  });
});

describe('a wheel', () => {
  it('gives its library and headers, and nothing else', async () => {
    const file = join(folder, 'some.whl');
    const contents = { ...wheel, 'tensorflow/python/other.py': 'print(1)' };
    const entries = Object.entries(contents).map(([name, text]) => [name, strToU8(text)] as const);
    await writeFile(file, zipSync(Object.fromEntries(entries)));
    await unpackWheel(file, join(folder, 'out'));
    for (const [name, text] of Object.entries(wheel)) {
      expect(await readFile(join(folder, 'out', name), 'utf8')).toBe(text);
    }
    expect(existsSync(join(folder, 'out/tensorflow/python/other.py'))).toBe(false);
  });

  it('that is damaged is refused', async () => {
    const file = join(folder, 'some.whl');
    const zip = zipSync({ 'tensorflow/libtensorflow_cc.so.2': strToU8('x'.repeat(100_000)) }, { level: 6 });
    // In the middle of what is compressed.
    zip.fill(255, 70, 90);
    await writeFile(file, zip);
    await expect(unpackWheel(file, join(folder, 'out'))).rejects.toThrow();
  });
});

describe('a TensorFlow on this machine', () => {
  it('is found in the folder of a wheel, with what it was built for', async () => {
    await put(wheel);
    const expected = { cuda: '12.5.1', cudnn: '9' };
    expect(tensorFlowIn(folder).cuda).toEqual(expected);
    expect(tensorFlowIn(join(folder, 'tensorflow')).cuda).toEqual(expected);
    await put({ 'tensorflow/python/platform/build_info.py': "OrderedDict([('is_cuda_build', False)])" });
    expect(tensorFlowIn(folder).cuda).toBe(null);
  });

  it('is found in an archive of libtensorflow, which does not tell its versions', async () => {
    await put({
      'include/tensorflow/c/eager/c_api.h': '',
      'lib/libtensorflow.so.2': '',
      'lib/libtensorflow_framework.so.2': 'a processor',
    });
    expect(tensorFlowIn(folder).cuda).toBe(null);
    await put({ 'lib/libtensorflow_framework.so.2': 'opens libcuda.so.1' });
    expect(tensorFlowIn(folder).cuda).toEqual({ cuda: 'unknown', cudnn: 'unknown' });
    await rm(join(folder, 'include'), { recursive: true });
    expect(() => tensorFlowIn(folder)).toThrow('no TensorFlow with its headers');
  });
});

it('says which CUDA and cuDNN are needed, and what is missing', async () => {
  const lines = requirements({ tensorflow: '2.21.0', cuda: { cuda: '12.5.1', cudnn: '9' } }, folder);
  expect(lines[0]).toContain('CUDA 12.5.1 and cuDNN 9');
  const soon = ['cudart', 'cublas', 'cufft', 'cusolver', 'cusparse'].map((name) => `lib${name}.so.12`);
  await put(Object.fromEntries([...soon, 'libcudnn.so.9'].map((name) => [`nvidia/all/lib/${name}`, ''])));
  const all = requirements({ tensorflow: '2.21.0', cuda: { cuda: '12.5.1', cudnn: '9' } }, folder);
  expect(all.at(-1)).toContain('found');
  expect(requirements({ tensorflow: '2.21.0', cuda: null }, folder)[0]).toContain('nothing of NVIDIA');
});

it('half an installation is none', async () => {
  await put({ 'installation.json': '{"tensorflow":"2.21.0","cuda":null}' });
  expect(findTensorFlow(folder)).toBe(null);
  await put({ 'tfjs_binding.node': '' });
  expect(findTensorFlow(folder)).toMatchObject({ tensorflow: '2.21.0', cuda: null });
  await put({ 'installation.json': '{"tensorflow":2}' });
  expect(findTensorFlow(folder)).toBe(null);
});
