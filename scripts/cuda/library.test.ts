import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder, wheelInSmall } from './folder-for-tests.ts';
import { tensorFlowIn } from './library.ts';

const folder = testFolder();

describe('a TensorFlow on this machine', () => {
  it('is found in the folder of a wheel, with what it was built for', async () => {
    await folder.put(wheelInSmall);
    const expected = { cuda: '12.5.1', cudnn: '9' };
    expect(tensorFlowIn(folder.path).cuda).toEqual(expected);
    expect(tensorFlowIn(join(folder.path, 'tensorflow')).cuda).toEqual(expected);
    await folder.put({
      'tensorflow/python/platform/build_info.py': "OrderedDict([('is_cuda_build', False)])",
    });
    expect(tensorFlowIn(folder.path).cuda).toBe(null);
  });

  it('is found in an archive of libtensorflow, which does not tell its versions', async () => {
    await folder.put({
      'include/tensorflow/c/eager/c_api.h': '',
      'lib/libtensorflow.so.2': '',
      'lib/libtensorflow_framework.so.2': 'a processor',
    });
    expect(tensorFlowIn(folder.path).cuda).toBe(null);
    await folder.put({ 'lib/libtensorflow_framework.so.2': 'opens libcuda.so.1' });
    expect(tensorFlowIn(folder.path).cuda).toBe('unknown');
    await rm(join(folder.path, 'include'), { recursive: true });
    expect(() => tensorFlowIn(folder.path)).toThrow('no TensorFlow with its headers');
  });
});
