import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { it } from 'vitest';
import { agreesWithCpu, argument, type Call } from './against-cpu.ts';

const lengths: Readonly<Record<string, number>> = { a: 2, b: 3, c: 1, d: 4, e: 2 };
const letters = Object.keys(lengths);

/** Some of the letters in some order. */
const term = fc.shuffledSubarray(letters, { minLength: 1, maxLength: 4 });

it('sums products of one or two tensors in any notation', async () => {
  const calls = fc
    .tuple(term, fc.option(term, { nil: undefined }), fc.infiniteStream(fc.nat(6)))
    .chain(([left, right, choices]) => {
      const terms = right ? [left, right] : [left];
      const all = [...new Set(terms.flat())];
      // Kept are most letters, in an order of their own. Those of one tensor of two the cpu backend cannot sum over.
      const alone = (letter: string): boolean =>
        right !== undefined && left.includes(letter) !== right.includes(letter);
      const order = all.map((letter) => ({ letter, rank: choices.next().value ?? 0 }));
      const output = order
        .filter(({ letter, rank }) => rank > 1 || alone(letter))
        .sort((a, b) => a.rank - b.rank)
        .map(({ letter }) => letter);
      const equation = `${terms.map((each) => each.join('')).join()}->${output.join('')}`;
      return fc
        .tuple(...terms.map((each) => argument(each.map((letter) => lengths[letter] ?? 1))))
        .map((given): Call => ({
          label: equation,
          arguments: given,
          apply: (...tensors) => tf.einsum(equation, ...tensors),
        }));
    });
  await agreesWithCpu(calls, 8);
});
