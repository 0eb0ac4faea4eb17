import { afterEach, expect, it } from 'vitest';
import { speak } from '../../shared/language.ts';
import { deviceWords } from './device.ts';

afterEach(() => speak(() => 'en'));

it('says in the language of the window what a card says of the device', () => {
  const intel = 'CPU, Intel(R) Xeon(R) Processor, 2 threads';
  expect(deviceWords(intel)).toBe(intel);
  speak(() => 'zh-Hans');
  expect(deviceWords(intel)).toBe('CPU Intel(R) Xeon(R) Processor（2 个线程）');
  expect(deviceWords('CPU, unknown model, 1 thread')).toBe('CPU 型号未知（1 个线程）');
  expect(deviceWords('WebGPU, NVIDIA H100, nvidia 580')).toBe('WebGPU, NVIDIA H100, nvidia 580');
});
