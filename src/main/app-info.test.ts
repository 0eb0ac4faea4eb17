import { expect, it } from 'vitest';
import { appInfo } from './app-info.ts';

it('names the runtime, and says when it is the one of the tests', () => {
  expect(appInfo('0.1.0', { electron: '45.4.1', node: '24.18.0' }, 'darwin')).toEqual({
    version: '0.1.0',
    runtime: 'Electron 45.4.1',
    platform: 'darwin',
  });
  expect(appInfo('0.1.0', { electron: '25.1.1', node: '18.15.0' }, 'linux').runtime).toBe(
    'Electron 25.1.1 (tests)',
  );
});
