/**
 * For tests only: the device they run on, and how exact it is. `npm run unit:webgpu` and `npm run unit:tensorflow` name
 * another than the CPU.
 */
import { appendFileSync } from 'node:fs';
import { runsEagerly } from '../../shared/device-names.ts';
import { deviceName } from '../../shared/devices.ts';
import type { DeviceName } from '../../shared/device-names.ts';

export const testDevice: DeviceName = deviceName.parse(process.env.SEMBLANCE_TEST_DEVICE ?? 'cpu');

/**
 * WebGPU's shading language asks of sine and cosine an absolute error of 2⁻¹¹ and no more
 * (https://www.w3.org/TR/WGSL/#floating-point-accuracy).
 */
const roughly: Readonly<Partial<Record<DeviceName, Readonly<Record<string, number>>>>> = {
  webgpu: { sin: 2 ** -10, cos: 2 ** -10 },
};

/** Largest error of an operation, relative to its size where that is over one. */
export function allowedError(operation: string): number {
  const [first = ''] = operation.split(' ');
  return roughly[testDevice]?.[first] ?? 2e-5;
}

/** Whether the device tells infinity from other numbers. WebGPU's shaders may assume that there is none. */
export const knowsInfinity = testDevice === 'cpu' || testDevice === 'cuda' || runsEagerly(testDevice);

/** Whether less and more are asked of truth values. TensorFlow refuses that. */
export const ordersTruth = !runsEagerly(testDevice);

const largest = new Map<string, number>();

/** Remembers the largest error of each operation; SEMBLANCE_TEST_ERRORS names a file that they are written to. */
export function noteError(operation: string, error: number): void {
  const [first = ''] = operation.split(' ');
  if (error > (largest.get(first) ?? 0)) largest.set(first, error);
}

const file = process.env.SEMBLANCE_TEST_ERRORS;
if (file !== undefined) {
  process.on('exit', () => {
    for (const [operation, error] of largest)
      appendFileSync(file, `${operation} ${error.toExponential(2)}\n`);
  });
}
