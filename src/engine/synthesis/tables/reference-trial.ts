import type { DeviceReport } from '../../../shared/devices.ts';
import type { Trial } from '../../compute/devices/trial.ts';
import { createRandom } from '../../compute/random.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from './generator.ts';
import type { GeneratorShape } from './generator.ts';
import { usual, usualUnits, usualWidth } from './learner.ts';
import { compileLearn } from './likelihood-program.ts';
import { stepsToTry } from './steps-to-try.ts';

/** Classes of each column of the census table (UCI Adult), and which of them are numbers. */
const classes = [73, 9, 100, 16, 16, 7, 15, 6, 5, 2, 30, 20, 90, 42, 2];
const numbers = new Set([0, 2, 4, 10, 11, 12]);

/** A network as wide as the one of the census table, for trying devices where no table is at hand. */
export function referenceShape(): GeneratorShape {
  const hidden = usualWidth(classes);
  return {
    classes,
    positions: classes.map((count, column) =>
      numbers.has(column)
        ? Float32Array.from({ length: count }, (_, code) => (code + 0.5) / count)
        : undefined,
    ),
    order: drawingOrder(classes),
    hidden,
    units: usualUnits(hidden),
  };
}

/**
 * Four learning steps of that network on `batch` made-up rows.
 *
 * @param critic Whether the last is against a critic, as one of four is in a training.
 */
export async function referenceTrial(
  batch = usual.batch,
  critic = true,
): Promise<{ trial: Trial; model: DeviceReport['model'] }> {
  const shape = referenceShape();
  const layout = generatorLayout(shape);
  const random = createRandom(1);
  const start = initialiseGenerator(layout, [], random);
  const settings = { ...usual, batch, judged: Math.min(usual.judged, batch) };
  const learn = await compileLearn(shape, layout, settings);
  try {
    const trial = await stepsToTry({
      ...{ shape, layout, settings, learn, start: { parameters: start, average: start }, random, critic },
      nextCodes: (codes) => {
        for (let at = 0; at < codes.length; at++) codes[at] = random.integer(classes[at % classes.length]!);
      },
    });
    return { trial, model: { parameters: layout.size, rows: batch } };
  } finally {
    await learn.dispose();
  }
}
