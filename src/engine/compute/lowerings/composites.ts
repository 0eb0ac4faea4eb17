import { reshape } from '../algebra.ts';
import { float, int } from '../graph.ts';
import { need, numberOf, type Lowerings } from './kernel.ts';

/** Kernels of our own (see nn/compiled-only.ts) for which ONNX has one operator. */
export const composites: Lowerings = {
  // Two outputs: the rows normalised, and one over their standard deviation.
  Normalise: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const width = x.shape.at(-1) ?? 1;
    const perRow = [...x.shape.slice(0, -1), 1];
    const [normal, , inverse] = graph.node(
      'LayerNormalization',
      [x, graph.splat('float32', [width], 1)],
      [
        { type: 'float32', shape: x.shape },
        { type: 'float32', shape: perRow },
        { type: 'float32', shape: perRow },
      ],
      { axis: int(-1), epsilon: float(numberOf(attributes, 'epsilon')) },
    );
    if (!normal || !inverse) throw new Error('LayerNormalization has three outputs.');
    return [normal, reshape(graph, inverse, perRow)];
  },
};
