import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { it } from 'vitest';
import { agreesWithCpu, argument, shapes, type Argument, type Call } from './against-cpu.ts';

const few = fc.integer({ min: 1, max: 4 });

/** Whole numbers below those given, one for each along the last axis: places in a tensor of that shape. */
function places(count: number, within: readonly number[]): fc.Arbitrary<Argument> {
  const row = fc.tuple(...within.map((length) => fc.nat(length - 1)));
  return fc.array(row, { minLength: count, maxLength: count }).map((rows) => ({
    shape: [count, within.length],
    values: rows.flat(),
    type: 'int32',
    role: 'input',
  }));
}

it('gathers and scatters by places along several axes', async () => {
  const calls = fc.tuple(shapes(1, 3), few, fc.boolean(), fc.nat()).chain(([shape, count, back, cut]) => {
    const known = shape.slice(0, 1 + (cut % shape.length));
    const rest = shape.slice(known.length);
    return fc
      .tuple(argument(back ? [count, ...rest] : shape), places(count, known))
      .map(([x, indices]): Call => ({
        label: back ? `scatterND ${String(shape)}` : `gatherND ${String(shape)}`,
        arguments: [x, indices],
        apply: (values = tf.scalar(0), at = tf.scalar(0)) => {
          const rows = tf.cast(at, 'int32');
          return back ? tf.scatterND(rows, values, shape) : tf.gatherND(values, rows);
        },
      }));
  });
  await agreesWithCpu(calls, 5);
});

it('gathers by indices of each batch', async () => {
  const calls = fc.tuple(few, few, few, few, fc.boolean()).chain(([batch, length, wanted, width, deep]) => {
    const shape = deep ? [batch, 2, length, width] : [batch, length, width];
    const indices = fc.array(fc.nat(length - 1), { minLength: batch * wanted, maxLength: batch * wanted });
    return fc.tuple(argument(shape), indices).map(([x, values]): Call => ({
      label: `gather in batches ${String(shape)}`,
      arguments: [x, { shape: [batch, wanted], values, type: 'int32', role: 'input' }],
      apply: (table = tf.scalar(0), at = tf.scalar(0)) =>
        tf.gather(table, tf.cast(at, 'int32'), deep ? 2 : 1, 1),
    }));
  });
  await agreesWithCpu(calls, 5);
});

it('finds the largest and where they are', async () => {
  const calls = shapes(1, 3).chain((shape) =>
    fc.tuple(argument(shape), fc.integer({ min: 1, max: shape.at(-1) ?? 1 })).map(([x, count]): Call => ({
      label: `topk ${String(count)}`,
      arguments: [x],
      apply: (tensor = tf.scalar(0)) => {
        const { values, indices } = tf.topk(tensor, count);
        return [values, indices];
      },
    })),
  );
  await agreesWithCpu(calls, 5);
});
