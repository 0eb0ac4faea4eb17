import { int, float } from '../graph.ts';
import { need, numberOf, type Lowerings } from './kernel.ts';

/** Kernels of our own (see nn/compiled-only.ts) for which ONNX has one operator. */
export const composites: Lowerings = {
  // Three outputs: the rows normalised (and scaled), their means, and one over their standard deviations.
  LayerNorm: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const width = x.shape.at(-1) ?? 1;
    const perRow = { type: 'float32', shape: [...x.shape.slice(0, -1), 1] } as const;
    const gain = inputs.gain ?? graph.splat('float32', [width], 1);
    return [
      ...graph.node(
        'LayerNormalization',
        [x, gain, inputs.bias ?? null],
        [{ type: 'float32', shape: x.shape }, perRow, perRow],
        { axis: int(-1), epsilon: float(numberOf(attributes, 'epsilon')) },
      ),
    ];
  },
};
