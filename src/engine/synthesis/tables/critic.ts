/** The critic: a network that tells real rows from generated ones, and by how much. */
import * as tf from '@tensorflow/tfjs';
import { leakyRelu, linear, softplus } from '../../compute/nn.ts';
import type { GeneratorShape } from './generator.ts';
import { describePositions, waves } from './position-waves.ts';
import { layoutOf } from '../../compute/parameters.ts';
import type { ParameterLayout, ParameterSpec } from '../../compute/parameters.ts';

export type CriticLayout = ParameterLayout<Record<string, ParameterSpec>>;

const width = 256;

/** What the critic needs to know of the columns. */
export type Columns = Pick<GeneratorShape, 'classes' | 'positions'>;

/** Two hidden layers over the one-hots of a row; classes of numbers are known by where they lie as well. */
export function criticLayout({ classes, positions }: Columns): CriticLayout {
  const specs: Record<string, ParameterSpec> = {};
  classes.forEach((count, column) => {
    specs[`vectors${column}`] = { shape: [count, width], start: { normal: positions[column] ? 0.02 : 0.1 } };
    if (positions[column]) specs[`waves${column}`] = { shape: [waves, width], start: { normal: 0.1 } };
  });
  return layoutOf({
    ...specs,
    bias1: { shape: [width], start: 'zeros' },
    weights2: { shape: [width, width], start: 'he' },
    bias2: { shape: [width], start: 'zeros' },
    weights3: { shape: [width, 1], start: { normal: 0.01 } },
    bias3: { shape: [1], start: 'zeros' },
  });
}

/** How real each row looks: the logarithm of the odds [rows, 1]. `rows` [rows, all classes] are one-hots. */
export function judge(
  { classes, positions }: Columns,
  parameters: Readonly<Record<string, tf.Tensor>>,
  rows: tf.Tensor,
): tf.Tensor {
  const get = (name: string): tf.Tensor => {
    const tensor = parameters[name];
    if (!tensor) throw new Error(`The critic has no parameter ${name}.`);
    return tensor;
  };
  const vectors = classes.map((_, column) => {
    const lies = positions[column];
    const own = get(`vectors${column}`);
    return lies ? tf.add(own, tf.matMul(describePositions(lies), get(`waves${column}`))) : own;
  });
  const first = leakyRelu(linear(rows, tf.concat(vectors, 0), get('bias1')));
  const second = leakyRelu(linear(first, get('weights2'), get('bias2')));
  return linear(second, get('weights3'), get('bias3'));
}

/**
 * Loss of the critic: logistic, with a penalty of weight `penalty` on the squared length of its gradient at both
 * kinds of rows (R1 and R2: Mescheder et al. 2018), which keeps it smooth enough to learn from.
 */
export function criticLoss(
  columns: Columns,
  parameters: Readonly<Record<string, tf.Tensor>>,
  real: tf.Tensor,
  generated: tf.Tensor,
  penalty: number,
): tf.Scalar {
  const steepness = (rows: tf.Tensor): tf.Tensor => {
    const slope = tf.grad((x: tf.Tensor) => tf.sum(judge(columns, parameters, x)))(rows);
    return tf.mean(tf.sum(tf.square(slope), 1));
  };
  const telling = tf.add(
    tf.mean(softplus(tf.neg(judge(columns, parameters, real)))),
    tf.mean(softplus(judge(columns, parameters, generated))),
  );
  return tf.add(telling, tf.mul(tf.add(steepness(real), steepness(generated)), penalty / 2));
}
