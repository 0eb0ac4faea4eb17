/** The networks of a model, read from its generator's file. */
import type { OnnxDescription, TensorDescription } from '../../compute/onnx-description.ts';
import { classCount } from './encoding.ts';
import type { TableEncoding } from './encoding.ts';
import { drawingOrder } from './generator.ts';

/** What draws one column. */
export interface ColumnLayers {
  readonly column: string;
  /** Width of each layer: the sum of what was drawn before, the hidden layer, the classes. */
  readonly widths: readonly number[];
  /** Numbers learned for this column. */
  readonly parameters: number;
  readonly tensors: readonly TensorDescription[];
}

const size = ({ shape }: TensorDescription): number => shape.reduce((product, length) => product * length, 1);

/** In the order in which columns are drawn; empty for a generator whose parameters have no names of their own. */
export function layersOf(generator: OnnxDescription, encoding: TableEncoding): ColumnLayers[] {
  const named = generator.constants.flatMap((tensor) => {
    const [, name = '', column = ''] = /^parameters\.([A-Za-z]+)(\d+)$/.exec(tensor.name) ?? [];
    return name === '' ? [] : [{ name, column: Number(column), tensor }];
  });
  return drawingOrder(encoding.columns.map(classCount)).flatMap((index) => {
    const own = named.filter(({ column }) => column === index);
    const shapeOf = (name: string): readonly number[] =>
      own.find((each) => each.name === name)?.tensor.shape ?? [];
    const tensors = own.map(({ tensor }) => tensor);
    const column = encoding.columns[index]?.name;
    if (column === undefined || tensors.length === 0) return [];
    return [
      {
        column,
        widths: [...shapeOf('mix'), ...shapeOf('out').slice(-1)],
        parameters: tensors.reduce((sum, tensor) => sum + size(tensor), 0),
        tensors,
      },
    ];
  });
}
