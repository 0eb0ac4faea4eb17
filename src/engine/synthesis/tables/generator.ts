/**
 * The generator: draws the columns of a row one after the other, each conditional on all drawn before it. A sum
 * of learned vectors of the classes drawn so far is all that passes from column to column, so its cost grows
 * with the number of columns, not with its square (after NADE, Larochelle and Murray 2011; one small network
 * for each column as in TabularARGN, Tiwald et al. 2025). No BatchNorm: a row never depends on its neighbours.
 */
import * as tf from '@tensorflow/tfjs';
import { centred, linear, normRelu, relu } from '../../compute/nn.ts';
import type { Thinning } from '../../compute/nn.ts';
import { initialise, layoutOf } from '../../compute/parameters.ts';
import type { ParameterLayout, ParameterSpec } from '../../compute/parameters.ts';
import type { Random } from '../../compute/random.ts';
import { describePositions, waves } from './position-waves.ts';

export interface GeneratorShape {
  /** Classes of each column, in the order of the encoding. */
  readonly classes: readonly number[];
  /**
   * Of columns of numbers: where each class lies among the training rows, 0 (lowest) to 1 (highest); null has
   * none (NaN). Undefined for columns of categories.
   */
  readonly positions: readonly (Float32Array | undefined)[];
  /** Columns in the order they are drawn. */
  readonly order: readonly number[];
  /** Width of the running sum. */
  readonly hidden: number;
  /** Width of each column's own network. */
  readonly units: number;
}

export type GeneratorLayout = ParameterLayout<Record<string, ParameterSpec>>;
export type GeneratorParameters = Readonly<Record<string, tf.Tensor>>;

/**
 * The order of drawing: many classes first, few last (equal ones as they come). What people predict has few
 * classes, and a column drawn late is learned as a classifier of all the others.
 */
export function drawingOrder(classes: readonly number[]): number[] {
  return classes.map((_, column) => column).sort((a, b) => classes[b]! - classes[a]! || a - b);
}

export function generatorLayout(shape: GeneratorShape): GeneratorLayout {
  const { classes, positions, order, hidden, units } = shape;
  const specs: Record<string, ParameterSpec> = { start: { shape: [hidden], start: 'zeros' } };
  for (const column of order) {
    const count = classes[column]!;
    specs[`shift${column}`] = { shape: [hidden], start: { normal: 0.1 } };
    specs[`mix${column}`] = { shape: [hidden, units], start: 'he' };
    specs[`mixBias${column}`] = { shape: [units], start: 'zeros' };
    specs[`out${column}`] = { shape: [units, count], start: { normal: 0.1 / Math.sqrt(units) } };
    specs[`bias${column}`] = { shape: [count], start: 'zeros' };
    if (positions[column])
      specs[`outWave${column}`] = { shape: [units, waves], start: { normal: 0.1 / Math.sqrt(units) } };
    // Nothing is drawn after the last column, so nothing asks what it was.
    if (column === order.at(-1)) continue;
    specs[`embed${column}`] = { shape: [count, hidden], start: { normal: positions[column] ? 0.05 : 0.3 } };
    if (positions[column]) specs[`embedWave${column}`] = { shape: [waves, hidden], start: { normal: 0.2 } };
  }
  return layoutOf(specs);
}

/** Fresh parameters whose columns already have the shares given (one array of class shares a column). */
export function initialiseGenerator(
  layout: GeneratorLayout,
  shares: readonly Float64Array[],
  random: Random,
): Float32Array<ArrayBuffer> {
  const flat = initialise(layout, random);
  shares.forEach((column, index) => {
    const slice = layout.slices[`bias${index}`];
    if (!slice) return;
    column.forEach((share, code) => {
      flat[slice.offset + code] = Math.log(share + 1e-5);
    });
  });
  return flat;
}

/**
 * What is drawn from a column, as its part of the running sum [rows, hidden]: made of the column's logits
 * [rows, classes], of the first column [1, classes], and the learned vectors of its classes [classes, hidden], absent for
 * the last column.
 */
export type Draw = (
  column: number,
  logits: tf.Tensor,
  vectors: tf.Tensor | undefined,
) => tf.Tensor | undefined;

/**
 * Goes through the columns in their order, asking `draw` for each. Before the first, all rows are alike: one stands for
 * them. `thinning` applies to the hidden layer of every other.
 */
export function drawColumns(
  shape: GeneratorShape,
  parameters: GeneratorParameters,
  draw: Draw,
  thinning?: Thinning,
): void {
  const get = (name: string): tf.Tensor => {
    const tensor = parameters[name];
    if (!tensor) throw new Error(`The generator has no parameter ${name}.`);
    return tensor;
  };
  let sum: tf.Tensor = tf.reshape(centred(get('start')), [1, shape.hidden]);
  for (const [place, column] of shape.order.entries()) {
    const hidden = normRelu(sum, get(`shift${column}`), place === 0 ? undefined : thinning);
    const mixed = relu(linear(hidden, get(`mix${column}`), get(`mixBias${column}`)));
    const positions = shape.positions[column];
    const described = positions && describePositions(positions);
    const out = get(`out${column}`);
    const toClasses = described
      ? tf.add(out, tf.matMul(get(`outWave${column}`), described, false, true))
      : out;
    const logits = linear(mixed, toClasses, get(`bias${column}`));
    const embed = parameters[`embed${column}`];
    const vectors =
      embed && described ? tf.add(embed, tf.matMul(described, get(`embedWave${column}`))) : embed;
    const part = draw(column, logits, vectors && centred(vectors));
    if (part) sum = tf.add(sum, part);
  }
}
