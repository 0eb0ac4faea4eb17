import * as tf from '@tensorflow/tfjs';

/**
 * A sum of products in index notation, such as `bik,bjk->bij`, of one or two tensors, no letter twice in either. Its
 * gradients are such sums again; TensorFlow.js has none.
 */
export function einsum(equation: string, ...tensors: tf.Tensor[]): tf.Tensor {
  const [left = '', output = ''] = equation.replaceAll(/\s/g, '').split('->');
  const terms = left.split(',');
  // What is summed in one tensor alone is summed first: its gradient is a broadcast and no sum of products.
  const reduced = tensors.map((tensor, index) => {
    const letters = terms[index] ?? '';
    const elsewhere = terms.filter((_, other) => other !== index).join('') + output;
    const alone = [...letters].flatMap((letter, axis) => (elsewhere.includes(letter) ? [] : [axis]));
    const kept = [...letters].filter((letter) => elsewhere.includes(letter)).join('');
    return { letters: kept, tensor: alone.length === 0 ? tensor : tf.sum(tensor, alone) };
  });
  return product(
    reduced.map(({ letters }) => letters),
    output,
    reduced.map(({ tensor }) => tensor),
  );
}

function product(terms: readonly string[], output: string, tensors: readonly tf.Tensor[]): tf.Tensor {
  const op = tf.customGrad((...given) => {
    const inputs = given.slice(0, -1) as tf.Tensor[];
    (given.at(-1) as tf.GradSaveFunc)(inputs);
    return {
      value: tf.einsum(`${terms.join()}->${output}`, ...inputs),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [a = '', b] = terms;
        const [x, y] = saved;
        if (b === undefined || !x || !y) return product([output], a, [dy]);
        return [product([output, b], a, [dy, y]), product([output, a], b, [dy, x])];
      },
    };
  });
  return op(...tensors);
}
