/**
 * The convolutional discriminator of the design: 16 images of 64 × 64 × 1, four convolutions of 3 × 3 with stride 2 to
 * widths 32-64-128-256, logistic loss of real and generated images with an R1 penalty (double backward), Adam. Its peer
 * in PyTorch is peers/training_steps.py.
 */
import { describeDevice } from '../src/engine/compute/compile.ts';
import { convolutionalStep } from './steps/discriminator.ts';
import { medianStep } from './steps/median-step.ts';

export const name = 'convolution';

export async function run(): Promise<{ metric: string; value: number; unit: string; bar?: string }[]> {
  const { compileMs, stepMs, first, last } = await medianStep(convolutionalStep, 60);
  if (!(last < first)) throw new Error('The discriminator does not learn.');
  return [
    { metric: `discriminator step with R1 penalty (${describeDevice()})`, value: stepMs, unit: 'ms' },
    { metric: 'trace and compile', value: compileMs, unit: 'ms', bar: '<= 1500' },
  ];
}
