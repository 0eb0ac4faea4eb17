/** For tests only: a folder of each test's own. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export interface TestFolder {
  readonly path: string;
  /** Writes files into it, by their names. */
  put(files: Readonly<Record<string, string>>): Promise<void>;
}

/** To be called once, beside the tests. */
export function testFolder(): TestFolder {
  let path = '';
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'semblance-tensorflow-'));
  });
  afterEach(async () => {
    await rm(path, { recursive: true });
  });
  return {
    get path() {
      return path;
    },
    put: async (files) => {
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(path, name)), { recursive: true });
        await writeFile(join(path, name), content);
      }
    },
  };
}

/** What is taken of a wheel of TensorFlow for CUDA, in small. */
export const wheelInSmall = {
  'tensorflow/libtensorflow_cc.so.2': 'the library',
  'tensorflow/libtensorflow_framework.so.2': 'its base, which opens libcuda.so.1',
  'tensorflow/include/tensorflow/c/eager/c_api.h': 'a header',
  'tensorflow/python/platform/build_info.py':
    "build_info = collections.OrderedDict([('cuda_version', '12.5.1'), ('cudnn_version', '9'), ('is_cuda_build', True)])",
};
