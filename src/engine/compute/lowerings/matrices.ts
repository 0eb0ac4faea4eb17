import { AppError } from '../../../shared/errors.ts';
import { programLine } from '../program-line.ts';
import { binary, unary } from '../algebra.ts';
import { matmul } from '../contraction.ts';
import { float, type Graph, type Value } from '../graph.ts';
import { flagOf, need, numberOf, type KernelAttributes, type Lowerings } from './kernel.ts';

function product(graph: Graph, inputs: Readonly<Record<string, Value>>, attributes: KernelAttributes): Value {
  const a = need(inputs, 'a');
  const b = need(inputs, 'b');
  return matmul(graph, a, b, flagOf(attributes, 'transposeA'), flagOf(attributes, 'transposeB'));
}

export function activated(graph: Graph, x: Value, attributes: KernelAttributes): Value {
  switch (attributes.activation) {
    case undefined:
    case null:
    case 'linear':
      return x;
    case 'relu':
      return unary(graph, 'Relu', x);
    case 'sigmoid':
      return unary(graph, 'Sigmoid', x);
    case 'elu':
      return unary(graph, 'Elu', x);
    case 'leakyrelu':
      return graph.one('LeakyRelu', [x], 'float32', x.shape, {
        alpha: float(numberOf(attributes, 'leakyreluAlpha', 0.2)),
      });
    default:
      throw AppError.of('compute/unsupported', 'compile_activation', {
        activation: JSON.stringify(attributes.activation),
        place: programLine(),
      });
  }
}

export const matrices: Lowerings = {
  BatchMatMul: product,
  _FusedMatMul: (graph, inputs, attributes) => {
    const plain = product(graph, inputs, attributes);
    const biased = inputs.bias ? binary(graph, 'Add', plain, inputs.bias) : plain;
    return activated(graph, biased, attributes);
  },
};
