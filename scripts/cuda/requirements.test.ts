import { expect, it } from 'vitest';
import { testFolder } from './folder-for-tests.ts';
import { requirements } from './requirements.ts';

const folder = testFolder();

it('says which CUDA and cuDNN are needed, and what is missing', async () => {
  const lines = requirements({ tensorflow: '2.21.0', cuda: { cuda: '12.5.1', cudnn: '9' } }, folder.path);
  expect(lines[0]).toContain('CUDA 12.5.1 and cuDNN 9');
  const soon = ['cudart', 'cublas', 'cufft', 'cusolver', 'cusparse'].map((name) => `lib${name}.so.12`);
  await folder.put(
    Object.fromEntries([...soon, 'libcudnn.so.9'].map((name) => [`nvidia/all/lib/${name}`, ''])),
  );
  const all = requirements({ tensorflow: '2.21.0', cuda: { cuda: '12.5.1', cudnn: '9' } }, folder.path);
  expect(all.at(-1)).toContain('found');
  expect(requirements({ tensorflow: '2.21.0', cuda: null }, folder.path)[0]).toContain('nothing of NVIDIA');
  expect(requirements({ tensorflow: '2.9.1', cuda: 'unknown' }, folder.path)[0]).toContain('does not tell');
});
