import { afterEach, expect, it } from 'vitest';
import { speak } from '../../shared/language.ts';
import { deviceWords, stepWords } from './device.ts';

afterEach(() => speak(() => 'en'));

it('says in the language of the window what a card says of the device', () => {
  const intel = 'CPU, Intel(R) Xeon(R) Processor, 2 threads';
  expect(deviceWords(intel)).toBe(intel);
  speak(() => 'zh-Hans');
  expect(deviceWords(intel)).toBe('CPU Intel(R) Xeon(R) Processor（2 个线程）');
  expect(deviceWords('CPU, unknown model, 1 thread')).toBe('CPU 型号未知（1 个线程）');
  expect(deviceWords('WebGPU, NVIDIA H100, nvidia 580')).toBe('WebGPU, NVIDIA H100, nvidia 580');
});

it('a device that was tried in vain is not called untried', () => {
  expect(stepWords(null)).toBe('not tried yet');
  expect(stepWords({ milliseconds: null })).toBe('tried, but no step was finished');
  expect(stepWords({ milliseconds: 12.4 })).toBe('12.4 ms');
});
