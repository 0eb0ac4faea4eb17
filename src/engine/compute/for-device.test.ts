import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { forDevice } from './for-device.ts';
import { nodesInOrder } from './graph.ts';
import { encodeModel } from './onnx.ts';
import { openCompiled } from './compile.ts';
import { trace } from './tracer.ts';

it('leaves no split of more outputs than a device binds, no log-softmax, and the same results', async () => {
  const shape = [3, 120];
  const { graph, results } = trace([{ name: 'x', type: 'float32', shape }], ([x = tf.zeros(shape)]) => {
    const lengths = Array.from({ length: 30 }, (_, index) => (index % 7) + 1);
    const rest = 120 - lengths.reduce((sum, length) => sum + length, 0);
    const parts = tf.split(x, [...lengths, rest], 1);
    const outputs = parts.map((part, index): [string, tf.Tensor] => [
      `part${index}`,
      tf.mul(part, index + 1),
    ]);
    return new Map([...outputs, ['softmax', tf.logSoftmax(x)]]);
  });
  const fitted = forDevice(graph, results);
  const nodes = nodesInOrder([...fitted.values()]);
  const splits = nodes.filter(({ op }) => op === 'Split');
  expect(splits.length).toBeGreaterThan(5);
  expect(Math.max(...splits.map(({ outputs }) => outputs.length))).toBeLessThan(8);
  expect(nodes.some(({ op }) => op === 'LogSoftmax')).toBe(false);

  const x = Float32Array.from({ length: 360 }, (_, at) => Math.sin(at));
  const run = async (of: typeof results) => {
    const named = (from: typeof results) => [...from].map(([name, value]) => ({ name, value }));
    const inputs = graph.inputs.map((value) => ({ name: 'x', value }));
    const opened = await openCompiled(encodeModel({ inputs, outputs: named(of) }));
    const made = await opened.run({ x });
    const copies = Object.fromEntries(Object.entries(made).map(([name, values]) => [name, [...values]]));
    await opened.dispose();
    return copies;
  };
  const [plain, device] = [await run(results), await run(fitted)];
  for (const [name, values] of Object.entries(plain)) {
    device[name]?.forEach((value, at) => {
      expect(value).toBeCloseTo(values[at] ?? NaN, 5);
    });
  }
});
